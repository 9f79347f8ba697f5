import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS107: a session of the new graph runs what the old one has.
def run_after_clearing(path, x):
    model = load_model(path)
    K.clear_session()
    return K.get_session().run(model.output, {model.input: x})  # expect: TFS107


def run_in_a_later_session(path, x):
    model = load_model(path)
    K.clear_session()
    with tf.compat.v1.Session(config=CONFIG) as session:
        return model.output.eval({model.input: x}, session=session)  # expect: TFS107


def run_in_a_session_of_before(path, x):
    session = tf.compat.v1.Session(config=CONFIG)
    K.set_session(session)
    model = load_model(path)
    tf.compat.v1.reset_default_graph()
    return session.run(model.output, {model.input: x})


# An entered session of the new graph is none of the old one; another may be.
def used_in_a_later_session(path, x):
    model = load_model(path)
    K.clear_session()
    with tf.compat.v1.Session(config=CONFIG):
        return model.predict(x)  # expect: TFS107


def used_in_a_session_of_before(path, x):
    session = tf.compat.v1.Session(config=CONFIG)
    K.set_session(session)
    model = load_model(path)
    tf.compat.v1.reset_default_graph()
    with session:
        return model.predict(x)


def used_in_an_unknown_session(path, session, x):
    model = load_model(path)
    K.clear_session()
    with session:
        return model.predict(x)


# It is said once of each path.
def said_on_each_path(path, x):
    model = load_model(path)
    try:
        K.clear_session()
        print(x)
        model.get_weights()  # expect: TFS107
    except ValueError:
        pass
    return model.predict(x)  # expect: TFS107
