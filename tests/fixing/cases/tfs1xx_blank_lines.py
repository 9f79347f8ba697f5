# Empty lines stay where functions need them.
import tensorflow as tf
from keras import backend as K
from keras.layers import Dense

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True

layer = Dense(1)


def unrelated():
    return 1


K.set_session(tf.Session(config=CONFIG))
print(unrelated())


class Model:
    def __init__(self, sess):
        self.layer = Dense(1)

        def nested():
            return 1

        K.set_session(sess)
        self.nested = nested
# ---- after ----
# Empty lines stay where functions need them.
import tensorflow as tf
from keras import backend as K
from keras.layers import Dense

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True

K.set_session(tf.Session(config=CONFIG))
layer = Dense(1)


def unrelated():
    return 1


print(unrelated())


class Model:
    def __init__(self, sess):
        K.set_session(sess)
        self.layer = Dense(1)

        def nested():
            return 1

        self.nested = nested
