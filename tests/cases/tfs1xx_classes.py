import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Model, Sequential, load_model

from somewhere import Unknown


# A class's __init__ is a flow.
class Agent:
    def __init__(self, sess):
        self.model = Sequential([Dense(1)])  # expect: TFS101
        K.set_session(sess)


class RegisteredAgent:
    def __init__(self, sess):
        K.set_session(sess)
        self.model = Sequential([Dense(1)])


# Methods through self.
class MethodAgent:
    def __init__(self, sess):
        self.sess = sess
        self.model = self.build_model()  # expect: TFS101
        self.setup()

    def build_model(self):
        return Sequential([Dense(1)])

    def setup(self):
        K.set_session(self.sess)


class RegisteredMethodAgent:
    def __init__(self, sess):
        self.sess = sess
        self.setup()
        self.model = self.build_model()

    def build_model(self):
        return Sequential([Dense(1)])

    def setup(self):
        K.set_session(self.sess)


# Bodies of methods are not executed until something calls them.
class LazyAgent:
    def __init__(self, sess):
        K.set_session(sess)

    def build_model(self):
        return Sequential([Dense(1)])


# Other methods are flows of their own, and start with nothing pending.
class MethodFlow:
    def restore(self, path, sess):
        self.model = load_model(path)  # expect: TFS103
        K.set_session(sess)

    def build(self):
        self.model = Sequential([Dense(1)])

    def register(self, sess):
        K.set_session(sess)


# self attributes: what a method made is known in another one that __init__ calls.
class WarmAgent:
    def __init__(self, sess, x):
        self.model = Sequential([Dense(1)])  # expect: TFS101
        self.warm_up(x)  # expect: TFS103
        K.set_session(sess)

    def warm_up(self, x):
        self.model.predict(x)


# An attribute that holds no Keras model.
class ForeignAgent:
    def __init__(self, sess, model, x):
        self.model = model
        self.warm_up(x)
        K.set_session(sess)

    def warm_up(self, x):
        self.model.predict(x)


# super().__init__() registers.
class Base:
    def __init__(self, sess):
        self.sess = sess
        K.set_session(sess)


class EarlyChild(Base):
    def __init__(self, sess):
        self.model = Sequential([Dense(1)])  # expect: TFS101
        super().__init__(sess)


class Child(Base):
    def __init__(self, sess):
        super().__init__(sess)
        self.model = Sequential([Dense(1)])


# super() in the old style.
class OldEarlyChild(Base):
    def __init__(self, sess):
        self.model = Sequential([Dense(1)])  # expect: TFS101
        super(OldEarlyChild, self).__init__(sess)


class OldChild(Base):
    def __init__(self, sess):
        super(OldChild, self).__init__(sess)
        self.model = Sequential([Dense(1)])


# Base.__init__(self).
class ExplicitEarlyChild(Base):
    def __init__(self, sess):
        self.model = Sequential([Dense(1)])  # expect: TFS101
        Base.__init__(self, sess)


class ExplicitChild(Base):
    def __init__(self, sess):
        Base.__init__(self, sess)
        self.model = Sequential([Dense(1)])


# The base builds, the child registers.
class BuildingBase:
    def __init__(self):
        self.model = Sequential([Dense(1)])


class RegisteringChild(BuildingBase):
    def __init__(self, sess):
        super().__init__()  # expect: TFS101
        K.set_session(sess)


class RegisteringFirstChild(BuildingBase):
    def __init__(self, sess):
        K.set_session(sess)
        super().__init__()


# An inherited __init__ that calls what the class overrides: on the class line.
class Template:
    def __init__(self, sess):
        self.build()
        K.set_session(sess)

    def build(self):
        pass


class BuildsEarly(Template):  # expect: TFS101
    def build(self):
        self.model = Sequential([Dense(1)])


class LoadsEarly(Template):  # expect: TFS103
    def build(self):
        self.model = load_model("model.h5")


class BuildsNothing(Template):
    def build(self):
        self.steps = 0


# Overrides something that the inherited __init__ doesn't call.
class OverridesOther(Template):
    def rebuild(self):
        self.model = Sequential([Dense(1)])


# The inherited __init__ registers first.
class OrderlyTemplate:
    def __init__(self, sess):
        K.set_session(sess)
        self.build()

    def build(self):
        raise NotImplementedError


class OrderlyBuild(OrderlyTemplate):
    def build(self):
        self.model = Sequential([Dense(1)])


# With an __init__ of its own, the call in it is the place.
class CallsTemplate(Template):
    def __init__(self, sess):
        super().__init__(sess)  # expect: TFS101
        self.steps = 0

    def build(self):
        self.model = Sequential([Dense(1)])


class CallsOrderlyTemplate(OrderlyTemplate):
    def __init__(self, sess):
        super().__init__(sess)
        self.steps = 0

    def build(self):
        self.model = Sequential([Dense(1)])


# The base is wrong by itself: reported there, not again for the classes below it.
class WrongBase:
    def __init__(self, sess):
        self.build()  # expect: TFS101
        K.set_session(sess)

    def build(self):
        self.model = Sequential([Dense(1)])


class WrongOverride(WrongBase):
    def build(self):
        self.model = Sequential([Dense(8), Dense(1)])


class WrongAgain(WrongBase):
    def __init__(self, sess):
        super().__init__(sess)
        self.steps = 0


# An override mends it, for its class.
class MendedOverride(WrongBase):
    def build(self):
        self.model = None


# The overriding method calls the base's.
class LazyTemplate:
    def __init__(self, sess):
        self.prepare()
        K.set_session(sess)

    def prepare(self):
        self.ready = True


class ExtendsPrepare(LazyTemplate):  # expect: TFS101
    def prepare(self):
        super().prepare()
        self.model = Sequential([Dense(1)])


# The override registers too late for what the base builds.
class BuildsThenHook:
    def __init__(self, sess):
        self.sess = sess
        self.model = Sequential([Dense(1)])
        self.after_build()

    def after_build(self):
        pass


class RegistersInHook(BuildsThenHook):  # expect: TFS101
    def after_build(self):
        K.set_session(self.sess)


# The MRO: super() in a mixin goes on to the next class of the class being analysed.
class Registers:
    def __init__(self, sess):
        K.set_session(sess)
        super().__init__()


class Builds:
    def __init__(self, *args):
        self.model = Sequential([Dense(1)])
        super().__init__(*args)


class BuildsFirst(Builds, Registers):  # expect: TFS101
    pass


class RegistersFirst(Registers, Builds):
    pass


class CallsBuildsFirst(Builds, Registers):
    def __init__(self, sess):
        super().__init__(sess)  # expect: TFS101


# cls.
class Factory:
    @classmethod
    def build(cls):
        return Sequential([Dense(1)])

    @staticmethod
    def build_small():
        return Dense(1)

    @classmethod
    def create(cls, sess):
        model = cls.build()  # expect: TFS101
        K.set_session(sess)
        return model

    @classmethod
    def create_after(cls, sess):
        K.set_session(sess)
        return cls.build()

    def make(self, sess):
        layer = self.build_small()  # expect: TFS101
        K.set_session(sess)
        return layer


def through_the_class(sess):
    model = Factory.build()  # expect: TFS101
    K.set_session(sess)
    return model


# A property runs when it is read.
class PropertyAgent:
    def __init__(self, sess):
        self.model = self.fresh_model  # expect: TFS101
        K.set_session(sess)

    @property
    def fresh_model(self):
        return Sequential([Dense(1)])


class PropertyAgentInOrder:
    def __init__(self, sess):
        K.set_session(sess)
        self.model = self.fresh_model

    @property
    def fresh_model(self):
        return Sequential([Dense(1)])


# A path that reads an attribute of the fresh self that was never set on it can't happen.
class Infeasible:
    def __init__(self, sess, model=None):
        if model is None:
            self.model = Sequential([Dense(1)])
        else:
            self.model = model
            self.sess = sess
        K.set_session(self.sess)


# Set on both paths.
class Feasible:
    def __init__(self, sess, pool, model=None):
        if model is None:
            self.model = Sequential([Dense(1)])  # expect: TFS101
            self.sess = pool.get()
        else:
            self.model = model
            self.sess = sess
        K.set_session(self.sess)


# The class has the attribute: the path can happen.
class ClassAttribute:
    sess = Unknown()

    def __init__(self, sess, model=None):
        if model is None:
            self.model = Sequential([Dense(1)])  # expect: TFS101
        else:
            self.model = model
            self.sess = sess
        K.set_session(self.sess)


# A base class that can't be found may have set it.
class UnknownBase(Unknown):
    def __init__(self, sess, model=None):
        super().__init__()
        if model is None:
            self.model = Sequential([Dense(1)])  # expect: TFS101
        else:
            self.model = model
            self.sess = sess
        K.set_session(self.sess)


# In other methods self is not fresh.
class NotFresh:
    def restart(self, model=None):
        if model is None:
            self.model = Sequential([Dense(1)])  # expect: TFS101
        else:
            self.sess = model.sess
        K.set_session(self.sess)


# A class derived from a Keras model is a Keras object when it is created.
class Ranker(Model):
    def __init__(self):
        super().__init__()
        self.score = Dense(1)


def derived_model(sess):
    ranker = Ranker()  # expect: TFS101
    K.set_session(sess)
    return ranker


def derived_model_after(sess):
    K.set_session(sess)
    return Ranker()


# The session itself lives in self.
class OwnSession:
    def __init__(self):
        self.config = self.growth_config()
        self.model = self.build()  # expect: TFS101
        self.open_session()

    def growth_config(self):
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
        return config

    def open_session(self):
        self.sess = tf.Session(config=self.config)
        K.set_session(self.sess)

    def build(self):
        return Sequential([Dense(1)])


class OwnSessionInOrder:
    def __init__(self):
        self.config = self.growth_config()
        self.open_session()
        self.model = self.build()

    def growth_config(self):
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
        return config

    def open_session(self):
        self.sess = tf.Session(config=self.config)
        K.set_session(self.sess)

    def build(self):
        return Sequential([Dense(1)])


# A class inside a class, a class inside a function.
class Outer:
    class Inner:
        def __init__(self, sess):
            self.layer = Dense(1)  # expect: TFS101
            K.set_session(sess)


def make_class():
    class Inner:
        def __init__(self, sess):
            self.layer = Dense(1)  # expect: TFS101
            K.set_session(sess)

    return Inner


# An override makes a hazard of the base a loss: each stands where it is made.
class Hazard:
    def __init__(self, sess):
        self.build()  # expect: TFS101
        K.set_session(sess)

    def build(self):
        self.model = Sequential([Dense(1)])


class Loss(Hazard):
    def __init__(self, sess):
        Hazard.__init__(self, sess)  # expect: TFS103

    def build(self):
        self.model = load_model("model.h5")


class SameHazard(Hazard):
    def __init__(self, sess):
        Hazard.__init__(self, sess)

    def build(self):
        self.model = Sequential([Dense(1), Dense(1)])


# A method in a compound statement of its class is one.
class InfeasibleInside:
    if Unknown:

        def __init__(self, sess, model=None):
            if model is None:
                self.model = Sequential([Dense(1)])
            else:
                self.model = model
                self.sess = sess
            K.set_session(self.sess)


# Decorators may stand in parentheses.
class EarlyBase:
    def __init__(self, sess):
        self.build()
        K.set_session(sess)


@(
    Unknown.register
)
class Decorated(EarlyBase):  # expect: TFS101
    def build(self):
        self.model = Sequential([Dense(1)])


# A building method that reads what the base's __init__ will set is called too early all the same.
class Registering:
    def __init__(self, options, sess):
        self.options = options
        K.set_session(sess)


class BuildsTooEarly(Registering):
    def __init__(self, options, sess):
        self._build_graph()  # expect: TFS102
        super().__init__(options, sess)

    def _build_graph(self):
        return self.options


class BuildsInTime(Registering):
    def __init__(self, options, sess):
        super().__init__(options, sess)
        self._build_graph()

    def _build_graph(self):
        return self.options
