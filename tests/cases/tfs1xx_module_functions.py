import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential


def build():
    return Sequential([Dense(1)])


def use_growth():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))


# The functions are called from the module's body: the ways part at the first call.
model = build()  # expect: TFS101
use_growth()
