import sys

from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Model, Sequential, load_model

from somewhere import prepare


def build():
    return Sequential([Dense(1)])


def build_in_steps():
    inputs = Input((4,))
    outputs = Dense(1)(inputs)
    return Model(inputs, outputs)


def restore(path):
    skeleton = build()
    return skeleton, load_model(path)


def register(sess):
    K.set_session(sess)
    return sess


# Calls are followed: the ways to the build and to the registration part at the call of build().
def helper_builds(sess):
    model = build()  # expect: TFS101
    K.set_session(sess)
    return model


# The helper runs after the registration.
def helper_builds_after(sess):
    K.set_session(sess)
    return build()


# Three creations in one helper are one place in the caller.
def helper_builds_in_steps(sess):
    model = build_in_steps()  # expect: TFS101
    K.set_session(sess)
    return model


# The most certain code wins on one call: the helper builds and loads.
def helper_loads(sess, path):
    models = restore(path)  # expect: TFS103
    K.set_session(sess)
    return models


# The registration is in a helper: the build is where the ways part.
def helper_registers(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    register(sess)
    return model


def helper_registers_first(sess):
    register(sess)
    return Sequential([Dense(1)])


# Both in helpers.
def helpers(sess):
    model = build()  # expect: TFS101
    register(sess)
    return model


def helpers_in_order(sess):
    register(sess)
    return build()


# The order is wrong inside the callee alone: there, once.
def wrong_inside(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return model


def calls_wrong_inside(sess):
    return wrong_inside(sess)


def calls_wrong_inside_too(sess):
    model = wrong_inside(sess)
    model.summary()
    return model


# Two levels down.
def outer_build():
    return build()


def two_levels(sess):
    model = outer_build()  # expect: TFS101
    K.set_session(sess)
    return model


# A helper with a wrong order for one caller only: it builds, its caller registers.
def nested_wrong(sess):
    model = outer_build()  # expect: TFS101
    register(sess)
    return model


def main(sess):
    return nested_wrong(sess)


# An unknown call changes only the objects passed to it: it registers nothing and builds nothing.
def unknown_call_between(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    prepare(sess)
    K.set_session(sess)
    return model


def unknown_call_first(sess):
    model = prepare()
    K.set_session(sess)
    return model


def unknown_call_last(sess):
    model = Sequential([Dense(1)])
    prepare(sess)
    return model


# Recursion ends the following; what stands outside it still counts.
def grow(model, depth):
    if depth == 0:
        return model
    model.add(Dense(1))
    return grow(model, depth - 1)


def recursion(sess, model):
    grow(model, 3)  # expect: TFS101
    K.set_session(sess)


def recursion_after(sess, model):
    K.set_session(sess)
    grow(model, 3)


# A callee without a normal exit is an unknown call: it doesn't end the flow of its caller.
def not_here(sess):
    raise NotImplementedError


def abstract_between(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    not_here(sess)
    K.set_session(sess)
    return model


# Constructors of classes in the file are followed.
class Critic:
    def __init__(self):
        self.model = Sequential([Dense(1)])


class Engine:
    def __init__(self, sess):
        self.sess = sess
        K.set_session(sess)


def constructor_builds(sess):
    critic = Critic()  # expect: TFS101
    K.set_session(sess)
    return critic


def constructor_builds_after(sess):
    K.set_session(sess)
    return Critic()


def constructor_registers(sess):
    critic = Critic()  # expect: TFS101
    engine = Engine(sess)
    return critic, engine


def constructor_registers_first(sess):
    engine = Engine(sess)
    return engine, Critic()


# A class body runs where it stands, its methods don't.
def class_in_function(sess):
    class Local:
        layer = Dense(1)  # expect: TFS101

        def build(self):
            return Dense(1)

    K.set_session(sess)
    return Local


# A parameter is unknown whatever its default.
def unknown_builder(sess, builder=build):
    model = builder()
    K.set_session(sess)
    return model


# A callee that ends the program ends the path.
def stop_here():
    sys.exit("no data")


def built_or_stopped(sess, flag):
    if flag:
        model = Sequential([Dense(1)])
        stop_here()
    K.set_session(sess)


def refuse():
    raise ValueError("no data")


# One that raises is an unknown call: another class may override it.
def built_or_refused(sess, flag):
    if flag:
        model = Sequential([Dense(1)])  # expect: TFS101
        refuse()
    K.set_session(sess)
