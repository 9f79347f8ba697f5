import tensorflow as tf
from keras.layers import *
from keras.models import *

import keras.backend as K


# Star imports bring the names of the module.
def build(sess):
    model = Sequential()  # expect: TFS101
    model.add(LSTM(8))
    model.add(Dense(1))
    K.set_session(sess)
    return model


def layers(sess):
    layer = LSTM(8)  # expect: TFS101
    K.set_session(sess)
    return layer


def build_after(sess):
    K.set_session(sess)
    model = Sequential()
    model.add(Dense(1))
    return model


def load(sess, path):
    model = load_model(path)  # expect: TFS103
    K.set_session(sess)
    return model


# What no star import can have brought is not Keras.
def unknown_name(sess):
    thing = Something(1)
    K.set_session(sess)
    return thing


# A parameter shadows a name of a star import.
def shadowed(sess, Dense):
    layer = Dense(1)
    K.set_session(sess)
    return layer


# A definition of the module shadows it too.
def Activation(name):
    return tf.nn.relu if name == "relu" else None


def redefined(sess):
    activation = Activation("relu")
    K.set_session(sess)
    return activation


# Keras brings no `range`: this loop is executed.
def registered_in_a_loop(sess):
    for _ in range(1):
        K.set_session(sess)
    return Sequential()


def built_after_a_loop(sess, other):
    for _ in range(1):
        K.set_session(sess)
    model = Sequential()
    K.set_session(other)
    return model
