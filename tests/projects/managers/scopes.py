from contextlib import contextmanager

import tensorflow as tf
from keras import backend as K

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


@contextmanager
def timed_scope(name):
    print(name)
    with tf.name_scope(name):
        yield name


@contextmanager
def own_session():
    with tf.Session(config=CONFIG).as_default():
        yield


@contextmanager
def registered(sess):
    K.set_session(sess)
    yield


class Scope:
    def __init__(self):
        self.session = tf.Session(config=CONFIG)

    def __enter__(self):
        self.session.__enter__()

    def __exit__(self, *what):
        self.session.__exit__(*what)


def one():
    tf.Session(config=CONFIG)


def two():
    one(), one(), one(), one(), one(), one(), one(), one()


def three():
    two(), two(), two(), two(), two(), two(), two(), two()


def four():
    three(), three(), three(), three(), three(), three(), three(), three()


def five():
    four(), four(), four()
