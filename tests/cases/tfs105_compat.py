import tensorflow as tf
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()

CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS105 under the names of TensorFlow 2.
def loaded(path):
    sess = tf.compat.v1.Session(config=CONFIG)
    tf.compat.v1.keras.backend.set_session(sess)
    model = load_model(path)
    sess.run(tf.compat.v1.global_variables_initializer())  # expect: TFS105
    return model


def loaded_after(path):
    sess = tf.compat.v1.Session(config=CONFIG)
    tf.compat.v1.keras.backend.set_session(sess)
    sess.run(tf.compat.v1.global_variables_initializer())
    return load_model(path)


def all_variables(path):
    sess = tf.compat.v1.Session(config=CONFIG)
    tf.compat.v1.keras.backend.set_session(sess)
    model = load_model(path)
    variables = tf.compat.v1.global_variables()
    sess.run(tf.compat.v1.variables_initializer(variables))  # expect: TFS105
    return model


def local_variables(path):
    sess = tf.compat.v1.Session(config=CONFIG)
    tf.compat.v1.keras.backend.set_session(sess)
    model = load_model(path)
    sess.run(tf.compat.v1.local_variables_initializer())
    return model
