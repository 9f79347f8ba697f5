# options: --extend-select=TFS305
import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS305: a TF2 program that never left eager execution registers a session.
def build():
    sess = tf.compat.v1.Session(config=CONFIG)
    tf.compat.v1.keras.backend.set_session(sess)  # expect: TFS305
    return Sequential([Dense(1)])


# Every registration is ignored.
def register(sess):
    tf.compat.v1.keras.backend.set_session(sess)  # expect: TFS305


# A session that is not registered is used for what it is.
def run(op):
    with tf.compat.v1.Session(config=CONFIG) as sess:
        return sess.run(op)


# A set_session of something else is not Keras'.
def other(server, sess):
    server.set_session(sess)
