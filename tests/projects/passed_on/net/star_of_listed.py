from tensorflow.compat.v1.keras import layers

from .listed import *


class Early(Base):
    def __init__(self, sess):
        self.layer = layers.Dense(1)  # expect: TFS101
        super().__init__(sess)
