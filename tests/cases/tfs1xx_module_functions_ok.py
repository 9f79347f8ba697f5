import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential


# Not executed where it is defined, before the registration, but where it is called, after it.
def build():
    return Sequential([Dense(1)])


def use_growth():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))


use_growth()
model = build()
