import network
import tensorflow.compat.v1 as tf
from network import changed, model, replaced
from tensorflow.compat.v1.keras import backend as K

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS104, TFS106: what the module of another file has built lives on.
def entered(x):
    with tf.Session(config=CONFIG):
        return network.model.predict(x)  # expect: TFS106


def registered(x):
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return model.predict(x)


def in_its_session(x):
    with network.session.as_default():
        return model.predict(x)


# What a function there, or here, puts in its place may have its weights anywhere.
def of_a_function_there(x):
    with tf.Session(config=CONFIG):
        return replaced.predict(x), network.replaced.predict(x)


def change(path):
    network.changed = tf.keras.models.load_model(path)


def of_a_function_here(x):
    with tf.Session(config=CONFIG):
        return network.changed.predict(x), changed.predict(x)
