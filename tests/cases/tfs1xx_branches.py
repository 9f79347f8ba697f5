from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential


# TFS101: a model is created when a session is registered later in the same flow.
def build_then_register(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return model


# Registered first: right.
def register_then_build(sess):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    return model


# A flow starts with nothing registered and nothing pending: building alone is no finding.
def build_only():
    return Sequential([Dense(1)])


# ... and registering alone is none either.
def register_only(sess):
    K.set_session(sess)


# All layers of one model are one finding, where the first was built.
def build_in_steps(sess):
    model = Sequential()  # expect: TFS101
    model.add(Dense(8))
    model.add(Dense(1))
    model.compile("sgd", "mse")
    K.set_session(sess)
    return model


# ... each model has its own.
def build_two(sess):
    model = Sequential()  # expect: TFS101
    other = Sequential()  # expect: TFS101
    model.add(Dense(8))
    other.add(Dense(8))
    K.set_session(sess)
    return model, other


# What is built after a registration is right, whatever follows; only the first build is early.
def build_on_both_sides(sess):
    first = Dense(1)  # expect: TFS101
    K.set_session(sess)
    second = Dense(1)
    K.set_session(sess)
    return first, second


# Two exclusive branches never order each other.
def exclusive(sess, reuse):
    if reuse:
        model = Sequential([Dense(1)])
    else:
        model = None
        K.set_session(sess)
    return model


# A branch may have been taken before what follows it.
def built_in_a_branch(sess, deep):
    model = None
    if deep:
        model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return model


# The same with the registration in the branch.
def registered_in_a_branch(sess, gpu):
    model = Sequential([Dense(1)])  # expect: TFS101
    if gpu:
        K.set_session(sess)
    return model


# Registered in each branch before the build.
def registered_in_each_branch(first, second, gpu):
    if gpu:
        K.set_session(first)
    else:
        K.set_session(second)
    return Sequential([Dense(1)])


# elif and else are exclusive too.
def elif_chain(sess, kind):
    if kind == "small":
        return Dense(1)
    elif kind == "large":
        K.set_session(sess)
        return Dense(64)
    else:
        layer = Dense(8)  # expect: TFS101
        K.set_session(sess)
        return layer


# return ends a path.
def early_return(sess, cached):
    if cached:
        return Sequential([Dense(1)])
    K.set_session(sess)
    return Sequential([Dense(1)])


# raise ends a path.
def early_raise(sess, broken):
    if broken:
        layer = Dense(1)
        raise ValueError(layer)
    K.set_session(sess)


# Without the return the path goes on.
def no_return(sess, cached):
    if cached:
        Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return Sequential([Dense(1)])


# A conditional expression is a branch.
def conditional_expression(sess, deep):
    model = Sequential([Dense(1)]) if deep else None  # expect: TFS101
    K.set_session(sess)
    return model


# Both arms after the registration.
def conditional_expression_after(sess, deep):
    K.set_session(sess)
    return Sequential([Dense(1)]) if deep else Dense(1)


# The right-hand side of or may run.
def boolean_or(sess, model):
    model = model or Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return model


# The right-hand side of and may run.
def boolean_and(sess, wanted):
    model = wanted and Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return model


def boolean_after(sess, model):
    K.set_session(sess)
    return model or Sequential([Dense(1)])


# A path that reads a local that was never set on it can't happen: with a model there is no session.
def unset_local(sessions, frozen):
    if frozen:
        model = Sequential([Dense(1)])
    else:
        sess = sessions.pop()
    K.set_session(sess)
    return model


# Here the local is set on both paths.
def set_local(sess, sessions, frozen):
    if frozen:
        model = Sequential([Dense(1)])  # expect: TFS101
    else:
        model = None
        sess = sessions.pop()
    K.set_session(sess)
    return model


# An async function has a flow like any other.
async def coroutine(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return model


async def coroutine_registered(sess):
    K.set_session(sess)
    return Sequential([Dense(1)])
