import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# clear_session() empties pending: those models are dead.
def cleared_in_between(sess, path):
    scores = load_model(path).count_params()
    K.clear_session()
    K.set_session(sess)
    return scores, load_model(path)


# It stands before the build: the order is as wrong as without it.
def cleared_first(sess):
    K.clear_session()
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return model


# Only what was built before it is dead.
def cleared_between_builds(sess):
    Sequential([Dense(8)]).summary()
    K.clear_session()
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return model


# Cleared on one path: on the other the model is pending.
def cleared_in_a_branch(sess, fresh):
    model = Sequential([Dense(1)])  # expect: TFS101
    if fresh:
        K.clear_session()
    K.set_session(sess)
    return model


# A helper that clears.
def reset():
    K.clear_session()


def cleared_by_a_helper(sess):
    Sequential([Dense(8)]).summary()
    reset()
    K.set_session(sess)
    return Sequential([Dense(1)])


# set_session(None) registers no session.
def none_registered():
    model = Sequential([Dense(1)])
    K.set_session(None)
    return model


# After clear_session() the registered session is Keras' no more; registering again is right.
def registered_again(sess):
    K.set_session(sess)
    Sequential([Dense(8)]).summary()
    K.clear_session()
    K.set_session(sess)
    return Sequential([Dense(1)])


# A new session after clear_session() replaces nothing.
def new_session_after_clearing(x):
    K.set_session(tf.Session(config=CONFIG))
    Sequential([Dense(8)]).predict(x)
    K.clear_session()
    K.set_session(tf.Session(config=CONFIG))
    return Sequential([Dense(1)]).predict(x)


# Without it, it does.
def new_session_without_clearing(x):
    K.set_session(tf.Session(config=CONFIG))
    model = Sequential([Dense(8)])
    model.predict(x)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return Sequential([Dense(1)]).predict(x), model


# A clear_session of something else is not Keras'.
def other_clear_session(sess, server):
    model = Sequential([Dense(1)])  # expect: TFS101
    server.clear_session()
    K.set_session(sess)
    return model


# Nor does it take anything from the session before it, if that comes back.
class Kept:
    def __init__(self):
        self.session = K.get_session()
        self.model = Sequential([Dense(1)])
        K.set_session(None)
        K.set_session(self.session)


class NotKept:
    def __init__(self, sess):
        self.session = K.get_session()
        self.model = Sequential([Dense(1)])  # expect: TFS101
        K.set_session(None)
        K.set_session(sess)


def built_and_put_back(agent):
    kept = K.get_session()
    agent._build_graph()
    K.set_session(None)
    K.set_session(kept)


def built_and_not_put_back(agent, sess):
    agent._build_graph()  # expect: TFS102
    K.set_session(None)
    K.set_session(sess)


# By set_session(None) what has weights loses those; where it was built does not matter any more.
def given_again_after_none(sess, weights):
    model = Sequential([Dense(1, input_shape=(3,))])
    model.set_weights(weights)
    K.set_session(None)
    model.set_weights(weights)  # expect: TFS103
    K.set_session(sess)
    return model


def given_after_none(sess, weights):
    model = Sequential([Dense(1, input_shape=(3,))])  # expect: TFS101
    K.set_session(None)
    model.set_weights(weights)  # expect: TFS103
    K.set_session(sess)
    return model


def given_last(sess, weights):
    model = Sequential([Dense(1, input_shape=(3,))])
    model.set_weights(weights)
    K.set_session(None)
    model.set_weights(weights)
    return model
