import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS304: the with block of the session has ended.
def block_ended():
    with tf.Session(config=CONFIG) as sess:
        pass
    K.set_session(sess)  # expect: TFS304
    return Sequential([Dense(1)])


def in_the_block(x):
    with tf.Session(config=CONFIG) as sess:
        K.set_session(sess)
        return Sequential([Dense(1)]).predict(x)


# Built in the block, registered after it.
def built_in_the_block():
    with tf.Session(config=CONFIG) as sess:
        model = Sequential([Dense(1)])
    K.set_session(sess)  # expect: TFS304
    return model


# A session that was there before is closed by its block, too.
def block_of_a_name():
    sess = tf.Session(config=CONFIG)
    with sess:
        pass
    K.set_session(sess)  # expect: TFS304


# ... as_default() closes nothing.
def as_default_block():
    sess = tf.Session(config=CONFIG)
    with sess.as_default():
        pass
    K.set_session(sess)
    return Sequential([Dense(1)])


# Closed, then registered.
def closed():
    sess = tf.Session(config=CONFIG)
    sess.close()
    K.set_session(sess)  # expect: TFS304


# Registered, used and closed at the end.
def closed_at_the_end(x):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    scores = Sequential([Dense(1)]).predict(x)
    sess.close()
    return scores


# Another session is closed.
def other_closed():
    first = tf.Session(config=CONFIG)
    second = tf.Session(config=CONFIG)
    first.close()
    K.set_session(second)


# A new session under the old name.
def opened_again():
    sess = tf.Session(config=CONFIG)
    sess.close()
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)


# Another name of the closed one.
def another_name():
    sess = tf.Session(config=CONFIG)
    same = sess
    sess.close()
    K.set_session(same)  # expect: TFS304


# Closed on one path: any path counts.
def closed_in_a_branch(done):
    sess = tf.Session(config=CONFIG)
    if done:
        sess.close()
    K.set_session(sess)  # expect: TFS304


# Exclusive branches never order each other.
def exclusive(done):
    sess = tf.Session(config=CONFIG)
    if done:
        sess.close()
    else:
        K.set_session(sess)


# An InteractiveSession.
def interactive_closed():
    sess = tf.InteractiveSession(config=CONFIG)
    sess.close()
    K.set_session(sess)  # expect: TFS304


def interactive_open():
    sess = tf.InteractiveSession(config=CONFIG)
    K.set_session(sess)


# Closed in finally.
def closed_finally(op):
    sess = tf.Session(config=CONFIG)
    try:
        sess.run(op)
    finally:
        sess.close()
    K.set_session(sess)  # expect: TFS304


def registered_before_finally(op):
    sess = tf.Session(config=CONFIG)
    try:
        K.set_session(sess)
        sess.run(op)
    finally:
        sess.close()


# A helper closes it.
def shut(sess):
    sess.close()


def closed_by_a_helper():
    sess = tf.Session(config=CONFIG)
    shut(sess)
    K.set_session(sess)  # expect: TFS304


def closed_by_a_helper_after():
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    shut(sess)


# A helper registers it.
def register(sess):
    K.set_session(sess)


def registered_by_a_helper():
    sess = tf.Session(config=CONFIG)
    sess.close()
    register(sess)  # expect: TFS304


# In a class.
class Agent:
    def __init__(self):
        self.sess = tf.Session(config=CONFIG)
        self.sess.close()
        K.set_session(self.sess)  # expect: TFS304


class PatientAgent:
    def __init__(self):
        self.sess = tf.Session(config=CONFIG)
        K.set_session(self.sess)

    def close(self):
        self.sess.close()


# Each flow starts anew: an attribute closed by another method is not known to be.
class Server:
    def __init__(self):
        self.sess = tf.Session(config=CONFIG)

    def stop(self):
        self.sess.close()

    def start(self):
        K.set_session(self.sess)


# What belongs to a session is another thing that is closed.
def part_closed():
    sess = tf.Session(config=CONFIG)
    sess.events.close()
    K.set_session(sess)


# A closed session takes no weights.
def given_to_a_closed_session(x, values):
    with tf.Session(config=CONFIG) as sess:
        pass
    kept = tf.Session(config=CONFIG)
    K.set_session(kept)
    model = Sequential([Dense(1)])
    model.predict(x)
    K.set_session(sess)  # expect: TFS304
    model.set_weights(values)
    K.set_session(kept)
    return model


def given_to_an_open_session(x, values):
    sess = tf.Session(config=CONFIG)
    kept = tf.Session(config=CONFIG)
    K.set_session(kept)
    model = Sequential([Dense(1)])
    model.predict(x)
    K.set_session(sess)
    model.set_weights(values)
    K.set_session(kept)  # expect: TFS104
    return model


# Keras uses a closed session.
def used_after_closing(path, x):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = load_model(path)
    sess.close()
    return model.predict(x)  # expect: TFS304


def used_before_closing(path, x):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    scores = load_model(path).predict(x)
    sess.close()
    return scores


def used_after_its_block(path, x):
    with tf.Session(config=CONFIG) as sess:
        K.set_session(sess)
        model = load_model(path)
    return model.predict(x)  # expect: TFS304


# The block of Keras' own session closes it.
def own_session(path, x):
    model = load_model(path)
    with K.get_session() as sess:
        print(sess.graph)
    return model.predict(x)  # expect: TFS304


def own_session_as_default(path, x):
    model = load_model(path)
    with K.get_session().as_default() as sess:
        print(sess.graph)
    return model.predict(x)


def built_after_closing(path):
    K.get_session().close()
    return load_model(path)  # expect: TFS304


def given_after_closing(model, values):
    K.get_session().close()
    own = Sequential([Dense(1, input_shape=(3,))])
    own.set_weights(values)  # expect: TFS304
    own.predict(model)
    return own


# What needs no session is right.
def described_after_closing():
    K.get_session().close()
    return Sequential([Dense(1, input_shape=(3,))]).to_json()


# Keras goes to another: by set_session(), clear_session(), or as the block of another is entered.
def another_registered(path, x):
    K.get_session().close()
    K.set_session(tf.Session(config=CONFIG))
    return load_model(path).predict(x)


def cleared(path, x):
    K.get_session().close()
    K.clear_session()
    return load_model(path).predict(x)


def another_entered(path, x):
    K.get_session().close()
    with tf.Session(config=CONFIG) as sess:
        print(sess.graph)
        return load_model(path).predict(x)


def cleared_before_closing(path, x):
    K.clear_session()
    K.get_session().close()
    return load_model(path).predict(x)  # expect: TFS304


# Run after it was closed.
def run_after_closing(op):
    sess = tf.Session(config=CONFIG)
    sess.close()
    return sess.run(op)  # expect: TFS304


def run_after_its_block(op):
    with tf.Session(config=CONFIG) as sess:
        sess.run(op)
    return sess.run(op)  # expect: TFS304


def run_in_its_block(op):
    with tf.Session(config=CONFIG) as sess:
        return sess.run(op)


# It is said once of each session.
def said_once(op):
    sess = tf.Session(config=CONFIG)
    sess.close()
    sess.run(op)  # expect: TFS304
    sess.run(op)


def closed_twice():
    sess = tf.Session(config=CONFIG)
    sess.close()
    sess.close()


# Each method is called by whoever has the object: its session may be open.
class Worker:
    def __init__(self):
        self.sess = tf.Session(config=CONFIG)

    def work(self, op):
        return self.sess.run(op)

    def stop(self):
        self.sess.close()


# An InteractiveSession that was entered once more stays in use when it is closed.
def interactive_entered_again(path):
    sess = tf.InteractiveSession(config=CONFIG)
    block = sess.as_default()
    block.__enter__()
    sess.close()
    model = load_model(path)  # expect: TFS304
    block.__exit__(None, None, None)
    return model


def interactive_entered_once(path):
    sess = tf.InteractiveSession(config=CONFIG)
    sess.close()
    return load_model(path)
