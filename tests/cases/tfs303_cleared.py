import tensorflow as tf
from keras import backend as K
from keras.layers import Dense, Input
from keras.models import Model, Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS303: clear_session() takes the registered session away, then Keras objects are built.
def cleared():
    K.set_session(tf.Session(config=CONFIG))
    K.clear_session()  # expect: TFS303
    return Sequential([Dense(1)])


# Cleared first, registered then.
def cleared_first():
    K.clear_session()
    K.set_session(tf.Session(config=CONFIG))
    return Sequential([Dense(1)])


# Another is registered in between.
def registered_again():
    K.set_session(tf.Session(config=CONFIG))
    K.clear_session()
    K.set_session(tf.Session(config=CONFIG))
    return Sequential([Dense(1)])


# The same again is of no use: it is of the default graph before clear_session().
def same_registered_again():
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    K.clear_session()
    K.set_session(sess)  # expect: TFS302
    return Sequential([Dense(1)])


# Nothing is built after it.
def built_before():
    K.set_session(tf.Session(config=CONFIG))
    Sequential([Dense(1)]).summary()
    K.clear_session()


# Built before and after.
def built_on_both_sides():
    K.set_session(tf.Session(config=CONFIG))
    Sequential([Dense(8)]).summary()
    K.clear_session()  # expect: TFS303
    return Sequential([Dense(1)])


# Nothing was registered.
def not_registered():
    K.clear_session()
    return Sequential([Dense(1)])


# Whatever session was registered, it is gone.
def unknown_session(sess):
    K.set_session(sess)
    K.clear_session()  # expect: TFS303
    return Sequential([Dense(1)])


# A loaded model is built too.
def loaded(sess, path):
    K.set_session(sess)
    K.clear_session()  # expect: TFS303
    return load_model(path)


def loaded_before(sess, path, x):
    K.set_session(sess)
    scores = load_model(path).predict(x)
    K.clear_session()
    return scores


# Functional models.
def functional(sess):
    K.set_session(sess)
    K.clear_session()  # expect: TFS303
    inputs = Input((4,))
    return Model(inputs, Dense(1)(inputs))


# Other spellings of it.
def spelled_out(sess):
    tf.keras.backend.set_session(sess)
    tf.keras.backend.clear_session()  # expect: TFS303
    return tf.keras.Sequential([tf.keras.layers.Dense(1)])


# A clear_session of something else is not Keras'.
def other_clear_session(sess, server):
    K.set_session(sess)
    server.clear_session()
    return Sequential([Dense(1)])


# reset_default_graph() is another thing.
def reset_default_graph(sess):
    K.set_session(sess)
    tf.reset_default_graph()
    return Sequential([Dense(1)])


# So is set_session(None).
def none_registered(sess):
    K.set_session(sess)
    K.set_session(None)
    return Sequential([Dense(1)])


# Cleared on one path: any path counts.
def cleared_in_a_branch(sess, fresh):
    K.set_session(sess)
    if fresh:
        K.clear_session()  # expect: TFS303
    return Sequential([Dense(1)])


def registered_again_in_the_branch(sess, fresh):
    K.set_session(sess)
    if fresh:
        K.clear_session()
        K.set_session(sess)
    return Sequential([Dense(1)])


# Registered again on one path only.
def registered_again_on_one_path(sess, gpu):
    K.set_session(sess)
    K.clear_session()  # expect: TFS303
    if gpu:
        K.set_session(sess)
    return Sequential([Dense(1)])


# Exclusive branches never order each other.
def exclusive(sess, fresh):
    K.set_session(sess)
    if fresh:
        K.clear_session()
        return None
    return Sequential([Dense(1)])


# The habit of cross-validation: a session before the loop, cleared in every round.
def folds(sess, folds):
    K.set_session(sess)
    for x, y in folds:
        K.clear_session()  # expect: TFS303
        model = Sequential([Dense(1)])
        model.compile("sgd", "mse")
        model.fit(x, y)


def folds_registered(folds):
    for x, y in folds:
        K.clear_session()
        K.set_session(tf.Session(config=CONFIG))
        model = Sequential([Dense(1)])
        model.compile("sgd", "mse")
        model.fit(x, y)


# Cleared twice: the first took the session away.
def cleared_twice(sess):
    K.set_session(sess)
    K.clear_session()  # expect: TFS303
    K.clear_session()
    return Sequential([Dense(1)])
