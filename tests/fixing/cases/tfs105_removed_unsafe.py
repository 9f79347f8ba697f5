# unsafe: what unknown code makes is initialised no more, and a session is run directly.
import tensorflow as tf
from tensorflow import keras

import losses


def frozen(path):
    model = keras.models.load_model(path)
    sess = tf.compat.v1.keras.backend.get_session()
    model.predict([1.0])
    init = tf.compat.v1.global_variables_initializer()
    sess.run(init)
    return model, sess.run(model.output, {model.input: [[1.0]]})
# ---- after ----
# unsafe: what unknown code makes is initialised no more, and a session is run directly.
import tensorflow as tf
from tensorflow import keras

import losses


def frozen(path):
    model = keras.models.load_model(path)
    sess = tf.compat.v1.keras.backend.get_session()
    model.predict([1.0])
    return model, sess.run(model.output, {model.input: [[1.0]]})
