# options: --tf-session-all-unregistered
import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS301 for all sessions, with growth or without.
def without_growth(x):
    sess = tf.Session()  # expect: TFS201, TFS301
    return Sequential([Dense(1)]).predict(x)


def without_growth_registered(x):
    sess = tf.Session()  # expect: TFS201
    K.set_session(sess)
    return Sequential([Dense(1)]).predict(x)


def without_gpu(x):
    sess = tf.Session(config=tf.ConfigProto(device_count={"GPU": 0}))  # expect: TFS301
    return Sequential([Dense(1)]).predict(x)


def without_gpu_registered(x):
    sess = tf.Session(config=tf.ConfigProto(device_count={"GPU": 0}))
    K.set_session(sess)
    return Sequential([Dense(1)]).predict(x)


def with_growth(x):
    sess = tf.Session(config=CONFIG)  # expect: TFS301
    return Sequential([Dense(1)]).predict(x)


# The other conditions stay: no Keras objects, entered, left the flow.
def no_keras(op):
    sess = tf.Session(config=tf.ConfigProto(device_count={"GPU": 0}))
    return sess.run(op)


def entered(x):
    with tf.Session(config=tf.ConfigProto(device_count={"GPU": 0})):
        return Sequential([Dense(1)]).predict(x)


def returned():
    sess = tf.Session(config=tf.ConfigProto(device_count={"GPU": 0}))
    return sess, Sequential([Dense(1)])


def interactive(x):
    sess = tf.InteractiveSession()
    return Sequential([Dense(1)]).predict(x)
