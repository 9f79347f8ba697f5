# options: --tf-session-target=2.15
import keras
import keras.backend.tensorflow_backend as KTF
import tensorflow as tf
from keras import backend as K
from keras.backend.tensorflow_backend import set_session

tf.compat.v1.disable_eager_execution()


# TFS501: the package keras has no set_session in its backend since 2.13, and no tensorflow_backend.
def register(sess):
    K.set_session(sess)  # expect: TFS501


def register_in_tensorflow(sess):
    tf.compat.v1.keras.backend.set_session(sess)


def register_spelled_out(sess):
    keras.backend.set_session(sess)  # expect: TFS501


def register_by_the_old_module(sess):
    KTF.set_session(sess)  # expect: TFS501


def register_by_an_attribute(sess):
    K.tensorflow_backend.set_session(sess)  # expect: TFS501


def register_by_name(sess):
    set_session(sess)  # expect: TFS501


def get():
    return K.get_session()  # expect: TFS501


def get_from_tensorflow():
    return tf.compat.v1.keras.backend.get_session()


# clear_session is still there.
def clear():
    K.clear_session()


# Inside a try with handlers.
def register_if_there(sess):
    try:
        K.set_session(sess)
    except AttributeError:
        tf.compat.v1.keras.backend.set_session(sess)
