from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model


def registered(sess):
    K.set_session(sess)
    return sess


# A comprehension's element runs where it stands.
def element(sess, sizes):
    layers = [Dense(size) for size in sizes]  # expect: TFS101
    K.set_session(sess)
    return layers


def element_after(sess, sizes):
    K.set_session(sess)
    return [Dense(size) for size in sizes]


# Dict and set comprehensions.
def dict_comprehension(sess, paths):
    models = {path: load_model(path) for path in paths}  # expect: TFS103
    K.set_session(sess)
    return models


def set_comprehension(sess, sizes):
    layers = {Dense(size) for size in sizes}  # expect: TFS101
    K.set_session(sess)
    return layers


# Nested in another creation: once, at the outermost.
def inside_a_model(sess):
    model = Sequential([Dense(size) for size in (8, 1)])  # expect: TFS101
    K.set_session(sess)
    return model


# The first iterable, then the conditions, then the element.
def iterable_first(sess):
    return [registered(sess) for layer in [Dense(1)]]  # expect: TFS101


def condition_first(sess, sizes):
    return [Dense(size) for size in sizes if registered(sess)]


def condition_builds(sess, sizes):
    return [registered(sess) for size in sizes if Dense(size)]  # expect: TFS101


# A dict comprehension's key comes before its value.
def key_first(sess, sizes):
    return {Dense(size): registered(sess) for size in sizes}  # expect: TFS101


# Registered in a comprehension, built after it: it may have run zero times.
def may_be_empty(sessions, sess):
    done = [registered(each) for each in sessions]
    layer = Dense(1)  # expect: TFS101
    K.set_session(sess)
    return done, layer


# Over a non-empty literal it has run.
def literal(sess):
    done = [registered(each) for each in (sess,)]
    layer = Dense(1)
    K.set_session(sess)
    return done, layer


# Its variable shadows a layer.
def shadowed(sess, factories):
    layers = [Dense(1) for Dense in factories]
    K.set_session(sess)
    return layers
