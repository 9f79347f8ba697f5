# options: --tf-session-target=2.16
import tensorflow as tf
from keras import backend

CONFIG = tf.compat.v1.ConfigProto()


# TFS501: Keras 3 has no sessions, in no module of it.
def register(sess):
    tf.keras.backend.set_session(sess)  # expect: TFS501
    tf.compat.v1.keras.backend.get_session()  # expect: TFS501
    tf.compat.v1.keras.backend.clear_session()


# A contributed module of TensorFlow 1 is gone with all that it had.
def contributed(sess):
    tf.contrib.keras.backend.set_session(sess)  # expect: TFS501


# The package keras is Keras 3, too.
def standalone(sess):
    backend.set_session(sess)  # expect: TFS501
