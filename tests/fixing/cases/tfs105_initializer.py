# The initializer runs before the weights come, with the statement that makes it.
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model


def loaded(config, path):
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    K.set_session(sess)
    step = tf.get_variable("step", initializer=0)
    model = load_model(path)
    init = tf.global_variables_initializer()
    sess.run(init)  # all of them
    return model, step


def given(config, kernel):
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    K.set_session(sess)
    model = Sequential([Dense(1, input_dim=3)])
    model.set_weights([kernel])
    sess.run(tf.global_variables_initializer())
    return model
# ---- after ----
# The initializer runs before the weights come, with the statement that makes it.
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model


def loaded(config, path):
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    K.set_session(sess)
    step = tf.get_variable("step", initializer=0)
    init = tf.global_variables_initializer()
    sess.run(init)  # all of them
    model = load_model(path)
    return model, step


def given(config, kernel):
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    K.set_session(sess)
    model = Sequential([Dense(1, input_dim=3)])
    sess.run(tf.global_variables_initializer())
    model.set_weights([kernel])
    return model
