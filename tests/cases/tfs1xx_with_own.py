from contextlib import contextmanager

import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential, load_model


# The file's own context managers are followed: the block runs where their function yields.
@contextmanager
def registered_in_between(sess):
    K.set_session(sess)
    yield sess


def built_inside(sess):
    with registered_in_between(sess) as own:
        Dense(1)
    return own


def built_before(sess):
    layer = Dense(1)  # expect: TFS101
    with registered_in_between(sess):
        pass
    return layer


@contextmanager
def nothing_registered():
    yield


# What comes after the yield runs after the block.
@contextmanager
def registered_at_the_end(sess):
    yield
    K.set_session(sess)


def built_before_the_end(sess):
    with registered_at_the_end(sess):
        Dense(1)  # expect: TFS101


def built_after_the_end(sess):
    with registered_at_the_end(sess):
        pass
    Dense(1)


# What follows the block does not run if the block returns; what follows the yield does.
def returned_inside(sess, other):
    layer = Dense(1)
    with nothing_registered():
        return layer
    K.set_session(other)


def returned_before_the_end(sess):
    layer = Dense(1)  # expect: TFS101
    with registered_at_the_end(sess):
        return layer


def maybe_returned_inside(sess, other, given):
    layer = Dense(1)  # expect: TFS101
    with registered_at_the_end(sess):
        if given:
            return layer
    K.set_session(other)


# A `with` statement of several.
def built_in_the_second(sess):
    with open("log") as log, registered_at_the_end(sess):
        log.write(str(Dense(1)))  # expect: TFS101


# A method may be one, and yield nothing.
class Trainer:
    def __init__(self, sess):
        self.sess = sess

    @contextmanager
    def registered(self):
        yield
        K.set_session(self.sess)

    def train(self):
        with self.registered():
            self.layer = Dense(1)  # expect: TFS101

    def train_later(self):
        with self.registered():
            self.sess.run([])
        self.layer = Dense(1)


# A class with `__enter__` and `__exit__` is one.
class Registered:
    def __init__(self, sess):
        self.sess = sess

    def __enter__(self):
        K.set_session(self.sess)
        return Dense(1)

    def __exit__(self, *what):
        pass


class Late:
    def __init__(self, sess):
        self.sess = sess

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        K.set_session(self.sess)


def entered(sess):
    with Registered(sess):
        Dense(1)


def before_it_is_entered(sess):
    layer = Dense(1)  # expect: TFS101
    with Registered(sess):
        return layer


def left(sess):
    with Late(sess):
        Dense(1)  # expect: TFS101


def left_before(sess):
    with Late(sess):
        pass
    Dense(1)


# It is left on every way out of the block.
def left_by_return(sess):
    try:
        with Late(sess):
            return Dense(1)  # expect: TFS101
    finally:
        sess.run([])


def left_by_break(sess, rows):
    for row in rows:
        with Late(sess):
            Dense(row)  # expect: TFS101
            break


def left_by_continue(sess, rows):
    for row in rows:
        with Late(sess):
            Dense(row)  # expect: TFS101
            continue


def left_by_an_exception(sess):
    with Late(sess):
        Dense(1)  # expect: TFS101
        raise ValueError


# One that has no `__exit__` in the file leaves nothing behind.
class Foreign(tf.Foreign):
    pass


def foreign(sess):
    with Foreign():
        Dense(1)  # expect: TFS101
    K.set_session(sess)


def foreign_after(sess):
    with Foreign():
        K.set_session(sess)
    Dense(1)


# A session that is left with the block is left for an exception's handler as well.
def trained_in_the_handler(x):
    sess = tf.Session()  # expect: TFS201
    K.set_session(sess)
    model = load_model("model.h5")
    try:
        with tf.Graph().as_default():
            model.summary()
            x.read()
    except OSError:
        Dense(1)
    return model.predict(x)


# An unknown manager whose name looks like a session's enters an unknown one.
def session_by_name(session, sess):
    with session:
        model = load_model("model.h5")
        K.set_session(sess)
    return model


def no_session_by_name(lock, sess):
    with lock:
        model = load_model("model.h5")  # expect: TFS103
        K.set_session(sess)
    return model


def no_session_by_function(as_default, sess):
    with as_default(sess):
        model = load_model("model.h5")  # expect: TFS103
        K.set_session(sess)
    return model


# What as_default() of an unknown session returned enters that one, wherever it was kept.
class Block:
    def __init__(self, sess):
        self.block = sess.as_default()

    def __enter__(self):
        return self.block.__enter__()

    def __exit__(self, *exc):
        self.block.__exit__(*exc)


def built_in_an_unknown_block(sess, path):
    with Block(sess), Block(sess):
        model = load_model(path)
    K.set_session(sess)
    return model


def built_after_an_unknown_block(sess, path):
    with Block(sess):
        pass
    model = load_model(path)  # expect: TFS103
    K.set_session(sess)
    return model
