import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

import somewhere
from somewhere import Builder, make_config, make_model, make_session, register


# A name whose value can't be known gives no finding: what it builds ...
def unknown_builder(sess):
    model = make_model()
    model.load_weights("model.h5")
    K.set_session(sess)
    return model


def unknown_class(sess):
    model = Builder(sess).model
    K.set_session(sess)
    return model


# ... what it registers ...
def unknown_register(sess):
    model = Sequential([Dense(1)])
    register(sess)
    somewhere.set_session(sess)
    return model


# ... but set_session(x) with an unknown x still registers.
def unknown_session():
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(make_session())
    return model


# 104 needs both sessions known.
def unknown_sessions(x):
    K.set_session(make_session())
    model = Sequential([Dense(1)])
    K.set_session(make_session())
    return model.predict(x)


def maybe_the_same(pool, x):
    K.set_session(pool[0])
    model = Sequential([Dense(1)])
    K.set_session(pool[1])
    return model.predict(x)


# 106 needs both sessions known.
def unknown_block(x, path):
    with make_session().as_default():
        model = Sequential([Dense(1)])
        model.load_weights(path)
    return model.predict(x)


def unknown_blocks(first, second, x, path):
    with first.as_default():
        model = Sequential([Dense(1)])
        model.load_weights(path)
    with second.as_default():
        return model.predict(x)


# A config whose value can't be known.
def unknown_config():
    return tf.Session(config=make_config())


def unknown_attribute(settings):
    return tf.Session(config=settings.config)


def unknown_item(settings):
    return tf.Session(config=settings["config"])


def unknown_arguments(*arguments):
    return tf.Session(*arguments)


def unknown_keywords(**keywords):
    return tf.Session(**keywords)


def some_keywords(graph, **keywords):
    return tf.Session(graph=graph, **keywords)


# A model class chosen at run time.
def chosen(sess, name):
    model = getattr(tf.keras.layers, name)(1)
    K.set_session(sess)
    return model


def looked_up(sess, name):
    layer = globals()[name](1)
    K.set_session(sess)
    return layer


def from_a_table(sess, kind):
    table = somewhere.table
    layer = table[kind](1)
    K.set_session(sess)
    return layer


# A class whose bases can't be known.
class Custom(somewhere.Base):
    pass


def unknown_base(sess):
    thing = Custom()
    K.set_session(sess)
    return thing


# A method that can't be found.
class Agent(somewhere.Base):
    def __init__(self, sess):
        super().__init__()
        self.model = self.build_model()
        K.set_session(sess)


# A name that is bound nowhere.
def unbound(sess):
    layer = Convolution(1)
    K.set_session(sess)
    return layer


# A deleted name.
def deleted(sess, factory):
    make = Dense
    del make
    make = factory
    layer = make(1)
    K.set_session(sess)
    return layer
