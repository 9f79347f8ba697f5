# options: --extend-select=TFS305
import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K

IS_1 = tf.__version__.startswith("1.")


# TFS305: for whatever version.
def register(sess):
    K.set_session(sess)  # expect: TFS305


# Under a test of the version TensorFlow 2 does not get there.
def guarded(sess):
    if tf.__version__ == "1.13.1":
        K.set_session(sess)


def guarded_by_name(sess):
    if IS_1:
        K.set_session(sess)


def guarded_by_return(sess):
    if not IS_1:
        return
    K.set_session(sess)


# Another test tells nothing of it.
def on_a_gpu(sess):
    if tf.test.is_gpu_available():
        K.set_session(sess)  # expect: TFS305


# A fallback may be for another version.
def tried(sess):
    try:
        K.set_session(sess)
    except AttributeError:
        pass
