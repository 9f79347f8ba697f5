from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model

from somewhere import check


# A handler starts from every statement boundary of its body.
def handler(sess, path):
    try:
        model = load_model(path)  # expect: TFS103
        check(model)
    except OSError:
        K.set_session(sess)
        other = Sequential([Dense(1)])
        check(model, other)


# The registration in the body may have happened, and what comes before the body has.
def before_the_body(sess, path):
    layer = Dense(1)  # expect: TFS101
    try:
        check(path)
        check(layer)
    except OSError:
        K.set_session(sess)
    return layer


# Registered before anything is built, in body and handler alike.
def registered_before(sess, path):
    K.set_session(sess)
    try:
        model = load_model(path)
        check(model)
    except OSError:
        model = Sequential([Dense(1)])
    return model


# The handler comes after the body, not before it.
def handler_builds(sess, path):
    try:
        K.set_session(sess)
        return check(path)
    except OSError:
        return Sequential([Dense(1)])


# A path on which the body stopped before it registered anything.
def registers_after(sess, path):
    model = None
    try:
        check(path)
        K.set_session(sess)
    except OSError:
        model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return model


# The handler ends the path.
def handler_returns(sess, path):
    try:
        check(path)
    except OSError:
        return Sequential([Dense(1)])
    K.set_session(sess)
    return load_model(path)


# The handler raises.
def handler_raises(sess, path):
    try:
        check(path)
    except OSError as error:
        raise ValueError(Dense(1)) from error
    K.set_session(sess)


# Handlers exclude each other.
def exclusive_handlers(sess, path):
    try:
        check(path)
    except OSError:
        return Dense(1)
    except ValueError:
        K.set_session(sess)
        return Dense(1)


# else runs after the whole body.
def else_registers(sess, path):
    try:
        model = load_model(path)  # expect: TFS103
    except OSError:
        return None
    else:
        K.set_session(sess)
    return model


# else doesn't run when the handler did.
def else_and_handler(sess, path):
    model = None
    try:
        check(path)
    except OSError:
        model = Sequential([Dense(1)])
    else:
        K.set_session(sess)
    return model


# finally runs after the body.
def finally_registers(sess):
    try:
        model = Sequential([Dense(1)])  # expect: TFS101
    finally:
        K.set_session(sess)
    return model


# A path ends after its finally.
def return_then_finally(sess):
    try:
        return Sequential([Dense(1)])  # expect: TFS101
    finally:
        K.set_session(sess)


# finally builds, after the registration.
def finally_builds(sess):
    try:
        K.set_session(sess)
    finally:
        layer = Dense(1)
    return layer


# return in finally ends every path.
def finally_returns(sess, path):
    try:
        layer = Dense(1)
        check(path)
    finally:
        return layer
    K.set_session(sess)


# break ends the loop's round after its finally.
def break_then_finally(sess, paths):
    for path in paths:
        try:
            model = load_model(path)  # expect: TFS103
            check(model)
            break
        finally:
            K.set_session(sess)


# An exception in the body never caught ends the path.
def nested_try(sess, path):
    try:
        try:
            model = load_model(path)  # expect: TFS103
            check(model)
        finally:
            check(path)
    except OSError:
        K.set_session(sess)


# The handler's path never sets the local: that path can't reach the registration.
def unset_in_handler(sess, path, pool):
    try:
        check(path)
    except OSError:
        layer = Dense(1)
    else:
        chosen = sess
    K.set_session(chosen)
    return layer, pool


# The handler sets it as well.
def set_in_handler(sess, path, pool):
    layer = None
    try:
        check(path)
    except OSError:
        layer = Dense(1)  # expect: TFS101
        chosen = pool.get()
    else:
        chosen = sess
    K.set_session(chosen)
    return layer


# The outer handler starts from the boundaries of an inner body too: `finally` catches nothing.
def finally_inside(sess, path):
    try:
        try:
            model = load_model(path)  # expect: TFS103
            check(model)
        finally:
            pass
    except OSError:
        K.set_session(sess)
    return model


def finally_inside_registers(sess, path):
    model = None
    try:
        try:
            model = load_model(path)  # expect: TFS103
            check(model)
        finally:
            K.set_session(sess)
    except OSError:
        model = Sequential([Dense(1)])
    return model


def finally_inside_in_order(sess, path):
    try:
        try:
            check(path)
        finally:
            K.set_session(sess)
    except OSError:
        return Sequential([Dense(1)])
