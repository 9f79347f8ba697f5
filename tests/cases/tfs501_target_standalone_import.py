# options: --tf-session-target=2.15
import tensorflow as tf

try:
    from keras.backend.tensorflow_backend import set_session
except ImportError:
    from tensorflow.compat.v1.keras.backend import set_session

tf.compat.v1.disable_eager_execution()


# Whichever there is is imported.
def register(sess):
    set_session(sess)
