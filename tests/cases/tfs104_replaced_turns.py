import tensorflow as tf
from keras import backend as K
from keras.models import load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS104: each model has a session of its own, which is registered before the model is used.
class InTurn:
    def __init__(self, path):
        self.session = tf.Session(config=CONFIG)
        K.set_session(self.session)
        self.model = load_model(path)

    def predict(self, x):
        K.set_session(self.session)
        return self.model.predict(x)


def in_turn(x):
    first, second = InTurn("first.h5"), InTurn("second.h5")
    return first.predict(x), second.predict(x), first, second


# Of one that was used so the flow's end says nothing, but a use without its session is one.
def then_forgotten(x):
    first, second = InTurn("first.h5"), InTurn("second.h5")
    scores = first.predict(x), second.predict(x)  # expect: TFS104
    return scores, first.model.predict(x), second


# It came back, but was not used then; it was used, but did not come back.
def never_used(x):
    session = tf.Session(config=CONFIG)
    K.set_session(session)
    first = load_model("first.h5")
    K.set_session(tf.Session(config=CONFIG))
    K.set_session(session)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return first


# The session came back before the model was there, whose own turn is yet to come.
def came_back_before(x):
    session = tf.Session(config=CONFIG)
    K.set_session(session)
    first = load_model("first.h5")
    K.set_session(tf.Session(config=CONFIG))
    K.set_session(session)
    first.predict(x)
    second = load_model("second.h5")
    second.predict(x)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return first, second


def came_back_before_and_again(x):
    session = tf.Session(config=CONFIG)
    K.set_session(session)
    first = load_model("first.h5")
    K.set_session(tf.Session(config=CONFIG))
    K.set_session(session)
    first.predict(x)
    second = load_model("second.h5")
    K.set_session(tf.Session(config=CONFIG))
    K.set_session(session)
    second.predict(x)
    K.set_session(tf.Session(config=CONFIG))
    return first, second


# It has a method for its turn: whoever gets it may call that.
def yet_to_come(x):
    first = InTurn("first.h5")
    first.model.predict(x)
    second = InTurn("second.h5")
    return second.predict(x), first, second


class EnteredInTurn:
    def __init__(self, path):
        self.entered = tf.Session(config=CONFIG)
        K.set_session(session=self.entered)
        self.model = load_model(path)

    def predict(self, x):
        with self.entered.as_default():
            return self.model.predict(x)


def entered_in_turn():
    return EnteredInTurn("first.h5"), EnteredInTurn("second.h5")


class Hasty:
    def register(self):
        K.set_session(self.only)

    def __init__(self, path):
        self.only = tf.Session(config=CONFIG)
        self.register()
        self.model = load_model(path)

    def predict(self, x):
        return self.model.predict(x)


def in_no_turn():
    return Hasty("first.h5"), Hasty("second.h5")  # expect: TFS104


# Each in a graph of its own as well: who uses it has to enter that.
class InGraph:
    def __init__(self, path):
        self.graph = tf.Graph()
        with self.graph.as_default():
            self.session = tf.Session(config=CONFIG)
            K.set_session(self.session)
            self.model = load_model(path)

    def predict(self, x):
        with self.graph.as_default():
            K.set_session(self.session)
            return self.model.predict(x)


def in_graphs():
    first, second = InGraph("first.h5"), InGraph("second.h5")
    return first, second


def in_graphs_used(x):
    first, second = InGraph("first.h5"), InGraph("second.h5")  # expect: TFS104
    with first.graph.as_default():
        return first.model.predict(x), second


# In the graph of the session that took its place, or in the one in use, it is lost.
def both_in_one_graph():
    with tf.Graph().as_default():
        K.set_session(tf.Session(config=CONFIG))
        first = load_model("first.h5")
        K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
        second = load_model("second.h5")
    return first, second


def first_outside():
    K.set_session(tf.Session(config=CONFIG))
    first = load_model("first.h5")
    with tf.Graph().as_default():
        K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
        second = load_model("second.h5")
    return first, second


# With no session of Keras' at the end it has none to come back to.
def unregistered_in_the_end():
    with tf.Graph().as_default():
        K.set_session(tf.Session(config=CONFIG))
        first = load_model("first.h5")
        K.set_session(None)  # expect: TFS104
    return first


# A function that makes the session anew is no turn of what was built before.
class Renewed:
    def __init__(self, path):
        self.latest = tf.Session(config=CONFIG)
        K.set_session(self.latest)
        self.model = load_model(path)

    def renew(self):
        self.latest = tf.Session(config=CONFIG)
        K.set_session(self.latest)


def renewed_in_no_turn():
    return Renewed("first.h5"), Renewed("second.h5")  # expect: TFS104


# Nor is one that builds the model anew.
class Rebuilt:
    def __init__(self, path):
        self.private = tf.Session(config=CONFIG)
        K.set_session(self.private)
        self.model = load_model(path)

    def train(self, path, x):
        K.set_session(self.private)
        self.model = load_model(path)
        return self.model.fit(x)


def rebuilt_in_no_turn():
    return Rebuilt("first.h5"), Rebuilt("second.h5")  # expect: TFS104


# What keeps a session alone, for a block, keeps no model that is lost to it.
class Registering:
    def __init__(self, session):
        self.mine = session

    def __enter__(self):
        K.set_session(self.mine)
        return self.mine

    def __exit__(self, *details):
        self.net.evaluate(self.mine)


def lost_after_a_block(path):
    session = tf.Session(config=CONFIG)
    with Registering(session) as registered:
        model = load_model(path)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return model, registered
