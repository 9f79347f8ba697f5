import os

import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# An initializer for another graph is fine.
def of_another_graph(x):
    K.set_session(tf.Session(config=CONFIG))
    model = Sequential([Dense(1)])
    model.predict(x)
    with tf.Graph().as_default() as graph:
        init = tf.global_variables_initializer()
    with tf.Session(config=CONFIG, graph=graph) as other:
        other.list_devices()
        other.run(init)
    return model.predict(x)


def of_the_same_graph(x):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = load_model("model.h5")
    sess.list_devices()
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model.predict(x)


# In an unknown session it is silent.
def in_unknown(sess, x):
    K.set_session(tf.Session(config=CONFIG))
    model = load_model("model.h5")
    tf.global_variables_initializer().run(session=sess)
    return model.predict(x)


# What else a supervisor has makes no session.
def supervised(logdir):
    supervisor = tf.train.Supervisor(logdir=logdir)
    supervisor.stop()
    return supervisor.managed_session()  # expect: TFS201


# A variable of the environment without a value hides nothing.
def not_set():
    os.environ.setdefault("CUDA_VISIBLE_DEVICES")
    return tf.Session()  # expect: TFS201


def set_to_nothing():
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    return tf.Session()


# What else an initializer has runs nothing.
def not_run(x):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = load_model("model.h5")
    tf.global_variables_initializer().mark_used()
    return model.predict(x)


# Where a model has no weights it can't be trained: they stay as good as those of an initializer.
def not_trained(x, y):
    K.set_session(tf.Session(config=CONFIG))
    model = Sequential([Dense(1)])
    model.predict(x)
    with tf.Session(config=CONFIG).as_default() as sess:
        model.fit(x, y)  # expect: TFS106
        sess.run(tf.global_variables_initializer())
        model.predict(x)
    return model


def trained(x, y):
    K.set_session(tf.Session(config=CONFIG))
    model = Sequential([Dense(1)])
    model.fit(x, y)
    with tf.Session(config=CONFIG).as_default() as sess:
        sess.run(tf.global_variables_initializer())  # expect: TFS105
        model.predict(x)
    return model
