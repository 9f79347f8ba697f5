import tensorflow as tf
from keras import backend as K
from keras.layers import *

config = tf.ConfigProto()
options = tf.ConfigProto()


class Settings:
    pass


settings = Settings()
settings.config = tf.ConfigProto()


# What a function changes of a module's name is unknown.
def change(wanted):
    global missing
    missing = wanted
    tf.wanted = Dense.wanted = wanted
    config.gpu_options.allow_growth = wanted
    settings.config = wanted
    Settings.config = wanted


def changed():
    return tf.Session(config=config)


def changed_attribute():
    return tf.Session(config=settings.config)


def changed_class():
    return tf.Session(config=Settings.config)


def not_changed():
    return tf.Session(config=options)  # expect: TFS201


def unset():
    return tf.Session(config=missing)


# A name of another package stays what it is.
def build(sess):
    Dense(1)  # expect: TFS101
    K.set_session(sess)
