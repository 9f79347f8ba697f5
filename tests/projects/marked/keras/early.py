from tensorflow.compat.v1.keras.layers import Dense

from .base import Base


# In Keras' own source nothing is followed.
class Early(Base):
    def __init__(self, sess):
        self.dense = Dense(1)
        super().__init__(sess)
