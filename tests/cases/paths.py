import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True
SESSION = tf.Session(config=CONFIG)


class Box:
    def __init__(self):
        self.session = None


# What only some of the paths have tells these apart, not the others.
def some_have_it(a, b):
    if a:
        box = Box()
        if b:
            box.session = SESSION
    Dense(1)  # expect: TFS101
    K.set_session(SESSION)
    return box.session if a else None


def numbers(sess, a):
    if a:
        one, two = 1, 2
    else:
        three = 3
    Dense(1)  # expect: TFS101
    K.set_session(sess)


# Many branches: variables that nothing reads again keep no paths apart, and the flow is analysed.
def many_models(one, two, three, four, five, six):
    if one:
        a = Sequential([Dense(1)])  # expect: TFS101
    if two:
        b = Sequential([Dense(2)])  # expect: TFS101
    if three:
        c = K.get_session()
    if four:
        d = load_model("d.h5")
    if five:
        e = Sequential([Dense(5)])  # expect: TFS101
    if six:
        f = Sequential([Dense(6)])  # expect: TFS101
    K.set_session(tf.Session(config=CONFIG))


# So do attributes that no code reads.
class ManyModels:
    def __init__(self, one, two, three, four, five, six):
        if one:
            self.a = Sequential([Dense(1)])  # expect: TFS101
        if two:
            self.b = Sequential([Dense(2)])  # expect: TFS101
        if three:
            self.c = K.get_session()  # expect: TFS103
        if four:
            self.d = load_model("d.h5")  # expect: TFS103
        if five:
            self.e = Sequential([Dense(5)])  # expect: TFS101
        if six:
            self.f = Sequential([Dense(6)])  # expect: TFS101
        K.set_session(tf.Session(config=CONFIG))


# What is read again is remembered: which of the sessions is registered, and what it holds.
def read_again(one, two, three, four, five, x):
    first = tf.Session(config=CONFIG)
    K.set_session(first)
    if one:
        a = Sequential([Dense(1)])
    if two:
        b = load_model("b.h5")
    if three:
        c = Sequential([Dense(3)])
    if four:
        d = load_model("d.h5")
    kept = load_model("kept.h5")
    if five:
        K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept.predict(x)


def read_again_in_order(one, two, three, four, five, x):
    first = tf.Session(config=CONFIG)
    K.set_session(first)
    if one:
        a = Sequential([Dense(1)])
    if two:
        b = load_model("b.h5")
    if three:
        c = Sequential([Dense(3)])
    if four:
        d = load_model("d.h5")
    kept = load_model("kept.h5")
    if five:
        K.set_session(first)
    return kept.predict(x)


# Many calls in one expression, each with a constant that can't be known: too many to keep apart.
def is_on(flag):
    if flag is None:
        return False
    if flag == 1:
        return True
    return None


def many_answers(flags):
    model = Sequential([Dense(1)])  # expect: TFS101
    answers = {
        "red": is_on(flags.red),
        "green": is_on(flags.green),
        "blue": is_on(flags.blue),
        "alpha": is_on(flags.alpha),
        "depth": is_on(flags.depth),
        "width": is_on(flags.width),
    }
    K.set_session(tf.Session(config=CONFIG))
    return model, answers
