# unsafe
# Over a call of unknown code, and a session in the place of another.
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

import project


def over_unknown(sess):
    model = Sequential([Dense(1)])
    project.log(model)
    K.set_session(sess)
    return model


def replaced(config, x):
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))
    model = Sequential([Dense(1)])
    K.set_session(tf.Session(config=config))
    return model.predict(x)
# ---- after ----
# unsafe
# Over a call of unknown code, and a session in the place of another.
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

import project


def over_unknown(sess):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    project.log(model)
    return model


def replaced(config, x):
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))
    K.set_session(tf.Session(config=config))
    model = Sequential([Dense(1)])
    return model.predict(x)
