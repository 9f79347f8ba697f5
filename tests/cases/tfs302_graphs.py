from contextlib import ExitStack

import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS302: the session of a graph is registered, the objects are built in the default graph.
def built_in_the_default_graph():
    graph = tf.Graph()
    sess = tf.Session(graph=graph, config=CONFIG)
    K.set_session(sess)  # expect: TFS302
    return Sequential([Dense(1)])


def built_in_its_graph():
    graph = tf.Graph()
    sess = tf.Session(graph=graph, config=CONFIG)
    K.set_session(sess)
    with graph.as_default():
        return Sequential([Dense(1)])


# Registered inside the block, built after it.
def built_after_the_block():
    graph = tf.Graph()
    with graph.as_default():
        sess = tf.Session(graph=graph, config=CONFIG)
        K.set_session(sess)  # expect: TFS302
    return Sequential([Dense(1)])


def built_in_the_block():
    graph = tf.Graph()
    with graph.as_default():
        sess = tf.Session(graph=graph, config=CONFIG)
        K.set_session(sess)
        return Sequential([Dense(1)])


# A session of the default graph, the objects in another.
def built_in_another_graph():
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)  # expect: TFS302
    with tf.Graph().as_default():
        return Sequential([Dense(1)])


def built_where_the_session_is():
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    return Sequential([Dense(1)])


# A session without graph= has the graph that is entered when it is created.
def created_in_the_block():
    with tf.Graph().as_default():
        sess = tf.Session(config=CONFIG)
        K.set_session(sess)
        return Sequential([Dense(1)])


def created_in_the_block_built_after():
    with tf.Graph().as_default():
        sess = tf.Session(config=CONFIG)
    K.set_session(sess)  # expect: TFS302
    return Sequential([Dense(1)])


# Two graphs.
def two_graphs():
    first, second = tf.Graph(), tf.Graph()
    sess = tf.Session(graph=first, config=CONFIG)
    K.set_session(sess)  # expect: TFS302
    with second.as_default():
        return load_model("model.h5")


def the_same_graph():
    first, second = tf.Graph(), tf.Graph()
    sess = tf.Session(graph=first, config=CONFIG)
    K.set_session(sess)
    with first.as_default():
        return load_model("model.h5"), second


# The innermost entered graph counts.
def nested_blocks():
    first, second = tf.Graph(), tf.Graph()
    sess = tf.Session(graph=first, config=CONFIG)
    K.set_session(sess)
    with second.as_default():
        with first.as_default():
            return Sequential([Dense(1)])


def nested_blocks_other():
    first, second = tf.Graph(), tf.Graph()
    sess = tf.Session(graph=first, config=CONFIG)
    K.set_session(sess)  # expect: TFS302
    with first.as_default():
        with second.as_default():
            return Sequential([Dense(1)])


# The graph is second in Session's arguments.
def positional():
    graph = tf.Graph()
    sess = tf.Session("", graph, CONFIG)
    K.set_session(sess)  # expect: TFS302
    return Sequential([Dense(1)])


# The default graph, asked for.
def default_graph():
    graph = tf.get_default_graph()
    sess = tf.Session(graph=graph, config=CONFIG)
    K.set_session(sess)
    return Sequential([Dense(1)])


# with Session(graph=g) enters g as well.
def session_block(x):
    graph = tf.Graph()
    with tf.Session(graph=graph, config=CONFIG) as sess:
        K.set_session(sess)
        return Sequential([Dense(1)]).predict(x)


# The graph of the session itself.
def graph_of_the_session():
    sess = tf.Session(graph=tf.Graph(), config=CONFIG)
    K.set_session(sess)
    with sess.graph.as_default():
        return Sequential([Dense(1)])


# An unknown graph is silent, as the session's or as the entered one.
def unknown_graph(graph):
    sess = tf.Session(graph=graph, config=CONFIG)
    K.set_session(sess)
    return Sequential([Dense(1)])


def unknown_graph_entered(graph):
    sess = tf.Session(graph=tf.Graph(), config=CONFIG)
    K.set_session(sess)
    with graph.as_default():
        return Sequential([Dense(1)])


# An unknown block, or an unknown stack of them, may enter the graph that it is given.
def unknown_block(scope):
    graph = tf.Graph()
    sess = tf.Session(graph=graph, config=CONFIG)
    K.set_session(sess)
    with scope(graph):
        return Sequential([Dense(1)])


def exit_stack():
    graph = tf.Graph()
    sess = tf.Session(graph=graph, config=CONFIG)
    K.set_session(sess)
    with ExitStack() as stack:
        stack.enter_context(graph.as_default())
        return Sequential([Dense(1)])


# An unknown session is silent, too.
def unknown_session(sess):
    K.set_session(sess)
    with tf.Graph().as_default():
        return Sequential([Dense(1)])


# No objects: nothing is built elsewhere.
def no_objects(op):
    graph = tf.Graph()
    sess = tf.Session(graph=graph, config=CONFIG)
    K.set_session(sess)
    return sess.run(op)


# In a class.
class Agent:
    def __init__(self):
        self.graph = tf.Graph()
        self.sess = tf.Session(graph=self.graph, config=CONFIG)
        K.set_session(self.sess)  # expect: TFS302
        self.model = self.build()

    def build(self):
        return Sequential([Dense(1)])


class PatientAgent:
    def __init__(self):
        self.graph = tf.Graph()
        self.sess = tf.Session(graph=self.graph, config=CONFIG)
        with self.graph.as_default():
            K.set_session(self.sess)
            self.model = self.build()

    def build(self):
        return Sequential([Dense(1)])
