import one_gpu
import tensorflow as tf


# The import has chosen one.
def open_session():
    return tf.compat.v1.Session()  # expect: TFS201
