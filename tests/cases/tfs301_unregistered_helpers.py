import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


def build():
    return Sequential([Dense(1)])


def open_session():
    return tf.Session(config=CONFIG)


def register(sess):
    K.set_session(sess)


# TFS301: a helper creates the Keras objects.
def helper_builds():
    sess = tf.Session(config=CONFIG)  # expect: TFS301
    return build()


def helper_builds_registered():
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    return build()


# A helper registers it.
def helper_registers():
    sess = tf.Session(config=CONFIG)
    register(sess)
    return build()


# A helper creates it: what the caller does with it is wrong.
def helper_creates():
    sess = open_session()  # expect: TFS301
    return build()


def helper_creates_registered():
    K.set_session(open_session())
    return build()


# One that returns nothing has the fault itself, whoever calls it.
def limit_memory():
    tf.Session(config=CONFIG)  # expect: TFS301
    return None


def limits_memory():
    limit_memory()
    return build()


def limits_memory_too():
    limit_memory()
    return build()


# One that may return it leaves that to the caller.
def open_or_none(wanted):
    sess = tf.Session(config=CONFIG)
    return sess if wanted else None


def helper_may_return(wanted):
    open_or_none(wanted)  # expect: TFS301
    return build()


# One that builds before it returns the session, too.
def load():
    sess = tf.Session(config=CONFIG)  # expect: TFS301
    return build(), sess


def loads(x):
    model, _ = load()
    return model.predict(x)


def loads_too(x):
    return load()[0].predict(x)


# One that built before.
def load_then_open():
    model = build()
    return model, tf.Session(config=CONFIG)


def loads_before(x):
    model, _ = load_then_open()  # expect: TFS301
    return model.predict(x)


# In a class, through its methods.
class Agent:
    def __init__(self):
        self.limit_memory()
        self.model = build()

    def limit_memory(self):
        sess = tf.Session(config=CONFIG)  # expect: TFS301


class PatientAgent:
    def __init__(self):
        self.limit_memory()
        self.model = build()

    def limit_memory(self):
        sess = tf.Session(config=CONFIG)
        K.set_session(sess)
