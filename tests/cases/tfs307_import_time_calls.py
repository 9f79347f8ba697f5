# options: --extend-select=TFS307
import tensorflow as tf
from keras import backend as K

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


def open_session():
    return tf.Session(config=CONFIG)


def register():
    K.set_session(open_session())


def make_config():
    return tf.ConfigProto()


class Agent:
    def __init__(self):
        self.sess = tf.Session(config=CONFIG)


class Idle:
    def open(self):
        self.sess = tf.Session(config=CONFIG)


# TFS307: a call of the module's level creates the session; it stands on that call.
SESSION = open_session()  # expect: TFS307

# Through two functions.
register()  # expect: TFS307

# The constructor of a class.
AGENT = Agent()  # expect: TFS307

# A constructor that creates none.
IDLE = Idle()

# A function that creates none, and one that is not called.
PLAIN = make_config()
FACTORY = open_session


# A call in a default argument.
def run(op, sess=open_session()):  # expect: TFS307
    return sess.run(op)


# A call inside a function waits for it.
def run_later(op):
    return open_session().run(op)
