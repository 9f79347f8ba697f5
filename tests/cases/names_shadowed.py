import keras
import tensorflow as tf
from keras import backend as K
from keras.layers import Dense

import othernet
from othernet import layers as otherlayers


# A parameter that shadows Keras is not it.
def parameter_layer(sess, Dense):
    layer = Dense(1)
    K.set_session(sess)
    return layer


def parameter_backend(sess, K):
    layer = Dense(1)
    K.set_session(sess)
    return layer


def parameter_package(sess, keras):
    layer = keras.layers.Dense(1)
    K.set_session(sess)
    return layer


def keyword_only(sess, *, Dense=Dense):
    layer = Dense(1)
    K.set_session(sess)
    return layer


def keywords(sess, **keras):
    layer = keras["layers"].Dense(1)
    K.set_session(sess)
    return layer


# The nearest neighbour.
def nothing_shadowed(sess):
    layer = keras.layers.Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


# A local name.
def local_layer(sess, factory):
    Dense = factory.dense
    layer = Dense(1)
    K.set_session(sess)
    return layer


def local_loop(sess, factories):
    for Dense in factories:
        Dense(1)
    K.set_session(sess)


def local_with(sess, manage):
    with manage() as K:
        layer = Dense(1)
        K.set_session(sess)
    return layer


def local_function(sess):
    def Dense(units):
        return [0.0] * units

    layer = Dense(1)
    K.set_session(sess)
    return layer


def local_class(sess):
    class Dense:
        def __init__(self, units):
            self.units = units

    layer = Dense(1)
    K.set_session(sess)
    return layer


def local_import(sess):
    from othernet import Dense

    layer = Dense(1)
    K.set_session(sess)
    return layer


def local_exception(sess):
    try:
        layer = None
        sess.run(layer)
    except ValueError as K:
        layer = Dense(1)
        K.set_session(sess)
    return layer


def lambda_parameter(sess, factory):
    layer = (lambda Dense: Dense(1))(factory)
    K.set_session(sess)
    return layer


# An attribute of something else.
def attribute(sess, tools):
    layer = tools.keras.layers.Dense(1)
    K.set_session(sess)
    return layer


def attribute_backend(sess, tools):
    layer = Dense(1)
    tools.K.set_session(sess)
    return layer


class Agent:
    def __init__(self, sess, tools):
        self.Dense = tools.Dense
        self.layer = self.Dense(1)
        K.set_session(sess)


class OwnRegister:
    def __init__(self, sess):
        self.layer = Dense(1)
        self.set_session(sess)

    def set_session(self, sess):
        self.sess = sess


class OwnLoader(OwnRegister):
    def __init__(self, sess, path):
        self.load_model(path)
        K.set_session(sess)

    def load_model(self, path):
        self.path = path


# A method of that name that does what Keras' function does.
class Registering:
    def __init__(self, sess):
        self.layer = Dense(1)  # expect: TFS101
        self.set_session(sess)

    def set_session(self, sess):
        K.set_session(sess)


# Keras' own class as an attribute of the class.
class Attributes:
    Dense = Dense

    def __init__(self, sess):
        self.layer = self.Dense(1)  # expect: TFS101
        K.set_session(sess)


# The first parameter of a static method is no object of the class.
class Static:
    @staticmethod
    def make(keras_layers):
        return keras_layers.Dense(1)

    def __init__(self, sess):
        self.layer = self.make(keras.layers)  # expect: TFS101
        K.set_session(sess)


def registered_by_name(sess):
    layer = Dense(1)  # expect: TFS101
    getattr(K, "set_session")(sess)
    return layer


# Another library's modules of the same name.
def other_library(sess):
    first = othernet.keras.layers.Dense(1)
    second = otherlayers.Dense(1)
    K.set_session(sess)
    return first, second


def other_set_session(sess):
    layer = Dense(1)
    othernet.set_session(sess)
    return layer


def local_package(sess):
    from mypackage.keras.layers import LSTM

    layer = LSTM(8)
    K.set_session(sess)
    return layer


def relative_package(sess):
    from .keras.layers import LSTM

    layer = LSTM(8)
    K.set_session(sess)
    return layer


def similar_package(sess):
    import keras_contrib

    layer = keras_contrib.layers.CRF(8)
    K.set_session(sess)
    return layer


# A call inside the chain: what it returns is unknown.
def call_in_the_chain(sess):
    layer = tf.get_module().keras.layers.Dense(1)
    K.set_session(sess)
    return layer


# A class body's names are not seen in its methods.
class Named:
    Dense = dict

    def build(self, sess):
        layer = Dense(1)  # expect: TFS101
        K.set_session(sess)
        return layer


# A function, class or import of a branch is a local everywhere: elsewhere the path can't happen.
def defined_in_a_branch(sess, wanted):
    if wanted:

        def Dense(units):
            return units

    layer = Dense(1)
    K.set_session(sess)
    return layer


def class_in_a_branch(sess, wanted):
    if wanted:

        class Dense:
            pass

    layer = Dense()
    K.set_session(sess)
    return layer


def imported_in_a_branch(sess, wanted):
    if wanted:
        from othernet.layers import Dense
    layer = Dense(1)
    K.set_session(sess)
    return layer


def defined_under_another_name(sess, wanted):
    if wanted:

        def Sparse(units):
            return units

    layer = Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer
