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


def with_an_import(sess):
    model = Sequential([Dense(1)])
    import json
    text = json.dumps(model.get_config())
    from keras import backend
    backend.set_session(sess)
    return text


def two_set_ups(first, second, deep):
    done = False
    model = Sequential([Dense(1)])
    if deep:
        K.set_session(first)
        done = True
    if not done:
        K.set_session(second)
    return model


def default(sessions):
    model = Sequential([Dense(1)])
    sess = sessions[0]
    def start(sess=sess):
        K.set_session(sess)
    start()
    return model


def default_of_a_lambda(sessions):
    model = Sequential([Dense(1)])
    sess = sessions[0]
    chosen = sorted(sessions, key=lambda one, *, sess=sess: one is sess)
    K.set_session(chosen[0])
    return model


def comprehension(sess):
    model = Sequential([Dense(1)])
    sess = [sess]
    sessions = [sess for sess in sess]
    K.set_session(sessions[0])
    return model
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


def with_an_import(sess):
    from keras import backend
    backend.set_session(sess)
    model = Sequential([Dense(1)])
    import json
    text = json.dumps(model.get_config())
    return text


def two_set_ups(first, second, deep):
    done = False
    if deep:
        K.set_session(first)
        done = True
    if not done:
        K.set_session(second)
    model = Sequential([Dense(1)])
    return model


def default(sessions):
    sess = sessions[0]
    def start(sess=sess):
        K.set_session(sess)
    start()
    model = Sequential([Dense(1)])
    return model


def default_of_a_lambda(sessions):
    sess = sessions[0]
    chosen = sorted(sessions, key=lambda one, *, sess=sess: one is sess)
    K.set_session(chosen[0])
    model = Sequential([Dense(1)])
    return model


def comprehension(sess):
    sess = [sess]
    sessions = [sess for sess in sess]
    K.set_session(sessions[0])
    model = Sequential([Dense(1)])
    return model
