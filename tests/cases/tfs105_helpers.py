import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# A helper runs the initializer: its call in the caller is what comes too late.
def initialize(sess):
    sess.run(tf.global_variables_initializer())


def helper_after(path):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = load_model(path)
    initialize(sess)  # expect: TFS105
    return model


def helper_before(path):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    initialize(sess)
    return load_model(path)


# A helper loads the weights.
def build(path):
    model = Sequential([Dense(1)])
    model.load_weights(path)
    return model


def weights_from_a_helper(path):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = build(path)
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model


def weights_from_a_helper_after(path):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    sess.run(tf.global_variables_initializer())
    return build(path)


# A helper returns the operation: the run is what counts.
def make_initializer():
    return tf.group(tf.global_variables_initializer(), tf.local_variables_initializer())


def operation_from_a_helper(path):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = load_model(path)
    init = make_initializer()
    sess.run(init)  # expect: TFS105
    return model


def operation_from_a_helper_before(path):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    init = make_initializer()
    model = load_model(path)
    sess.run(init)
    return model


def operation_from_a_helper_before(path):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    sess.run(make_initializer())
    return load_model(path)


# The wrong order inside the helper alone is reported there, once.
def wrong_inside(path):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = load_model(path)
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model


def calls_wrong_inside(path):
    return wrong_inside(path)


# In a class, through its methods.
class Agent:
    def __init__(self, path):
        self.sess = tf.Session(config=CONFIG)
        K.set_session(self.sess)
        self.model = Sequential([Dense(1)])
        self.load(path)
        self.initialize()  # expect: TFS105

    def load(self, path):
        self.model.load_weights(path)

    def initialize(self):
        self.sess.run(tf.global_variables_initializer())


class PatientAgent:
    def __init__(self, path):
        self.sess = tf.Session(config=CONFIG)
        K.set_session(self.sess)
        self.model = Sequential([Dense(1)])
        self.initialize()
        self.load(path)

    def load(self, path):
        self.model.load_weights(path)

    def initialize(self):
        self.sess.run(tf.global_variables_initializer())


# An operation kept in an attribute.
class Learner:
    def __init__(self, path):
        self.sess = tf.Session(config=CONFIG)
        K.set_session(self.sess)
        self.model = load_model(path)
        self.init = tf.global_variables_initializer()
        self.sess.run(self.init)  # expect: TFS105


class PatientLearner:
    def __init__(self, path):
        self.init = tf.global_variables_initializer()
        self.sess = tf.Session(config=CONFIG)
        K.set_session(self.sess)
        self.sess.run(self.init)
        self.model = load_model(path)
