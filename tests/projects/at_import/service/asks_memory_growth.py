import tensorflow as tf

from . import devices

sess = tf.compat.v1.Session()
