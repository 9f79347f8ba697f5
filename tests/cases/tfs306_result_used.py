import functools

import tensorflow as tf
from keras import backend as K
from keras.backend import set_session

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS306: set_session() returns None; assigned.
def assigned():
    sess = K.set_session(tf.Session(config=CONFIG))  # expect: TFS306
    return sess


# As a statement its value is not used.
def statement():
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    return sess


# Assigned to an attribute.
class Agent:
    def __init__(self, sess):
        self.sess = K.set_session(sess)  # expect: TFS306


class PatientAgent:
    def __init__(self, sess):
        self.sess = sess
        K.set_session(self.sess)


# Passed.
def passed(sess, train):
    train(K.set_session(sess))  # expect: TFS306


def passed_by_keyword(sess, train):
    train(session=K.set_session(sess))  # expect: TFS306


# ... the session is passed.
def session_passed(sess, train):
    K.set_session(sess)
    train(sess)


# Returned.
def returned(sess):
    return K.set_session(sess)  # expect: TFS306


def returned_in_a_tuple(sess, model):
    return K.set_session(sess), model  # expect: TFS306


# ... the session is returned.
def session_returned(sess):
    K.set_session(sess)
    return sess


# As a lambda's body it is how such a hook is written.
def hook(sess, add_hook):
    add_hook(lambda: K.set_session(sess))


def either_hook(one, two):
    hook = lambda: K.set_session(one) if one else K.set_session(two)
    hook()


def either(one, two):
    K.set_session(one) if one else K.set_session(two)


# ... a condition is a use.
def condition(one, two):
    return one if K.set_session(one) else two  # expect: TFS306


# ... the function is passed, not its value.
def partial(sess, add_hook):
    add_hook(functools.partial(K.set_session, sess))


def function_passed(add_hook):
    add_hook(K.set_session)


# Under its imported name.
def imported(sess):
    result = set_session(sess)  # expect: TFS306
    return result


def imported_statement(sess):
    set_session(sess)


# An attribute of None.
def chained(sess, op):
    return K.set_session(sess).run(op)  # expect: TFS306


# The value of get_session() is a session.
def get_session(sess):
    K.set_session(sess)
    return K.get_session()


# A set_session of something else may return something.
def other(server, sess):
    return server.set_session(sess)


# In branches and loops it is a statement as well.
def statements(sessions, gpu):
    for sess in sessions:
        if gpu:
            K.set_session(sess)


# As an operand that decides nothing but whether it is called, it is one too.
def operand(sess, gpu):
    gpu and K.set_session(sess)
    gpu or sess or K.set_session(sess)


def operand_passed(sess, gpu):
    print(gpu and K.set_session(sess))  # expect: TFS306
