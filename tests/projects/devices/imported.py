import no_gpu
import tensorflow as tf


# The import has hidden them.
def open_session():
    return tf.compat.v1.Session()
