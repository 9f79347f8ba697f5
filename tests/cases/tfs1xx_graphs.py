import tensorflow as tf
from keras import backend as K
from keras.layers import Dense, Embedding
from keras.models import Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS106: Keras keeps one session. In another graph it makes a new one, and drops the first with
# the weights there.
def dropped(x, path):
    model = load_model(path)
    with tf.Graph().as_default():
        other = load_model(path)
    return model.predict(x), other  # expect: TFS106


# Used where the second session is: nothing of the first is asked for.
def not_used_again(x, path):
    load_model(path).predict(x)
    with tf.Graph().as_default():
        other = load_model(path)
        return other.predict(x)


# What is only built in the other graph needs no session.
def nothing_needed(x, path):
    model = load_model(path)
    with tf.Graph().as_default():
        other = Sequential([Dense(1)])
    return model.predict(x), other


# A registered session is dropped as well.
def registered_dropped(x, path):
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS302
    model = load_model(path)
    with tf.Graph().as_default():
        load_model(path)  # its own session takes the place of the registered one
    return model.predict(x)  # expect: TFS106


def registered_again(x, path):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = load_model(path)
    with tf.Graph().as_default():
        K.get_session()
    K.set_session(sess)
    return model.predict(x)


# An entered session leaves Keras' own alone.
def entered(x, path):
    model = load_model(path)
    with tf.Session(graph=tf.Graph(), config=CONFIG):
        load_model(path).predict(x)
    return model.predict(x)


# The implicit session of a graph, asked for there and registered there, is the one in use.
def own_session_of_a_graph(path):
    with tf.Graph().as_default():
        sess = K.get_session()
        model = load_model(path)
        K.set_session(sess)
    return model


# The same session, asked for again after it was dropped, is another.
def asked_again(path):
    with tf.Graph().as_default():
        first = K.get_session()
    K.get_session()
    with tf.Graph().as_default():
        model = load_model(path)  # expect: TFS103
        K.set_session(tf.Session(config=CONFIG))
    return model, first


# get_session() initialises the models of the graph that is the default, not those of another.
def get_session_elsewhere(x):
    model = Sequential([Dense(1)])
    with tf.Session(graph=tf.Graph(), config=CONFIG):
        sess = K.get_session()
    return model.predict(x), sess


def get_session_here(x):
    model = Sequential([Dense(1)])
    with tf.Session(config=CONFIG).as_default():
        sess = K.get_session()
    return model.predict(x), sess  # expect: TFS106


# An unknown graph may be the same.
def unknown_graph(graph, x, path):
    model = load_model(path)
    with graph.as_default():
        load_model(path)
    return model.predict(x)


# Of three sessions Keras itself dropped the first: no set_session took it away.
def dropped_then_replaced(path, table):
    with tf.Graph().as_default():
        K.set_session(tf.Session(config=CONFIG))  # expect: TFS302
        inner = Sequential([Dense(1)])
    model = Sequential([Embedding(9, 2, weights=[table])])  # expect: TFS103
    K.set_session(tf.Session(config=CONFIG))
    return model, inner


# get_session() initialises what is in the graph of an entered session, and does not fail.
def asked_in_another_graph(x, path):
    model = load_model(path)
    with tf.Session(graph=tf.Graph(), config=CONFIG).as_default():
        sess = K.get_session()
    return model.predict(x), sess


def used_in_another_graph(x, path):
    model = load_model(path)
    with tf.Session(graph=tf.Graph(), config=CONFIG).as_default():
        return model.predict(x)  # expect: TFS106


def asked_outside_of_the_graph(x):
    graph = tf.Graph()
    with graph.as_default():
        model = Sequential([Dense(1)])
    with tf.Session(graph=graph, config=CONFIG).as_default():
        sess = K.get_session()
        with graph.as_default():
            model.predict(x)
    with graph.as_default():
        model.predict(x)  # expect: TFS106
    return sess


# What fails puts no weights anywhere; that is said once.
def fails_then_works(x):
    with tf.Session(config=CONFIG).as_default(), tf.Graph().as_default():
        model = Sequential([Dense(1)])
        model.predict(x)  # expect: TFS106
        model.predict(x)
        with tf.Session(config=CONFIG).as_default():
            model.predict(x)


def fails_in_another_as_well(x):
    with tf.Graph().as_default():
        model = Sequential([Dense(1)])
        with tf.Session(graph=tf.Graph(), config=CONFIG).as_default():
            model.predict(x)  # expect: TFS106
        with tf.Session(graph=tf.Graph(), config=CONFIG).as_default():
            model.predict(x)  # expect: TFS106


def two_fail(x):
    with tf.Session(config=CONFIG).as_default(), tf.Graph().as_default():
        model = Sequential([Dense(1)])
        other = Sequential([Dense(1)])
        model.predict(x)  # expect: TFS106
        other.predict(x)  # expect: TFS106
        model.predict(x)


# Keras looks for weights in the session that it keeps, but not in one of another graph.
def kept_of_this_graph(x):
    K.get_session()
    model = Sequential([Dense(1)])
    with tf.Session(config=CONFIG).as_default():
        model.predict(x)  # expect: TFS106
    return model


def kept_of_another_graph(x):
    with tf.Graph().as_default():
        K.get_session()
    model = Sequential([Dense(1)])
    with tf.Session(config=CONFIG).as_default():
        model.predict(x)
    return model
