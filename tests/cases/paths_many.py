import tensorflow as tf
from keras import backend as K
from keras import layers
from keras.layers import Dense
from keras.models import Model, Sequential, load_model

import foreign

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


class Holder:
    def act(self):
        return self


# Flows of many branches are walked to their end, whatever their variables hold.
def many_models(sess, a, b, c, d, e):
    kept = tf.Session(config=CONFIG)
    pair = [kept, {"kept": kept}]
    context = kept.as_default()
    bound = Holder().act
    model = Sequential([Dense(1)])  # expect: TFS101
    names = model.weights
    with tf.Session(config=CONFIG) as other:
        other.run([])
    if a:
        first = Sequential([Dense(1)])  # expect: TFS101
    if b:
        second = Sequential([Dense(1)])  # expect: TFS101
    if c:
        third = Sequential([Dense(1)])  # expect: TFS101
    if d:
        fourth = Sequential([Dense(1)])  # expect: TFS101
    if e:
        fifth = Sequential([Dense(1)])  # expect: TFS101
    foreign.use(pair, context, bound, names)
    K.set_session(sess)
    return model


# What TensorFlow's functions return needs no path of its own.
def many_tensors(sess, a, b, c, d, e, f):
    one = tf.zeros([1]) if a else tf.ones([1])
    two = tf.zeros([1]) if b else tf.ones([1])
    three = tf.zeros([1]) if c else tf.ones([1])
    four = tf.zeros([1]) if d else tf.ones([1])
    five = tf.zeros([1]) if e else tf.ones([1])
    six = tf.zeros([1]) if f else tf.ones([1])
    Dense(1)  # expect: TFS101
    K.set_session(sess)
    return one, two, three, four, five, six


# Nor do layers' outputs, lists and dicts.
def many_outputs(sess, a, b, c, d, e, f):
    left, right = Dense(1), Dense(2)  # expect: TFS101, TFS101
    if a:
        one = left(a)
    else:
        one = right(a)
    if b:
        two = left(b)
    else:
        two = right(b)
    if c:
        three = left(c)
    else:
        three = right(c)
    if d:
        four = left(d)
    else:
        four = right(d)
    if e:
        five = left(e)
    else:
        five = right(e)
    if f:
        six = left(f)
    else:
        six = right(f)
    K.set_session(sess)
    return one, two, three, four, five, six


def many_containers(sess, a, b, c, d, e, f):
    if a:
        one = {"a": 1}
    else:
        one = {"b": 2}
    if b:
        two = [Dense, 1]
    else:
        two = [2]
    if c:
        three = {"a": 1}
    else:
        three = {"b": 2}
    if d:
        four = [1]
    else:
        four = [2]
    if e:
        five = {"a": 1}
    else:
        five = {"b": 2}
    if f:
        six = [1]
    else:
        six = [2]
    Dense(1)  # expect: TFS101
    K.set_session(sess)
    return one, two, three, four, five, six


# Which of two classes or models it is, is told apart.
def two_kinds(sess, a):
    if a:
        kind = Dense
    else:
        kind = print
    kind(1)  # expect: TFS101
    K.set_session(sess)


def two_models(sess, a):
    model = Sequential([Dense(1)])  # expect: TFS101
    if a:
        K.set_session(sess)
        model = Sequential([Dense(1)])
    else:
        K.set_session(sess)
    return model


# What the rest of a statement reads is kept: a loop's test and its else, a try's other blocks.
def in_a_loop(sess, rows, a, b, c, d, e, f):
    for row in rows:
        if a:
            first = rows.first = Sequential([Dense(1)])  # expect: TFS101
        if b:
            second = Sequential([Dense(1)])
        if c:
            third = Sequential([Dense(1)])
        if d:
            fourth = Sequential([Dense(1)])
        if e:
            fifth = Sequential([Dense(1)])
        if f:
            sixth = Sequential([Dense(1)])
    else:
        first.predict(rows)  # expect: TFS103
    K.set_session(sess)


def in_a_while(sess, rows, a, b, c, d, e, f):
    while rows.more():
        if a:
            first = rows.first = Sequential([Dense(1)])  # expect: TFS101
        if b:
            second = Sequential([Dense(1)])
        if c:
            third = Sequential([Dense(1)])
        if d:
            fourth = Sequential([Dense(1)])
        if e:
            fifth = Sequential([Dense(1)])
        if f:
            sixth = Sequential([Dense(1)])
    else:
        first.predict(rows)  # expect: TFS103
    K.set_session(sess)


def in_a_try(sess, rows, a, b, c, d, e, f):
    try:
        if a:
            first = rows.first = Sequential([Dense(1)])  # expect: TFS101
        if b:
            second = Sequential([Dense(1)])
        if c:
            third = Sequential([Dense(1)])
        if d:
            fourth = Sequential([Dense(1)])
        if e:
            fifth = Sequential([Dense(1)])
        if f:
            sixth = Sequential([Dense(1)])
    finally:
        first.predict(rows)  # expect: TFS103
    K.set_session(sess)


# So is what stands in loops and with blocks further down.
def read_further_down(sess, rows, a, b, c, d, e, f):
    if a:
        first = rows.first = Sequential([Dense(1)])  # expect: TFS101
    if b:
        second = rows.second = Sequential([Dense(1)])  # expect: TFS101
    if c:
        third = Sequential([Dense(1)])
    if d:
        fourth = Sequential([Dense(1)])
    if e:
        fifth = Sequential([Dense(1)])
    if f:
        sixth = Sequential([Dense(1)])
    for row in rows:
        first.predict(row)  # expect: TFS103
    with open("rows") as file, file.lock:
        second.predict(file)  # expect: TFS103
    K.set_session(sess)


# In a class body too.
class Many:
    def build(self, sess):
        class Inner:
            if sess.a:
                first = Sequential([Dense(1)])  # expect: TFS101
            if sess.b:
                second = Sequential([Dense(1)])  # expect: TFS101
            if sess.c:
                third = Sequential([Dense(1)])  # expect: TFS101
            if sess.d:
                fourth = Sequential([Dense(1)])  # expect: TFS101

        K.set_session(sess)
        return Inner


# Two models, and a class and a function, are told apart.
def one_of_two_models(sess, a):
    one, two = Sequential([Dense(1)]), Sequential([Dense(1)])  # expect: TFS101, TFS101
    if a:
        model = one
    else:
        model = two
    model.predict(a)  # expect: TFS103
    K.set_session(sess)
    return one, two


def own_layer(units):
    return Dense(units)


def one_of_two_kinds(sess, a):
    if a:
        kind = own_layer
    else:
        kind = Holder
    kind(1)  # expect: TFS101
    K.set_session(sess)


# Of a table each of the first three may be meant.
def nothing(units):
    return None


def many_choices(sess, a, b, c, d):
    table = {"layer": own_layer, "holder": Holder, "nothing": nothing}
    foreign.use(
        table[a](1),  # expect: TFS101
        table[b](1),  # expect: TFS101
        table[c](1),  # expect: TFS101
        table[d](1),  # expect: TFS101
    )
    Dense(1)  # expect: TFS101
    K.set_session(sess)


def few_choices(sess, a):
    table = {"layer": own_layer, "holder": Holder, "nothing": nothing}
    foreign.use(table[a](1))  # expect: TFS101
    K.set_session(sess)


# Methods are walked to their end as well.
class Method:
    def build(self, sess, a, b, c, d, e, f):
        if a:
            first = Sequential([Dense(1)])  # expect: TFS101
        if b:
            second = Sequential([Dense(1)])  # expect: TFS101
        if c:
            third = Sequential([Dense(1)])  # expect: TFS101
        if d:
            fourth = Sequential([Dense(1)])  # expect: TFS101
        if e:
            fifth = Sequential([Dense(1)])  # expect: TFS101
        if f:
            sixth = Sequential([Dense(1)])  # expect: TFS101
        K.set_session(sess)


# What was added to a model stays a part of it: all weights are in another session.
def added(sess, rows, a, b, c, d, e):
    K.set_session(sess)
    K.set_session(tf.Session(config=CONFIG))
    layer = Dense(1)
    model = Sequential()
    model.add(layer)
    layer.set_weights(rows)
    layer = None
    if a:
        first = load_model("model.h5")
    if b:
        second = load_model("model.h5")
    if c:
        third = load_model("model.h5")
    if d:
        fourth = load_model("model.h5")
    if e:
        fifth = load_model("model.h5")
    K.set_session(None)
    K.get_session()
    K.set_session(sess)
    return model


# A model that was made before the graph was cleared is none of this one.
def cleared(sess, rows, a, b, c, d, e):
    model = Sequential([Dense(1)])
    K.clear_session()
    model.fit(rows)
    if a:
        first = Sequential([Dense(1)])  # expect: TFS101
    if b:
        second = Sequential([Dense(1)])  # expect: TFS101
    if c:
        third = Sequential([Dense(1)])  # expect: TFS101
    if d:
        fourth = Sequential([Dense(1)])  # expect: TFS101
    if e:
        fifth = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)


# One object under two names.
class Box:
    def __init__(self):
        self.model = None


def two_names(sess, rows, a, b, c, d, e):
    box = other = Box()
    if a:
        box.model = Sequential([Dense(1)])  # expect: TFS101
    if b:
        second = Sequential([Dense(1)])  # expect: TFS101
    if c:
        third = Sequential([Dense(1)])  # expect: TFS101
    if d:
        fourth = Sequential([Dense(1)])  # expect: TFS101
    if e:
        fifth = Sequential([Dense(1)])  # expect: TFS101
    other.model.predict(rows)  # expect: TFS103
    K.set_session(sess)
    return other


# An object that an attribute holds lives on, though nothing reads the attribute any more.
class Attributes:
    def __init__(self, path):
        try:
            self.session = tf.Session(config=CONFIG)
            K.set_session(self.session)
            foreign.step()
        except ValueError:
            inputs = layers.Input((3,))
            self.first = Model(inputs, Dense(1, weights=[0])(inputs))  # expect: TFS103
        self.last = tf.Session(config=CONFIG)
        try:
            self.second = Model(inputs, Dense(1)(inputs))  # expect: TFS101
            foreign.step()
        except ValueError:
            self.spare = tf.Session(config=CONFIG)
        else:
            self.second.load_weights(path)  # expect: TFS103
        K.set_session(self.last)  # expect: TFS104


# ... what a variable holds does not.
class Variables:
    def __init__(self, path):
        try:
            self.session = tf.Session(config=CONFIG)
            K.set_session(self.session)
            foreign.step()
        except ValueError:
            inputs = layers.Input((3,))
            first = Model(inputs, Dense(1, weights=[0])(inputs))
            first.summary()
        self.last = tf.Session(config=CONFIG)
        try:
            self.second = Model(inputs, Dense(1)(inputs))  # expect: TFS101
            foreign.step()
        except ValueError:
            self.spare = tf.Session(config=CONFIG)
        else:
            self.second.load_weights(path)  # expect: TFS103
        K.set_session(self.last)  # expect: TFS104


# Weights that one path put into the implicit session are not those of a path that put none there.
class WeightsOnOnePath:
    def __init__(self, path):
        try:
            foreign.step()
            first = Sequential([Dense(1)])  # expect: TFS101
            foreign.step()
            K.set_session(tf.Session(config=CONFIG))
            foreign.step()
        except ValueError:
            self.session = tf.Session(config=CONFIG)
            try:
                foreign.step()
                second = load_model(path)
                foreign.step()
            except ValueError:
                K.set_session(self.session)


class WeightsOnEachPath:
    def __init__(self, path):
        try:
            foreign.step()
            self.first = Sequential([Dense(1)])  # expect: TFS101
            foreign.step()
            K.set_session(tf.Session(config=CONFIG))
            foreign.step()
        except ValueError:
            self.session = tf.Session(config=CONFIG)
            try:
                foreign.step()
                self.second = load_model(path)  # expect: TFS103
                foreign.step()
            except ValueError:
                K.set_session(self.session)  # expect: TFS104
