import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS303: the call that contains the clear_session(), as the keras-yolo3 family writes it.
def create_model():
    K.clear_session()
    return Sequential([Dense(1)])


def train():
    K.set_session(tf.Session(config=CONFIG))
    return create_model()  # expect: TFS303


# Called before the registration: the model is built before it.
def train_registering_late(sess):
    model = create_model()  # expect: TFS101
    K.set_session(sess)
    return model


# The helper without the clear_session().
def create_plain_model():
    return Sequential([Dense(1)])


def train_plain():
    K.set_session(tf.Session(config=CONFIG))
    return create_plain_model()


# A helper that registers after it cleared.
def fresh_session():
    K.clear_session()
    K.set_session(tf.Session(config=CONFIG))


def train_in_a_fresh_session(sess):
    K.set_session(sess)
    fresh_session()
    return Sequential([Dense(1)])


# A helper that only clears.
def reset():
    K.clear_session()


def reset_after(sess):
    K.set_session(sess)
    reset()  # expect: TFS303
    return Sequential([Dense(1)])


def reset_before(sess):
    reset()
    K.set_session(sess)
    return Sequential([Dense(1)])


# Wrong inside the helper alone: there, once.
def wrong_inside(sess):
    K.set_session(sess)
    K.clear_session()  # expect: TFS303
    return Sequential([Dense(1)])


def calls_wrong_inside(sess):
    return wrong_inside(sess)


# In a class, through its methods.
class Yolo:
    def __init__(self, sess):
        K.set_session(sess)
        self.model = self.create_model()  # expect: TFS303

    def create_model(self):
        K.clear_session()
        return Sequential([Dense(1)])


class PatientYolo:
    def __init__(self, sess):
        K.clear_session()
        K.set_session(sess)
        self.model = self.create_model()

    def create_model(self):
        return Sequential([Dense(1)])


# The base registers, the subclass clears and builds.
class Base:
    def __init__(self, sess):
        K.set_session(sess)


class Detector(Base):
    def __init__(self, sess):
        super().__init__(sess)
        K.clear_session()  # expect: TFS303
        self.model = Sequential([Dense(1)])


class PatientDetector(Base):
    def __init__(self, sess):
        K.clear_session()
        super().__init__(sess)
        self.model = Sequential([Dense(1)])
