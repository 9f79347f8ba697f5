# options: --extend-select=TFS305
import tensorflow
import tensorflow.compat.v1 as tf
from tensorflow.python.keras import backend

from . import placeholder

K = backend


# TFS305: the same names are TensorFlow 2's in `compat.v1`, and a project's own are its own.
def inputs(self):
    return tf.placeholder(tf.float32), self.placeholder(), placeholder, tensorflow.constant(1)


def register(sess):
    K.set_session(sess)  # expect: TFS305
