import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model

tf.compat.v1.disable_eager_execution()
CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS304: it is said once on each path.
def said_on_each_path(path, x):
    model = load_model(path)
    try:
        K.get_session().close()
        print(x)
        model.get_weights()  # expect: TFS304
    except ValueError:
        pass
    return model.predict(x)  # expect: TFS304


def said_once_on_a_path(path, x):
    model = load_model(path)
    K.get_session().close()
    if x:
        model.get_weights()  # expect: TFS304
        print(x)
        return model.predict(x)
    return model


# get_session() initialises what has no weights yet.
def gets_weights(path):
    load_model(path)
    K.get_session().close()
    model = Sequential([Dense(1, input_shape=(3,))])
    session = K.get_session()  # expect: TFS304
    return model, session


def has_weights(path):
    model = load_model(path)
    K.get_session().close()
    session = K.get_session()
    return model, session


# What was in a session that was closed is lost by that, not by the next one that is registered.
def closed_before(path):
    model = load_model(path)
    K.get_session().close()
    K.set_session(tf.compat.v1.Session(config=CONFIG))
    return model


def closed_before_it_is_used(path, x):
    model = load_model(path)  # expect: TFS103
    K.get_session().close()
    K.set_session(tf.compat.v1.Session(config=CONFIG))
    return model.predict(x)


# What fails in a closed session puts nothing there, nor does an initializer.
def given_in_a_closed_session(path):
    model = Sequential([Dense(1, input_shape=(3,))])
    K.get_session().close()
    model.load_weights(path)  # expect: TFS304
    K.set_session(tf.compat.v1.Session(config=CONFIG))
    model.load_weights(path)
    return model


def initialised_in_a_closed_session(path):
    model = load_model(path)
    K.get_session().close()
    K.get_session().run(tf.compat.v1.global_variables_initializer())  # expect: TFS304
    return model


# A Saver runs something, too.
def saved_by_a_closed_session(path):
    session = tf.compat.v1.Session(config=CONFIG)
    saver = tf.compat.v1.train.Saver()
    session.close()
    saver.save(session, path)  # expect: TFS304


def saved_before_closing(path):
    session = tf.compat.v1.Session(config=CONFIG)
    saver = tf.compat.v1.train.Saver()
    saver.save(session, path)
    session.close()
