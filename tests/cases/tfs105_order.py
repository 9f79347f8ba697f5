import tensorflow as tf
from keras import backend as K
from keras.applications import VGG16
from keras.layers import Dense, Embedding
from keras.models import Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


def open_session():
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    return sess


# TFS105: the initializer is run after weights were loaded: it overwrites them.
def loaded(path):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = Sequential([Dense(1)])
    model.load_weights(path)
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model


# A run before the weights come is fine.
def loaded_after(path):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = Sequential([Dense(1)])
    sess.run(tf.global_variables_initializer())
    model.load_weights(path)
    return model


# load_model brings weights.
def loaded_model(path):
    sess = open_session()
    model = load_model(path)
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model


def loaded_model_after(path):
    sess = open_session()
    sess.run(tf.global_variables_initializer())
    return load_model(path)


# Weights were set.
def set_weights(values):
    sess = open_session()
    model = Sequential([Dense(1)])
    model.set_weights(values)
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model


# ... reading them puts nothing in.
def get_weights():
    sess = open_session()
    model = Sequential([Dense(1)])
    print(model.get_weights())
    sess.run(tf.global_variables_initializer())


# Weights were trained.
def fit(x, y):
    sess = open_session()
    model = Sequential([Dense(1)])
    model.compile("sgd", "mse")
    model.fit(x, y)
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model


def train_on_batch(x, y):
    sess = open_session()
    model = Sequential([Dense(1)])
    model.compile("sgd", "mse")
    model.train_on_batch(x, y)
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model


# ... predict and evaluate train nothing.
def predict(x, y):
    sess = open_session()
    model = Sequential([Dense(1)])
    model.compile("sgd", "mse")
    model.predict(x)
    model.evaluate(x, y)
    sess.run(tf.global_variables_initializer())


def fit_after(x, y):
    sess = open_session()
    model = Sequential([Dense(1)])
    model.compile("sgd", "mse")
    sess.run(tf.global_variables_initializer())
    model.fit(x, y)


# weights=[...] given to a layer.
def given_weights(table):
    sess = open_session()
    model = Sequential([Embedding(100, 8, weights=[table])])
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model


# ... plain initial values lose nothing.
def plain_layers():
    sess = open_session()
    model = Sequential([Embedding(100, 8), Dense(1)])
    sess.run(tf.global_variables_initializer())
    return model


# applications.* bring weights unless weights=None.
def application():
    sess = open_session()
    model = VGG16()
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model


def application_plain():
    sess = open_session()
    model = VGG16(weights=None)
    sess.run(tf.global_variables_initializer())
    return model


# K.set_value sets weights, K.get_value reads them.
def set_value(value):
    sess = open_session()
    model = Sequential([Dense(1)])
    K.set_value(model.weights[0], value)
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model


def get_value():
    sess = open_session()
    model = Sequential([Dense(1)])
    print(K.get_value(model.weights[0]))
    sess.run(tf.global_variables_initializer())


# Loaded again: nothing is lost.
def loaded_again(path):
    sess = open_session()
    model = load_model(path)
    sess.run(tf.global_variables_initializer())
    model.load_weights(path)
    return model


# The session that runs the initializer neither holds the weights nor is Keras' own.
def other_session(path):
    other = tf.Session(config=CONFIG)
    K.set_session(tf.Session(config=CONFIG))
    model = load_model(path)
    other.run(tf.global_variables_initializer())
    return model, other


# The weights are lost before the initializer runs: one cause, one finding.
def given_before_registering(table):
    sess = tf.Session(config=CONFIG)
    model = Sequential([Embedding(100, 8, weights=[table])])  # expect: TFS103
    K.set_session(sess)
    sess.run(tf.global_variables_initializer())
    return model


# The session that Keras uses, asked from Keras.
def keras_own_session(path):
    model = load_model(path)
    K.get_session().run(tf.global_variables_initializer())  # expect: TFS105
    return model


def keras_own_session_before(path):
    K.get_session().run(tf.global_variables_initializer())
    return load_model(path)


# An unknown session may be any: silent.
def unknown_session(sess, path):
    K.set_session(tf.Session(config=CONFIG))
    model = load_model(path)
    sess.run(tf.global_variables_initializer())
    return model


# After clear_session() the loaded model is dead.
def cleared(path):
    sess = open_session()
    load_model(path).summary()
    K.clear_session()
    sess.run(tf.global_variables_initializer())


# Weights on one path only: any path counts.
def loaded_in_a_branch(path):
    sess = open_session()
    model = Sequential([Dense(1)])
    if path:
        model.load_weights(path)
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model


# Exclusive branches never order each other.
def exclusive(path):
    sess = open_session()
    model = Sequential([Dense(1)])
    if path:
        model.load_weights(path)
    else:
        sess.run(tf.global_variables_initializer())
    return model


# Only on something known to be a Keras model.
def unknown_model(model, path):
    sess = open_session()
    model.load_weights(path)
    sess.run(tf.global_variables_initializer())


# Running something else initialises nothing.
def other_run(path, x):
    sess = open_session()
    model = load_model(path)
    return sess.run(model.output, feed_dict={model.input: x})


# The initializer that is only made does nothing.
def never_run(path):
    open_session()
    model = load_model(path)
    return model, tf.global_variables_initializer()


# The initializer of one graph initialises nothing of another, but Keras drops the session of the first.
def other_graph(path):
    model = load_model(path)  # expect: TFS106
    with tf.Graph().as_default():
        K.get_session().run(tf.global_variables_initializer())
    return model


def same_graph(path):
    with tf.Graph().as_default():
        model = load_model(path)
        K.get_session().run(tf.global_variables_initializer())  # expect: TFS105
    return model


# In an entered session that does not hold the weights: they are lost if they are used there, or
# the flow ends there; once it is left they are as before.
def in_a_block(path, x):
    model = load_model(path)
    with tf.Session(config=CONFIG) as sess:
        sess.run(tf.global_variables_initializer())
    return model.predict(x)


def used_in_the_block(path, x):
    model = load_model(path)
    with tf.Session(config=CONFIG) as sess:
        sess.run(tf.global_variables_initializer())  # expect: TFS105
        return model.predict(x)
    return model


def given_again_in_the_block(path, x):
    model = load_model(path)
    with tf.Session(config=CONFIG) as sess:
        sess.run(tf.global_variables_initializer())
        model.load_weights(path)  # expect: TFS106
        model.predict(x)
    return model


def left_open(path):
    model = load_model(path)
    sess = tf.InteractiveSession()
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model, sess
