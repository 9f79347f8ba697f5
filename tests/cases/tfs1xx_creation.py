from library import Registry
from tensorflow.keras import backend as K
from tensorflow.keras.models import Model, load_model


# What `__new__` does is done, and what it returns is the object.
class Loaded:
    def __new__(cls):
        self = super().__new__(cls)
        self.model = load_model("model.h5")
        return self


class Single:
    _only = None

    def __new__(cls, *args):
        if cls._only is None:
            cls._only = object.__new__(cls)
        return cls._only

    def __init__(self, name):
        self.model = load_model(name)


class NoObject:
    def __new__(cls):
        return load_model("model.h5")

    def __init__(self):
        K.set_session(None)


class Registering:
    def __new__(cls, sess):
        K.set_session(sess)
        return super().__new__(cls)

    def __init__(self, sess):
        self.model = load_model("model.h5")


class OfOthers(Registry):
    def __new__(cls):
        return Registry.__new__(cls)


class Unusual:
    def __new__(cls):
        return object.__new__()


class Own(Model):
    def __new__(cls, *args):
        return super().__new__(cls, *args)


def in_new(sess, x):
    loaded = Loaded()  # expect: TFS103
    K.set_session(sess)
    loaded.model.predict(x)


def in_new_after(sess, x):
    K.set_session(sess)
    Loaded().model.predict(x)


def in_init(sess, x):
    single = Single("model.h5")  # expect: TFS103
    K.set_session(sess)
    single.model.predict(x)


def no_object(sess, x):
    model = NoObject()  # expect: TFS103
    K.set_session(sess)
    model.predict(x)


def registered_in_new(sess, x):
    Registering(sess).model.predict(x)


def of_others(sess, x):
    made = OfOthers()
    K.set_session(sess)
    made.model.predict(x)


def unusual(sess, x):
    made = Unusual()
    K.set_session(sess)
    made.model.predict(x)


def own(sess):
    model = Own()  # expect: TFS101
    K.set_session(sess)
    return model


# A call of an object.
class Factory:
    def __call__(self):
        return load_model("model.h5")


def called(sess, x):
    model = Factory()()  # expect: TFS103
    K.set_session(sess)
    model.predict(x)


def called_after(sess, x):
    K.set_session(sess)
    Factory()().predict(x)


# What `__getattr__` gives is unknown, not absent: the path goes on.
class Forwarding:
    def __init__(self):
        self.inner = load_model("model.h5")

    def __getattr__(self, name):
        return getattr(self.inner, name)


def forwarded(sess, x):
    model = Forwarding()  # expect: TFS103
    K.set_session(sess)
    model.predict(x)


def forwarded_after(sess, x):
    K.set_session(sess)
    Forwarding().predict(x)


# A classmethod that calls another.
class Made:
    @classmethod
    def make(cls):
        return cls.load()

    @classmethod
    def load(cls):
        return load_model("model.h5")


class MadeElsewhere(Made):
    @classmethod
    def load(cls):
        return None


def made(sess, x):
    model = Made.make()  # expect: TFS103
    K.set_session(sess)
    model.predict(x)


def made_elsewhere(sess, x):
    model = MadeElsewhere.make()
    K.set_session(sess)
    print(model, x)
