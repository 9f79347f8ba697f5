from .compat import K, keras


class Attention(keras.layers.Layer):
    def call(self, inputs):
        return K.sum(inputs)


class Ranker(keras.Model):
    def __init__(self, size):
        super().__init__()
        self.dense = keras.layers.Dense(size)


def build(size):
    inputs = keras.layers.Input((3,))
    return keras.Model(inputs, Attention()(keras.layers.Dense(size)(inputs)))
