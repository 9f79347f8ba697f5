from tensorflow.compat.v1 import keras

from .two import Two


class One(Two):
    def __init__(self):
        self.dense = keras.layers.Dense(1)
        super().__init__()


def session():
    keras.backend.set_session(None)
