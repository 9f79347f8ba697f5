import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True

# TFS301 in a script: one session is never registered, another is, a function uses the third.
if __name__ == "__main__":
    forgotten = tf.Session(config=CONFIG)  # expect: TFS301
    used_later = tf.Session(config=CONFIG)
    registered = tf.Session(config=CONFIG)
    K.set_session(registered)
    model = Sequential([Dense(1)])


def register():
    K.set_session(used_later)
