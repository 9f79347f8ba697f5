from keras import backend as K
from keras.layers import Dense
from keras.models import load_model


# A handler starts from every statement boundary of its try body, and goes on after it.
def built_in_the_handler(sess, path):
    try:
        path.read()
    except:
        Dense(1)  # expect: TFS101
    K.set_session(sess)


# One that catches everything leaves no way out but its own.
def caught(sess, path):
    try:
        raise ValueError(Dense(1))
    except Exception:
        return None
    finally:
        path.close()
    K.set_session(sess)


# What is raised again is caught outside, after what was built inside.
def nested(sess, path):
    try:
        try:
            Dense(1)  # expect: TFS101
            raise ValueError
        except KeyError:
            return
    except ValueError:
        K.set_session(sess)


def nested_and_registered_first(sess, path):
    try:
        try:
            K.set_session(sess)
            raise ValueError
        except KeyError:
            return
    except ValueError:
        Dense(1)


# An exception in a callee leaves it with what it did.
def built_and_raised():
    Dense(1)
    raise ValueError


def raising(path):
    if path.missing:
        path.layer = Dense(1)
        raise ValueError
    return path


def caught_from_callee(sess, path):
    try:
        raising(path)  # expect: TFS101
    except ValueError:
        K.set_session(sess)


# `continue`, `break` and `return` end a path, after their finally.
def registered_in_finally(sess, rows):
    for row in rows:
        try:
            Dense(row)  # expect: TFS101
            continue
        finally:
            K.set_session(sess)


def returned_before(sess, found):
    if found:
        Dense(1)
        return
    K.set_session(sess)


def returned_before_from_callee(sess, found):
    maybe_built(found)  # expect: TFS101
    K.set_session(sess)


def maybe_built(found):
    if not found:
        return
    load = Dense
    found.layer = load(1)


def loaded_in_the_handler(sess, path):
    try:
        K.set_session(sess)
    except (OSError, ValueError) as error:
        load_model(path)
        raise error
