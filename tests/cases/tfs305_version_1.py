# options: --extend-select=TFS305
import tensorflow as tf
from tensorflow.python.keras import backend as K


# A name that only TensorFlow 1 has, anywhere in the file: it is no TF2 program.
def inputs():
    return tf.placeholder(tf.float32, [None, 3])


def register(sess):
    K.set_session(sess)
