import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True
SESSION = tf.Session(config=CONFIG)


# A with block is executed in order.
def device(sess):
    with tf.device("/cpu:0"):
        model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return model


def device_after(sess):
    with tf.device("/cpu:0"):
        K.set_session(sess)
    return Sequential([Dense(1)])


# An own graph around both: still the wrong order.
def own_graph(sess):
    graph = tf.Graph()
    with graph.as_default():
        model = Sequential([Dense(1)])  # expect: TFS101
        K.set_session(sess)
    return model


def own_graph_after(sess):
    graph = tf.Graph()
    with graph.as_default():
        K.set_session(sess)
        return Sequential([Dense(1)])


# The innermost entered session is the one that Keras uses: registered later, it is the same.
def entered_then_registered():
    with SESSION.as_default():
        model = load_model("model.h5")
        K.set_session(SESSION)
    return model


def session_block():
    with SESSION:
        model = load_model("model.h5")
        K.set_session(SESSION)
        model.summary()


# Built under the implicit session before the block, the block's session is registered.
def built_before_the_block():
    model = Sequential([Dense(1)])  # expect: TFS101
    with SESSION.as_default():
        K.set_session(SESSION)
    return model


# A session opened for the block and registered in it before the build.
def opened_for_the_block(x):
    with tf.Session(config=CONFIG) as sess:
        K.set_session(sess)
        model = load_model("model.h5")
        return model.predict(x)


# An InteractiveSession is entered from its creation on.
def interactive():
    sess = tf.InteractiveSession()
    model = load_model("model.h5")
    K.set_session(sess)
    return model


def interactive_after_the_build():
    model = load_model("model.h5")  # expect: TFS103
    sess = tf.InteractiveSession()
    K.set_session(sess)
    return model


# Closed, it is Keras' no more.
def interactive_closed(sess):
    first = tf.InteractiveSession()
    first.close()
    model = load_model("model.h5")  # expect: TFS103
    K.set_session(sess)
    return model


# The context expressions run first, from left to right.
def context_expression(sess, manage):
    with manage(Dense(1)):  # expect: TFS101
        K.set_session(sess)


def second_item(sess, manage):
    with manage(sess), manage(Dense(1)):  # expect: TFS101
        K.set_session(sess)


def context_after(sess, manage):
    K.set_session(sess)
    with manage(Dense(1)):
        pass


# An unknown session that is entered: no finding, it may be the registered one.
def unknown_entered(sess):
    with sess.as_default():
        model = load_model("model.h5")
        K.set_session(sess)
    return model


# Other context managers are none of Keras' business.
def plain_file(sess, path):
    with open(path) as lines:
        model = Sequential([Dense(len(lines.read()))])  # expect: TFS101
    K.set_session(sess)
    return model


# Two items: a graph and a session, as servers write it.
def graph_and_session(graph, x):
    with graph.as_default(), SESSION.as_default():
        model = load_model("model.h5")
        return model.predict(x)
