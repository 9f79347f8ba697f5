import tensorflow as tf
from tensorflow.keras import backend as K


def growing():
    config = tf.compat.v1.ConfigProto()
    config.gpu_options.allow_growth = True
    return config


def register():
    K.set_session(tf.compat.v1.Session(config=growing()))
