# options: --extend-select=TFS307
import tensorflow as tf

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True

# TFS307: a session is created when the module is imported.
SESSION = tf.Session(config=CONFIG)  # expect: TFS307

# In a block of the module's level it is as early.
if tf.test.is_gpu_available():
    GPU_SESSION = tf.Session(config=CONFIG)  # expect: TFS307

try:
    FIRST = tf.Session(config=CONFIG)  # expect: TFS307
except RuntimeError:
    FIRST = None

with tf.Session(config=CONFIG) as sess:  # expect: TFS307
    VERSION = sess.run(tf.constant(1))

INTERACTIVE = tf.InteractiveSession(config=CONFIG)  # expect: TFS307

# A config takes no GPU, nor does a lambda before it is called.
LATER = lambda: tf.Session(config=CONFIG)  # noqa: E731


# In a function it is created when the function is called.
def open_session():
    return tf.Session(config=CONFIG)


# A default argument is created when the function is defined.
def run(op, sess=tf.Session(config=CONFIG)):  # expect: TFS307
    return sess.run(op)


def run_later(op, sess=None):
    sess = sess or tf.Session(config=CONFIG)
    return sess.run(op)


# A class body runs at import, too.
class Agent:
    sess = tf.Session(config=CONFIG)  # expect: TFS307


class PatientAgent:
    sess = None

    def __init__(self):
        self.sess = tf.Session(config=CONFIG)


# A default argument of a method.
class Runner:
    def run(self, op, sess=tf.Session(config=CONFIG)):  # expect: TFS307
        return sess.run(op)


# A default argument, or a class, inside a function waits for its call.
def make_runner():
    def run(op, sess=tf.Session(config=CONFIG)):
        return sess.run(op)

    class Holder:
        sess = tf.Session(config=CONFIG)

    return run, Holder
