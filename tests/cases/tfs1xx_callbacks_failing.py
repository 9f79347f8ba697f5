import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.callbacks import Callback, LambdaCallback
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model

tf.disable_eager_execution()
CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


class Switching(Callback):
    def __init__(self, session):
        self.session = session

    def on_train_end(self, logs=None):
        K.set_session(self.session)
        self.model.predict(1)


# Where fit() fails no later hook is called: the weights are in another session than the one in use.
def fails(path, x, y):
    K.set_session(tf.Session(config=CONFIG))
    model = load_model(path)
    with tf.Session(config=CONFIG) as session:
        model.fit(x, y, callbacks=[Switching(session)])  # expect: TFS106


def fails_after_registering(path, x, y):
    model = load_model(path)  # expect: TFS103
    K.set_session(tf.Session(config=CONFIG))
    other = tf.Session(config=CONFIG)
    model.fit(x, y, callbacks=[LambdaCallback(on_train_end=lambda logs: K.set_session(other))])
    return None


# It goes on with the weights that the model had there before, and trains these.
def goes_on_with_older(path, x, y):
    K.set_session(tf.Session(config=CONFIG))
    model = load_model(path)
    with tf.Session(config=CONFIG).as_default():
        model.load_weights(path)  # expect: TFS106
    other = tf.Session(config=CONFIG)
    model.fit(x, y, callbacks=[Switching(other)])  # expect: TFS104


def goes_on_after(path, x, y):
    K.set_session(tf.Session(config=CONFIG))
    model = load_model(path)
    with tf.Session(config=CONFIG).as_default():
        model.load_weights(path)  # expect: TFS106
    model.fit(x, y)
    return model


# It goes on with other weights where an initializer made some, and where nothing is lost.
def goes_on(path, x, y):
    K.set_session(tf.Session(config=CONFIG))
    model = load_model(path)
    model.fit(x, y, callbacks=[Switching(tf.Session(config=CONFIG))])  # expect: TFS104


def goes_on_with_others(path, x, y):
    session = tf.Session(config=CONFIG)
    K.set_session(session)
    model = load_model(path)
    session.run(tf.global_variables_initializer())  # expect: TFS105
    model.fit(x, y, callbacks=[Switching(tf.Session(config=CONFIG))])  # expect: TFS104


def goes_on_where_it_is_lost(path, x, y):
    model = load_model(path)  # expect: TFS103
    session = tf.Session(config=CONFIG)
    K.set_session(session)
    session.run(tf.global_variables_initializer())
    model.fit(x, y, callbacks=[Switching(tf.Session(config=CONFIG))])  # expect: TFS104


def trained_where_it_is_lost(path, x, y):
    first, second = tf.Session(config=CONFIG), tf.Session(config=CONFIG)
    K.set_session(first)
    model = load_model(path)
    K.set_session(second)  # expect: TFS104
    second.run(tf.global_variables_initializer())
    model.fit(x, y)
    first.run(tf.global_variables_initializer())
    return model


# Nor is a later one where the session in use was closed.
def fails_after_closing(path, x, y):
    session = tf.Session(config=CONFIG)
    K.set_session(session)
    model = load_model(path)
    session.close()
    model.fit(x, y, callbacks=[Switching(tf.Session(config=CONFIG))])  # expect: TFS304
    return None


def closed_afterwards(path, x, y):
    session = tf.Session(config=CONFIG)
    K.set_session(session)
    model = load_model(path)
    model.fit(x, y, callbacks=[Switching(tf.Session(config=CONFIG))])  # expect: TFS104
    session.close()


# What has no weights yet gets them by fit(): nothing fails.
def first_weights(x, y):
    model = Sequential([Dense(1, input_shape=(3,))])  # expect: TFS101
    K.set_session(tf.Session(config=CONFIG))
    model.fit(x, y, callbacks=[Switching(tf.Session(config=CONFIG))])  # expect: TFS104


def first_weights_in_order(x, y):
    session = tf.Session(config=CONFIG)
    K.set_session(session)
    model = Sequential([Dense(1, input_shape=(3,))])
    model.fit(x, y, callbacks=[Switching(session)])
