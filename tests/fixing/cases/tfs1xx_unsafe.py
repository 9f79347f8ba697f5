# unsafe
# Over a call of unknown code, and a session in the place of another.
import sys

import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

import project


def over_unknown(sess):
    model = Sequential([Dense(1)])
    project.log(model)
    K.set_session(sess)
    return model


def replaced(config, x):
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))
    model = Sequential([Dense(1)])
    K.set_session(tf.Session(config=config))
    return model.predict(x)


def imports(sess):
    model = Sequential([Dense(1)])
    import unknown
    K.set_session(sess)
    return model


def executes(sess, code):
    model = Sequential([Dense(1)])
    exec(code)
    K.set_session(sess)
    return model


def result(sess, make):
    model = Sequential([Dense(1)])
    make(1)(model)
    K.set_session(sess)
    return model


def ends_the_program(sess):
    model = Sequential([Dense(1)])
    if sess is None:
        sys.exit(1)
    K.set_session(sess)
    return model


def ends_by_a_builtin(sess):
    model = Sequential([Dense(1)])
    if sess is None:
        exit(1)
    K.set_session(sess)
    return model
# ---- after ----
# unsafe
# Over a call of unknown code, and a session in the place of another.
import sys

import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

import project


def over_unknown(sess):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    project.log(model)
    return model


def replaced(config, x):
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))
    K.set_session(tf.Session(config=config))
    model = Sequential([Dense(1)])
    return model.predict(x)


def imports(sess):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    import unknown
    return model


def executes(sess, code):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    exec(code)
    return model


def result(sess, make):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    make(1)(model)
    return model


def ends_the_program(sess):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    if sess is None:
        sys.exit(1)
    return model


def ends_by_a_builtin(sess):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    if sess is None:
        exit(1)
    return model
