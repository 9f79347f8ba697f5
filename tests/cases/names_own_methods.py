import tensorflow.compat.v1 as tf
from keras import backend as K
from keras import layers
from keras.layers import Dense


# Methods of the file's own, with the names of Keras' functions.
class Agent:
    def __init__(self, sess):
        self.dense = Dense(1)
        self.set_session(sess)

    def set_session(self, sess):
        self.sess = sess

    def load_model(self, path):
        self.path = path


class Trainer(Agent):
    def __init__(self, sess, path):
        self.load_model(path)
        K.set_session(sess)


# One that does what Keras' function does.
class Registering:
    def __init__(self, sess):
        self.dense = Dense(1)  # expect: TFS101
        self.set_session(sess)

    def set_session(self, sess):
        K.set_session(sess)


# A name of Keras as an attribute of the class.
class Attributes:
    Dense = Dense

    def __init__(self, sess):
        self.dense = self.Dense(1)  # expect: TFS101
        K.set_session(sess)


# The first parameter of a static method is no object of the class.
class Static:
    @staticmethod
    def make(keras_layers):
        return keras_layers.Flatten()

    def __init__(self, sess):
        self.flatten = self.make(layers)  # expect: TFS101
        K.set_session(sess)


def set_session_by_name(sess):
    dense = Dense(1)  # expect: TFS101
    getattr(K, "set_session")(sess)
    return dense
