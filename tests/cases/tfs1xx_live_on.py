"""What was built before a flow: by a class's `__init__`, by the module, by who calls."""

import tensorflow as tf
from keras import backend as K
from keras import models
from keras.layers import Dense, Input
from keras.models import Model, Sequential, clone_model, load_model

GROWTH = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))
MODEL = load_model("model.h5")
PLAIN = Sequential([Dense(1)])
SESSION = tf.Session(config=GROWTH)


def fresh():
    return tf.Session(config=GROWTH)


class Trainer:
    def __init__(self, path):
        self.net = Sequential([Dense(1, input_shape=(2,))])
        self.net.load_weights(path)
        self.session = fresh()
        self.name = path

    # TFS104: the weights that `__init__` loaded stay behind.
    def train(self, x, y):
        K.set_session(fresh())  # expect: TFS104
        self.net.fit(x, y)

    def register(self):
        K.set_session(fresh())

    def train_by_helper(self, x, y):
        self.register()  # expect: TFS104
        self.net.fit(x, y)

    def train_again(self, x, y):
        self.train(x, y)

    # TFS106: likewise in an entered session.
    def entered(self, x):
        with fresh():
            return self.net.predict(x)  # expect: TFS106

    # No finding: the session may be the one that has them.
    def own_session(self, x):
        K.set_session(self.session)
        self.net.predict(x)

    def given_session(self, x, session):
        K.set_session(session)
        self.net.predict(x)

    def old_session(self, x):
        old = K.get_session()
        K.set_session(fresh())
        K.set_session(old)
        self.net.predict(x)

    # No finding: weights are given in the new one, or may be.
    def reloaded(self, x, path):
        K.set_session(fresh())
        self.net.load_weights(path)
        self.net.predict(x)

    def restored(self, x, path):
        session = fresh()
        K.set_session(session)
        tf.train.Saver().restore(session, path)
        self.net.predict(x)

    def assigned(self, x, operation):
        session = fresh()
        K.set_session(session)
        session.run(operation)
        self.net.predict(x)

    def filled(self, x, restore):
        session = fresh()
        K.set_session(session)
        restore(session)
        self.net.predict(x)

    def given_away(self, x, fill):
        K.set_session(fresh())
        fill(self.net)
        self.net.predict(x)

    # No finding: a model of its own, or none.
    def rebuilt(self, x):
        K.clear_session()
        K.set_session(fresh())
        net = load_model(self.name)
        net.predict(x)

    def cloned(self, x):
        K.set_session(fresh())
        clone_model(self.net).predict(x)

    def not_used(self):
        K.set_session(fresh())
        print(self.net)


# TFS104: of an inherited `__init__`, or one that is called.
class Derived(Trainer):
    def test(self, x, y):
        K.set_session(fresh())  # expect: TFS104
        self.net.evaluate(x, y)


class Extended(Trainer):
    def __init__(self, path):
        super().__init__(path)
        self.head = load_model("head.h5")

    def test(self, x, y):
        K.set_session(fresh())  # expect: TFS104
        self.head.evaluate(x, y)


# TFS104: of an object in the object.
class Pipeline:
    def __init__(self, path):
        self.trainer = Trainer(path)

    def run(self, x):
        K.set_session(fresh())  # expect: TFS104
        self.trainer.net.predict(x)


# TFS104: a method that `__init__` alone calls.
class Built:
    def __init__(self):
        self.build()

    def build(self):
        self.net = load_model("model.h5")

    def score(self, x):
        K.set_session(fresh())  # expect: TFS104
        return self.net.predict(x)


# No finding: a method that is a part of `__init__`.
class Stepwise:
    def __init__(self):
        self.prepare()

    def prepare(self):
        try:
            K.set_session(fresh())
            self.net = load_model("model.h5")
        except ValueError:
            self.check()

    def check(self):
        self.net.predict([0])


# No finding: another method builds the model, or builds it anew.
class BuiltLater:
    def __init__(self):
        self.net = None

    def build(self):
        self.net = load_model("model.h5")

    def score(self, x):
        K.set_session(fresh())
        return self.net.predict(x)


class BuiltAgain:
    def __init__(self):
        self.net = load_model("model.h5")

    def build(self):
        self.net = load_model("model.h5")

    def score(self, x):
        K.set_session(fresh())
        return self.net.predict(x)


class BuiltOnOnePath:
    def __init__(self, path):
        self.net = Sequential([Dense(1)])
        if path:
            self.net.load_weights(path)

    def score(self, x):
        K.set_session(fresh())
        return self.net.predict(x)


# What `__init__` builds after clearing lives on; what it has cleared does not.
class ClearedInInit:
    def __init__(self):
        self.old = load_model("model.h5")
        K.clear_session()
        self.net = load_model("model.h5")

    def score(self, x):
        K.set_session(fresh())  # expect: TFS104
        return self.net.predict(x)

    def score_old(self, x):
        K.set_session(fresh())
        return self.old.predict(x)


# Some paths alone have cleared before it is built.
class ClearedByChance:
    def __init__(self, is_new):
        self.old = load_model("model.h5")
        if is_new:
            K.clear_session()
        self.net = load_model("model.h5")

    def score(self, x):
        K.set_session(fresh())  # expect: TFS104
        return self.net.predict(x)

    def score_old(self, x):
        K.set_session(fresh())
        return self.old.predict(x)


# The session that Keras makes where one of another graph is registered has none of them.
class OfAnotherGraph:
    def __init__(self):
        self.net = load_model("model.h5")

    def score(self, x):
        K.set_session(tf.Session(graph=tf.Graph(), config=GROWTH))  # expect: TFS104
        return self.net.predict(x)

    def score_in_implicit(self, x):
        K.get_session()
        return self.net.predict(x)


# Built on some paths alone: on the others it can't be used.
class BuiltByChance:
    def __init__(self, path):
        try:
            self.net = load_model(path)
            self.other = load_model(path)
        except OSError:
            self.other = Sequential([Dense(1)])

    def score(self, x):
        K.set_session(fresh())  # expect: TFS104
        return self.net.predict(x)

    def score_other(self, x):
        K.set_session(fresh())
        return self.other.predict(x)


# The session that `__init__` leaves registered may be in use already; another one is not.
class Registering:
    def __init__(self):
        self.session = fresh()
        self.other = fresh()
        K.set_session(self.session)

    def load(self, path):
        self.net = load_model(path)
        K.set_session(self.session)
        return self.net

    def load_in_other(self, path):
        self.net = load_model(path)  # expect: TFS103
        K.set_session(self.other)
        return self.net

    def load_between(self, path, x):
        K.set_session(self.session)
        net = load_model(path)
        K.set_session(fresh())  # expect: TFS104
        return net.predict(x)

    def enter(self, path, x):
        with self.session.as_default():
            return load_model(path).predict(x)


# No finding: what has no weights gets them in the session.
class Plain:
    def __init__(self):
        self.net = Sequential([Dense(1, input_shape=(2,))])
        self.net.compile("sgd", "mse")

    def train(self, x, y):
        K.set_session(fresh())
        self.net.fit(x, y)


# No finding: an `__init__` that does not end.
class Abstract:
    def __init__(self):
        self.net = load_model("model.h5")
        raise NotImplementedError

    def train(self, x, y):
        K.set_session(fresh())
        self.net.fit(x, y)


# TFS104: a model of the module.
def score(x):
    K.set_session(fresh())  # expect: TFS104
    return MODEL.predict(x)


def score_plain(x):
    K.set_session(fresh())
    return PLAIN.predict(x)


def score_in_session_of_module(x):
    K.set_session(SESSION)
    return MODEL.predict(x)


def score_initialized(x):
    session = fresh()
    K.set_session(session)
    session.run(tf.global_variables_initializer())
    return PLAIN.predict(x)


# TFS104: a parameter that is a model, by its annotation or by what is done with it.
def by_annotation(model: Model, x):
    K.set_session(fresh())  # expect: TFS104
    return model.predict(x)


def by_dotted_annotation(model: models.Model, x):
    K.set_session(fresh())  # expect: TFS104
    return model.predict(x)


def by_text(model: "Sequential", x):
    K.set_session(fresh())  # expect: TFS104
    return model.predict(x)


def by_use(net, x, y):
    K.set_session(fresh())  # expect: TFS104
    net.train_on_batch(x, y)


# TFS106: likewise in an entered session.
def entered(net: Model, x):
    K.set_session(None)
    with fresh():
        return net.predict(x)  # expect: TFS106


# No finding: it may be no model, or one of the function's own.
def any_estimator(net, x, y):
    K.set_session(fresh())
    net.fit(x, y)


def other_annotation(net: "list", size: 3, x):
    K.set_session(fresh())
    net.fit(x)


def with_default(x, net: Model = None):
    if net is None:
        net = load_model("model.h5")
        net.summary()
    K.set_session(fresh())


def rebound(net: Model, x):
    K.clear_session()
    K.set_session(fresh())
    net = load_model("model.h5")
    net.predict(x)


def reloaded(net: Model, path, x):
    K.set_session(fresh())
    net.load_weights(path)
    net.predict(x)


def initialized(net, x, y):
    session = fresh()
    K.set_session(session)
    session.run(tf.global_variables_initializer())
    net.train_on_batch(x, y)


def weights_first(net, x, y):
    net.load_weights(x)
    K.get_session()


def registered(net: Model, session, x):
    K.set_session(session)
    net.predict(x)


# The first of two calls is to blame.
class RegisteredTwice:
    def __init__(self):
        self.net = load_model("model.h5")

    def score(self, x):
        session = fresh()
        K.set_session(session)  # expect: TFS104
        K.set_session(session)
        return self.net.predict(x)


# It has initial weights because another model was given some.
class InitialisedWithAnother:
    def __init__(self):
        shape = Input((2,))
        self.net = Model(shape, Dense(1)(shape))
        self.other = load_model("model.h5")

    def score(self, x):
        K.set_session(fresh())  # expect: TFS104
        return self.net.predict(x)
