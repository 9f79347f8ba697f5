# options: --tf-session-target=2.15
import tensorflow as tf
import tensorflow.compat.v1 as tf1
from tensorflow import InteractiveSession
from tensorflow.keras import backend as K
from tensorflow.python.keras import backend as old_backend

tf.compat.v1.disable_eager_execution()

CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS501: tf.Session is gone, tf.compat.v1.Session works there.
def session():
    return tf.Session(config=CONFIG)  # expect: TFS501


def compat_session():
    return tf.compat.v1.Session(config=CONFIG)


# The compatibility module under another name.
def aliased_session():
    return tf1.Session(config=CONFIG)


# tf.keras.backend.set_session is gone, too.
def register(sess):
    K.set_session(sess)  # expect: TFS501


def register_spelled_out(sess):
    tf.keras.backend.set_session(sess)  # expect: TFS501


def register_compat(sess):
    tf.compat.v1.keras.backend.set_session(sess)


def register_old_backend(sess):
    old_backend.set_session(sess)


# get_session.
def get_session():
    return K.get_session()  # expect: TFS501


def get_compat_session():
    return tf.compat.v1.keras.backend.get_session()


# clear_session is still there.
def clear():
    K.clear_session()


# The config and its options.
def config():
    return tf.ConfigProto()  # expect: TFS501


def options():
    return tf.GPUOptions(allow_growth=True)  # expect: TFS501


def compat_config():
    return tf1.ConfigProto(gpu_options=tf1.GPUOptions(allow_growth=True))


# An imported name stands where it is called.
def interactive():
    return InteractiveSession(config=CONFIG)  # expect: TFS501


def compat_interactive():
    return tf1.InteractiveSession(config=CONFIG)


# A name that is not called is not a call.
def is_session(value):
    return isinstance(value, tf.Session)


# A local name that shadows tensorflow is not it.
def shadowed(tf):
    return tf.Session(config=CONFIG)
