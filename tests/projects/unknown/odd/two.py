from tensorflow.compat.v1 import keras

from .one import One


class Two(One):
    def __init__(self):
        self.dense = keras.layers.Dense(1)
        super().__init__()


def session():
    keras.backend.set_session(None)
