import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True
SESSION = tf.Session(config=CONFIG)
layers = tf.keras.layers
register = K.set_session
backend = K
build_layer = Dense


class Tools:
    layer = Dense


def use_other_tools(other):
    Tools.layer = other


# Module names have the value they have at the module's end.
def module_aliases():
    layer = layers.Dense(1)  # expect: TFS101
    register(SESSION)
    return layer


def module_aliases_in_order():
    register(SESSION)
    return layers.Dense(1)


# A module name that a function rebinds is unknown.
def use_other_backend(other):
    global backend
    backend = other


def rebound_module_name(sess):
    layer = Dense(1)
    backend.set_session(sess)
    return layer


# A name rebound by `global` is unknown on the building side as well.
def use_other_layer(other):
    global build_layer
    build_layer = other


def rebound_layer(sess):
    layer = build_layer(1)
    K.set_session(sess)
    return layer


# An attribute that is rebound elsewhere is unknown.
def rebound_attribute(sess):
    layer = Tools.layer(1)
    K.set_session(sess)
    return layer


# A local alias.
def local_alias(sess):
    make = Dense
    layer = make(1)  # expect: TFS101
    K.set_session(sess)
    return layer


# A local alias by a tuple assignment.
def tuple_alias(sess):
    make, use = Dense, K.set_session
    layer = make(1)  # expect: TFS101
    use(sess)
    return layer


# A local name that is something else by the time of the call.
def rebound_local(sess, factory):
    make = Dense
    make = factory
    layer = make(1)
    K.set_session(sess)
    return layer


# The local name is a layer on one of the paths: that path happens.
def rebound_in_a_branch(sess, factory):
    make = factory
    if factory is None:
        make = Dense
    layer = make(1)  # expect: TFS101
    K.set_session(sess)
    return layer


# set_session(x) with an unknown x still registers.
def unknown_session(pool):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(pool.get())
    return model


# getattr with a name that can't be known is unknown.
def dynamic(sess, name):
    layer = Dense(1)
    getattr(K, name)(sess)
    return layer


# By keyword.
def keyword(sess):
    layer = Dense(1)  # expect: TFS101
    K.set_session(session=sess)
    return layer


# A walrus binds like an assignment.
def walrus(sess):
    if (model := Sequential([Dense(1)])) is not None:  # expect: TFS101
        K.set_session(sess)
    return model


# A path that can't happen shows nothing, not even before it comes to the name never set.
def never_set(sess, other, flag):
    if flag:
        model = Sequential([Dense(1)])
    else:
        spare = other
    K.set_session(sess)
    return spare


def set_on_both(sess, other, flag):
    spare = None
    if flag:
        model = Sequential([Dense(1)])  # expect: TFS101
    else:
        spare = other
    K.set_session(sess)
    return spare
