import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model


# get_session() in the implicit state returns that one, and registering it changes nothing.
def implicit_first(path):
    sess = K.get_session()
    model = load_model(path)
    K.set_session(sess)
    return model


def implicit_after(x):
    model = Sequential([Dense(1)])
    model.predict(x)
    sess = K.get_session()
    K.set_session(sess)
    return model.predict(x)


def implicit_directly():
    model = Sequential([Dense(1)])
    K.set_session(K.get_session())
    return model


# Another one is registered: get_session() has initialised the model in the implicit one.
def other_registered(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    graph = K.get_session().graph  # expect: TFS103
    K.set_session(sess)
    return model, graph


# Before any model exists get_session() puts nothing anywhere.
def before_any_model(sess):
    graph = K.get_session().graph
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return model, graph


def before_any_model_in_order(sess):
    graph = K.get_session().graph
    K.set_session(sess)
    return Sequential([Dense(1)]), graph


# After the registration it returns the registered one.
def registered(sess):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    return model, K.get_session()


# Kept in self.
class Agent:
    def __init__(self):
        self.sess = K.get_session()
        self.model = Sequential([Dense(1)])
        K.set_session(self.sess)


# What is registered may be the one that is kept, since that can be had from outside.
class ImpatientAgent:
    def __init__(self, sess):
        self.model = Sequential([Dense(1)])
        self.old = K.get_session()
        K.set_session(sess)


class HastyAgent:
    def __init__(self):
        self.model = Sequential([Dense(1)])  # expect: TFS101
        self.old = K.get_session()  # expect: TFS103
        K.set_session(tf.Session(config=CONFIG))


# From a helper.
def current():
    return K.get_session()


def helper_returns_it(path):
    sess = current()
    model = load_model(path)
    K.set_session(sess)
    return model


# A layer has no weights until it is called, so there is nothing to initialise.
def only_a_layer(sess):
    layer = Dense(1)  # expect: TFS101
    K.get_session()
    K.set_session(sess)
    return layer


def layer_in_a_model(sess):
    layer = Dense(1)  # expect: TFS101
    model = Sequential([layer])
    K.get_session()  # expect: TFS103
    K.set_session(sess)
    return model


# One that finds all weights in other sessions leaves none in this one.
def weights_elsewhere(sess):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    with tf.Session(config=config).as_default():
        model = load_model("model.h5")
    K.get_session()
    K.set_session(sess)
    return model


def weights_here(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.get_session()  # expect: TFS103
    K.set_session(sess)
    return model
