# unsafe: what has a value keeps it.
import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.keras.backend import set_session
from tensorflow.keras.models import load_model


class Hashing:
    def __init__(self, path):
        self.session = tf.Session(config=growth())
        set_session(self.session)
        self.model = load_model(path)
        self.train = tf.train.AdamOptimizer().minimize(self.model.output)
        self.session.run(tf.global_variables_initializer())  # All.


def growth():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return config


def trained(path):
    uninitialized = []
    session = tf.Session(config=growth())
    set_session(session)
    model = load_model(path)
    train = tf.train.AdamOptimizer().minimize(model.output)
    if train is not None:
        session.run(tf.initialize_all_variables())
    return model.predict(uninitialized)
# ---- after ----
# unsafe: what has a value keeps it.
import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.keras.backend import set_session
from tensorflow.keras.models import load_model


class Hashing:
    def __init__(self, path):
        self.session = tf.Session(config=growth())
        set_session(self.session)
        self.model = load_model(path)
        self.train = tf.train.AdamOptimizer().minimize(self.model.output)
        uninitialized = [
            v
            for v in tf.global_variables()
            if not self.session.run(tf.is_variable_initialized(v))
        ]
        self.session.run(tf.variables_initializer(uninitialized))  # All.


def growth():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return config


def trained(path):
    uninitialized = []
    session = tf.Session(config=growth())
    set_session(session)
    model = load_model(path)
    train = tf.train.AdamOptimizer().minimize(model.output)
    if train is not None:
        without_value = [
            v
            for v in tf.global_variables()
            if not session.run(tf.is_variable_initialized(v))
        ]
        session.run(tf.variables_initializer(without_value))
    return model.predict(uninitialized)
