# The whole set-up moves, with its comments; what it does not need stays.
import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model


def in_one_piece(vectors):
    words = len(vectors)

    # The network.
    model = Sequential()
    model.add(Dense(words, weights=[vectors]))
    model.compile("sgd", "mse")

    # The GPU is not ours alone:
    # we take what we need.
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True  # as said

    sess = tf.Session(config=config)
    K.set_session(sess)

    return model


def in_pieces(path):
    config = tf.ConfigProto()
    model = load_model(path)
    config.gpu_options.allow_growth = True
    scores = model.predict(np.ones((1, 3)))
    sess = tf.Session(config=config)
    shape = scores.shape

    K.set_session(sess)
    return model, shape


def in_a_branch(path, deep, gpu):
    if deep:
        model = Sequential([
            Dense(8),
            Dense(1),
        ])
    else:
        model = load_model(path)
    if gpu:
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
        K.set_session(tf.Session(config=config))
    return model


class Base:
    def __init__(self):
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
        self.sess = tf.Session(config=config)
        K.set_session(self.sess)


class Agent(Base):
    def __init__(self, size):
        self.size = size
        self.model = self.build()
        super().__init__()

    def build(self):
        return Sequential([Dense(self.size)])


class Second(Agent):
    pass
# ---- after ----
# The whole set-up moves, with its comments; what it does not need stays.
import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model


def in_one_piece(vectors):
    words = len(vectors)

    # The GPU is not ours alone:
    # we take what we need.
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True  # as said

    sess = tf.Session(config=config)
    K.set_session(sess)

    # The network.
    model = Sequential()
    model.add(Dense(words, weights=[vectors]))
    model.compile("sgd", "mse")

    return model


def in_pieces(path):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)

    K.set_session(sess)
    model = load_model(path)
    scores = model.predict(np.ones((1, 3)))
    shape = scores.shape
    return model, shape


def in_a_branch(path, deep, gpu):
    if gpu:
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
        K.set_session(tf.Session(config=config))
    if deep:
        model = Sequential([
            Dense(8),
            Dense(1),
        ])
    else:
        model = load_model(path)
    return model


class Base:
    def __init__(self):
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
        self.sess = tf.Session(config=config)
        K.set_session(self.sess)


class Agent(Base):
    def __init__(self, size):
        self.size = size
        super().__init__()
        self.model = self.build()

    def build(self):
        return Sequential([Dense(self.size)])


class Second(Agent):
    pass
