import tensorflow.compat.v1 as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import LSTM, Bidirectional, Dense, TimeDistributed
from tensorflow.keras.models import Model, Sequential, load_model
from tensorflow.keras.utils import multi_gpu_model
from tensorflow.keras.wrappers.scikit_learn import KerasClassifier

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# A layer around a model of the file has its weights.
def read():
    return load_model("frame.h5")


def distributed(x):
    model = Sequential([TimeDistributed(read())])
    with tf.Session(config=CONFIG):
        model.predict(x)  # expect: TFS106


def distributed_inside(x):
    with tf.Session(config=CONFIG):
        model = Sequential([TimeDistributed(read())])
        model.predict(x)


def both_ways(sess, x):
    outputs = Bidirectional(LSTM(3))(x)  # expect: TFS101
    K.set_session(sess)
    return Model(x, outputs)


def both_ways_after(sess, x):
    K.set_session(sess)
    return Model(x, Bidirectional(LSTM(3))(x))


# A model on several GPUs has the weights of the one that it was made of.
def on_several(x):
    model = multi_gpu_model(read(), gpus=2)
    with tf.Session(config=CONFIG):
        model.predict(x)  # expect: TFS106


def on_several_inside(x):
    with tf.Session(config=CONFIG):
        multi_gpu_model(read(), gpus=2).predict(x)


# What builds the model of a KerasClassifier runs in its fit(), which is not followed.
def build():
    return Sequential([Dense(1)])


def classified(sess, x, y):
    classifier = KerasClassifier(build_fn=build)
    K.set_session(sess)
    classifier.fit(x, y)
