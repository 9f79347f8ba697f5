# What is refused stays as it is; the reason stands on the line of the finding.
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model

import project


def needs_the_build(sess_of):
    model = Sequential([Dense(1)])  # refused: model is used by the first build and by the set-up
    K.set_session(sess_of[model])


def used_in_between(config):
    config.gpu_options.allow_growth = True
    sess = "none"
    model = Sequential([Dense(1, name=sess)])  # refused: sess is used by the first build and by the set-up
    sess = tf.Session(config=config)
    K.set_session(sess)
    return model


def unknown_set_up():
    model = Sequential([Dense(1)])  # refused: the set-up calls project.session(), which can't be known
    K.set_session(project.session())
    return model


def returns(sess, cached):
    model = Sequential([Dense(1)])  # refused: a return stands in between
    if cached:
        return model
    K.set_session(sess)
    return model


def session_in_between(sess):
    model = Sequential([Dense(1)])  # refused: clear_session() is called in between
    if project.again:
        K.clear_session()
    K.set_session(sess)
    return model


def one_statement(sess):
    return [Dense(1), K.set_session(sess)]  # refused: the session is set up in the same statement


def half_a_move(sess, path):
    first = Sequential([Dense(1)])  # refused: more is built before it, in a block around this one
    if path:
        second = Sequential([Dense(1)])  # refused: more is built before it, in a block around this one
        K.set_session(sess)
        return first, second
    return first


def one_line(sess):
    model = Sequential([Dense(1)]); K.set_session(sess); return model  # refused: the set-up shares its line with another statement


def over_unknown(sess):
    model = Sequential([Dense(1)])  # refused: its fix is not safe; --unsafe-fixes applies it
    project.log(model)
    K.set_session(sess)
    return model


def said_false():
    options = tf.GPUOptions(allow_growth=False)
    return tf.Session(config=tf.ConfigProto(gpu_options=options))  # refused: its fix is not safe; --unsafe-fixes applies it


def by_a_name(growth=False):
    config = None
    return tf.Session(config=config)  # refused: its config is given by a name that is None here


def creates_variables(config, path):
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    K.set_session(sess)
    model = load_model(path)
    step = tf.get_variable("step", initializer=0)
    sess.run(tf.global_variables_initializer())  # refused: get_variable() in between may create variables that it initialises
    return model, step


class Pair:
    def __init__(self, config):
        config.gpu_options.allow_growth = True
        K.set_session(tf.Session(config=config))
        self.model = Sequential([Dense(1)])


def two(config):
    first = Pair(config)
    second = Pair(config)  # refused: the set-up also builds or uses a model
    return first, second
