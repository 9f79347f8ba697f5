from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

from somewhere import on_start


# The body of a nested function is not executed until something calls it.
def not_called(sess):
    def build():
        return Sequential([Dense(1)])

    K.set_session(sess)
    return build


# Called before the registration: the ways part at the call.
def called_early(sess):
    def build():
        return Sequential([Dense(1)])

    model = build()  # expect: TFS101
    K.set_session(sess)
    return model


def called_after(sess):
    def build():
        return Sequential([Dense(1)])

    K.set_session(sess)
    return build()


# A closure that registers what the function around it knows.
def closure_registers(sess):
    def register():
        K.set_session(sess)

    model = Sequential([Dense(1)])  # expect: TFS101
    register()
    return model


def closure_registers_first(sess):
    def register():
        K.set_session(sess)

    register()
    return Sequential([Dense(1)])


# A nested function has a flow of its own.
def nested_flow(sess):
    def start():
        model = Sequential([Dense(1)])  # expect: TFS101
        K.set_session(sess)
        return model

    return start


# A lambda's body runs when it is called.
def called_lambda(sess):
    build = lambda: Sequential([Dense(1)])
    model = build()  # expect: TFS101
    K.set_session(sess)
    return model


def lambda_not_called(sess):
    build = lambda: Sequential([Dense(1)])
    K.set_session(sess)
    return build


# Handed to an unknown call it isn't known to run.
def callback(sess):
    def build():
        return Sequential([Dense(1)])

    on_start(build)
    K.set_session(sess)


# A closure uses the layer that its function bound.
def bound_layer(sess):
    make = Dense

    def build():
        return make(1)

    layer = build()  # expect: TFS101
    K.set_session(sess)
    return layer


# ... and a parameter of the function around it shadows the import.
def shadowed_layer(sess, Dense):
    def build():
        return Dense(1)

    layer = build()
    K.set_session(sess)
    return layer


# A closure that a helper returned.
def make_builder(units):
    def build():
        return Sequential([Dense(units)])

    return build


def returned_closure(sess):
    build = make_builder(1)
    model = build()  # expect: TFS101
    K.set_session(sess)
    return model


def returned_closure_after(sess):
    build = make_builder(1)
    K.set_session(sess)
    return build()


# nonlocal: the closure sets the name of the function around it.
def nonlocal_model(sess):
    model = None

    def build():
        nonlocal model
        model = Sequential([Dense(1)])

    build()  # expect: TFS101
    K.set_session(sess)
    return model


# A path that reads a variable of the function around it, never set there, can't happen.
def unset_outside(sessions, frozen):
    def register():
        K.set_session(sess)

    if frozen:
        model = Sequential([Dense(1)])
    else:
        sess = sessions.pop()
    register()


def set_outside(sessions, frozen):
    def register():
        K.set_session(sess)

    if frozen:
        model = Sequential([Dense(1)])  # expect: TFS101
    sess = sessions.pop()
    register()


# ... not even where the module has the name, which that variable shadows.
def shadowed_but_unset(sess, kind):
    def build():
        return Dense(1)

    if kind is not None:
        Sequential([])
        build()
    K.set_session(sess)
    Dense = kind


def shadowed_and_set(sess, kind):
    def build():
        return Dense(1)

    Dense = kind
    if kind is not None:
        Sequential([])  # expect: TFS101
        build()
    K.set_session(sess)


# A function in a method sees the method's variables.
class Builder:
    kind = print

    def build(self, sess):
        kind = Dense

        def inner():
            return kind(1)

        inner()  # expect: TFS101
        K.set_session(sess)

    def build_later(self, sess):
        kind = Dense

        def inner():
            return kind(1)

        K.set_session(sess)
        return inner()


def kind(x):
    return Dense(x)


# A function inside is a variable: before its `def` it is not set, whatever the module has.
def defined_later(sess):
    kind(1)
    Dense(1)
    K.set_session(sess)

    def kind(x):
        return x

    return kind


def defined_before(sess):
    def kind(x):
        return x

    kind(1)
    Dense(1)  # expect: TFS101
    K.set_session(sess)
