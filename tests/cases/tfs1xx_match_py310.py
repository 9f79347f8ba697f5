from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential


# The cases of a match exclude each other.
def exclusive(sess, kind):
    match kind:
        case "model":
            return Dense(1)
        case "session":
            K.set_session(sess)
        case _:
            return None


# A case may have run before what follows.
def built_in_a_case(sess, kind):
    layer = None
    match kind:
        case "small":
            layer = Dense(1)  # expect: TFS101
        case {"units": units}:
            layer = Dense(units)  # expect: TFS101
        case _:
            pass
    K.set_session(sess)
    return layer


# A case that returns.
def case_returns(sess, kind):
    match kind:
        case "small":
            return Dense(1)
    K.set_session(sess)


# The subject is evaluated first.
def subject(sess):
    match Sequential([Dense(1)]):  # expect: TFS101
        case model:
            K.set_session(sess)
            return model


# A guard runs before its body.
def guard(sess, kind):
    match kind:
        case "small" if Dense(1):  # expect: TFS101
            K.set_session(sess)


# Without a catch-all no case may match.
def no_case(sess, other, kind):
    match kind:
        case "gpu":
            K.set_session(other)
    layer = Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


# With one, each case registers.
def catch_all(sess, other, kind):
    match kind:
        case "gpu":
            K.set_session(other)
        case _:
            K.set_session(sess)
    layer = Dense(1)
    K.set_session(sess)
    return layer


# A captured name is a local that shadows.
def captured(sess, kind):
    match kind:
        case [Dense]:
            layer = Dense(1)
            K.set_session(sess)
            return layer


def captured_rest(sess, kind):
    match kind:
        case {"kind": "gpu", **Dense}:
            Dense(1)
            K.set_session(sess)
        case {"kind": "cpu", **rest}:
            rest(Dense(1))
            K.set_session(sess)
