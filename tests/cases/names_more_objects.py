import tensorflow as tf
from foreign import *
from keras import backend as K
from keras import utils
from keras.layers import Dense
from keras.models import Sequential


# A class method of a layer or model class makes one.
def from_config(sess, config):
    Sequential.from_config(config)  # expect: TFS101
    Dense.from_config(config)  # expect: TFS101
    K.set_session(sess)


def another_method(sess, config):
    Sequential.from_yaml(config)
    K.set_session(sess)


# So do these functions and classes.
def more(sess, model):
    utils.multi_gpu_model(model, gpus=2)  # expect: TFS101
    tf.keras.experimental.LinearModel()  # expect: TFS101
    K.set_session(sess)


def others(sess, model):
    utils.plot_model(model)
    utils.Sequential()
    tf.keras.experimental.CosineDecay(1, 2)
    K.set_session(sess)


# What stands in a module of the backend is no function of the backend.
def deeper(sess):
    Dense(1)
    K.math.set_session(sess)


# What a star import of an unknown module brings is unknown.
def starred(sess):
    Conv2D(1)
    K.set_session(sess)
