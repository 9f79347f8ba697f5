import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential, load_model

import foreign

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True
SESSIONS = {}
SESSION = None


# TFS301: a session that asks for growth is never registered, and Keras objects are created.
def never_registered(x):
    sess = tf.Session(config=CONFIG)  # expect: TFS301
    model = Sequential([Dense(1)])
    return model.predict(x)


def registered(x):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = Sequential([Dense(1)])
    return model.predict(x)


# Registered at once.
def registered_at_once():
    K.set_session(tf.Session(config=CONFIG))
    return Sequential([Dense(1)])


# Created after the Keras objects, the session is as useless.
def created_after():
    model = Sequential([Dense(1)])
    sess = tf.Session(config=CONFIG)  # expect: TFS301
    return model


# The flow creates no Keras objects.
def no_keras(op):
    sess = tf.Session(config=CONFIG)
    return sess.run(op)


# A loaded model is one.
def loaded(path, x):
    sess = tf.Session(config=CONFIG)  # expect: TFS301
    return load_model(path).predict(x)


# sess.run(...) is no leaving: the session runs something, Keras does not use it.
def only_run(x):
    sess = tf.Session(config=CONFIG)  # expect: TFS301
    sess.run(tf.global_variables_initializer())
    return Sequential([Dense(1)]).predict(x)


# Nor where it runs the model: Keras has other weights than it has initialised.
def runs_the_model(x):
    sess = tf.Session(config=CONFIG)  # expect: TFS301
    model = Sequential([Dense(1, input_shape=(1,))])
    sess.run(tf.global_variables_initializer())
    return sess.run(model.output, {model.input: x}), model.get_weights()


# Where the model has weights elsewhere, that is said where it runs them.
def runs_a_given_model(x, weights):
    sess = tf.Session(config=CONFIG)
    model = Sequential([Dense(1, input_shape=(1,))])
    model.set_weights(weights)
    sess.run(tf.global_variables_initializer())
    return sess.run(model.output, {model.input: x})  # expect: TFS106


# Nor is passing it to TensorFlow's own functions.
def saved(path):
    sess = tf.Session(config=CONFIG)  # expect: TFS301
    model = Sequential([Dense(1)])
    tf.train.Saver().save(sess, path)
    return model


def restored(path):
    sess = tf.Session(config=CONFIG)  # expect: TFS301
    model = Sequential([Dense(1)])
    saver = tf.train.Saver()
    saver.restore(sess, path)
    return model


# Nor is closing it.
def closed(x):
    sess = tf.Session(config=CONFIG)  # expect: TFS301
    scores = Sequential([Dense(1)]).predict(x)
    sess.close()
    return scores


# Passed to an unknown call it leaves the flow: that may register it.
def passed(serve):
    sess = tf.Session(config=CONFIG)
    serve(sess)
    return Sequential([Dense(1)])


def passed_to_setattr(server):
    sess = tf.Session(config=CONFIG)
    setattr(server, "sess", sess)
    return Sequential([Dense(1)])


# Returned.
def returned():
    sess = tf.Session(config=CONFIG)
    model = Sequential([Dense(1)])
    return sess, model


# ... yielded.
def yielded():
    sess = tf.Session(config=CONFIG)
    yield sess
    yield Sequential([Dense(1)])


# Stored in an attribute.
class Agent:
    def __init__(self):
        self.sess = tf.Session(config=CONFIG)
        self.model = Sequential([Dense(1)])


class LocalAgent:
    def __init__(self):
        sess = tf.Session(config=CONFIG)  # expect: TFS301
        self.model = Sequential([Dense(1)])


# Stored in an item.
def stored_in_an_item():
    SESSIONS["keras"] = tf.Session(config=CONFIG)
    return Sequential([Dense(1)])


# Stored in a global.
def stored_in_a_global():
    global SESSION
    SESSION = tf.Session(config=CONFIG)
    return Sequential([Dense(1)])


# Used in a nested function.
def nested():
    sess = tf.Session(config=CONFIG)

    def register():
        K.set_session(sess)

    return register, Sequential([Dense(1)])


# Entered, Keras uses it.
def entered(x):
    with tf.Session(config=CONFIG):
        return Sequential([Dense(1)]).predict(x)


def entered_by_name(x):
    sess = tf.Session(config=CONFIG)
    with sess:
        return Sequential([Dense(1)]).predict(x)


def entered_as_default(x):
    sess = tf.Session(config=CONFIG)
    with sess.as_default():
        return Sequential([Dense(1)]).predict(x)


def entered_by_others(x):
    sess = tf.Session(config=CONFIG)
    foreign.enter(sess.as_default())
    return Sequential([Dense(1)]).predict(x)


def entered_by_nobody(x):
    sess = tf.Session(config=CONFIG)  # expect: TFS301
    sess.as_default()
    return Sequential([Dense(1)]).predict(x)


def entered_by_hand(x):
    sess = tf.Session(config=CONFIG)
    sess.__enter__()
    return Sequential([Dense(1)]).predict(x)


# An InteractiveSession enters itself.
def interactive(x):
    sess = tf.InteractiveSession(config=CONFIG)
    return Sequential([Dense(1)]).predict(x)


# Without growth it counts only when it is asked for.
def without_growth(x):
    sess = tf.Session()  # expect: TFS201
    return Sequential([Dense(1)]).predict(x)


def without_gpu(x):
    sess = tf.Session(config=tf.ConfigProto(device_count={"GPU": 0}))
    return Sequential([Dense(1)]).predict(x)


# A config that can't be known asks for nothing that is known.
def unknown_config(config, x):
    sess = tf.Session(config=config)
    return Sequential([Dense(1)]).predict(x)


# Another session is registered.
def other_registered():
    first = tf.Session(config=CONFIG)  # expect: TFS301
    second = tf.Session(config=CONFIG)
    K.set_session(second)
    return Sequential([Dense(1)])


# Another name of the same session.
def registered_by_another_name():
    sess = tf.Session(config=CONFIG)
    same = sess
    K.set_session(same)
    return Sequential([Dense(1)])


# An unknown session is registered: it may not be this one, which nothing else knows.
def unknown_registered(other):
    sess = tf.Session(config=CONFIG)  # expect: TFS301
    K.set_session(other)
    return Sequential([Dense(1)])


# Exclusive branches: the path with the session creates no Keras objects.
def exclusive(frozen, op):
    if frozen:
        sess = tf.Session(config=CONFIG)
        return sess.run(op)
    return Sequential([Dense(1)])


# Registered too late is registered.
def registered_late():
    sess = tf.Session(config=CONFIG)
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return model


# Without a name.
def no_name():
    tf.Session(config=CONFIG)  # expect: TFS301
    return Sequential([Dense(1)])
