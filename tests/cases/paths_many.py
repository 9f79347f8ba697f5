from contextlib import contextmanager

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


# Flows whose paths are too many: what differs is joined, the rest is known.
# Models that are read again: which of them there are differs.
def many_models_read_again(sess, a, b, c, d, e, f):
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
    return first, second, third, fourth, fifth, sixth


def many_models_in_order(sess, a, b, c, d, e, f):
    K.set_session(sess)
    if a:
        first = Sequential([Dense(1)])
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
    return first, second, third, fourth, fifth, sixth


# Which session is used differs: nothing is known of it, but of what was built before.
def many_sessions(x, a, b, c, d, e, f, g, h):
    before = load_model("before.h5")  # expect: TFS103
    one = two = three = four = five = six = seven = eight = None
    if a:
        one = tf.Session(config=CONFIG)
        K.set_session(one)
    if b:
        two = tf.Session(config=CONFIG)
        K.set_session(two)
    if c:
        three = tf.Session(config=CONFIG)
        K.set_session(three)
    if d:
        four = tf.Session(config=CONFIG)
        K.set_session(four)
    if e:
        five = tf.Session(config=CONFIG)
        K.set_session(five)
    if f:
        six = tf.Session(config=CONFIG)
        K.set_session(six)
    if g:
        seven = tf.Session(config=CONFIG)
        K.set_session(seven)
    if h:
        eight = tf.Session(config=CONFIG)
        K.set_session(eight)
    model = load_model("model.h5")
    model.predict(x)
    with two:
        model.predict(x)  # expect: TFS106
    return before, one, two, three, four, five, six, seven, eight


# Nor of what was built there, and in which graph.
def many_sessions_and_graphs(x, sess, a, b, c, d, e):
    one = two = three = four = five = None
    if a:
        K.clear_session()
    if b:
        one = tf.Session(config=CONFIG)
        K.set_session(one)  # expect: TFS302
    if c:
        two = tf.Session(config=CONFIG)
        K.set_session(two)  # expect: TFS302
    with tf.Graph().as_default() if d else sess:
        model = Sequential([Dense(1)])
        if e:
            three = tf.Session(config=CONFIG)
            K.set_session(three)
        if x.f:
            four = tf.Session(config=CONFIG)
            K.set_session(four)
        if x.g:
            five = tf.Session(config=CONFIG)
            K.set_session(five)
    model.predict(x)
    K.set_session(sess)
    return model.predict(x), one, two, three, four, five


# Which value a function returns that leaves a block on the way.
@contextmanager
def timed(x):
    yield
    if x.a:
        first = Sequential([Dense(1)])
    if x.b:
        second = Sequential([Dense(1)])
    if x.c:
        third = Sequential([Dense(1)])
    if x.d:
        fourth = Sequential([Dense(1)])
    if x.e:
        fifth = Sequential([Dense(1)])
    foreign.use(first, second, third, fourth, fifth)


def one_of_two_returned(x):
    with timed(x):
        if x.f:
            return tf.Session(config=CONFIG)
        return load_model("model.h5")


def returned_on_the_way(x, sess):
    model = load_model("model.h5")  # expect: TFS103
    other = one_of_two_returned(x)  # expect: TFS101
    K.set_session(sess)
    return model, other


def one_of_many_sessions(x, a, b, c, d, e, f):
    model = load_model("model.h5")  # expect: TFS103
    model.predict(x)  # expect: TFS103
    chosen = tf.Session(config=CONFIG)
    if a:
        chosen = tf.Session(config=CONFIG)
    second = tf.Session(config=CONFIG) if b else tf.Session(config=CONFIG)
    third = tf.Session(config=CONFIG) if c else tf.Session(config=CONFIG)
    fourth = tf.Session(config=CONFIG) if d else tf.Session(config=CONFIG)
    fifth = tf.Session(config=CONFIG) if e else tf.Session(config=CONFIG)
    sixth = tf.Session(config=CONFIG) if f else tf.Session(config=CONFIG)
    with chosen:
        model.summary()
    with chosen.as_default():
        other = load_model("other.h5")
        K.set_session(chosen)
    return model, other, second, third, fourth, fifth, sixth


# The common part of what is entered stays entered.
def many_entered(x, a, b, c, d, e, f):
    model = load_model("model.h5")  # expect: TFS103
    model.predict(x)  # expect: TFS103
    with tf.Session(config=CONFIG):
        if a:
            tf.InteractiveSession(config=CONFIG)
        if b:
            tf.InteractiveSession(config=CONFIG)
        if c:
            tf.InteractiveSession(config=CONFIG)
        if d:
            tf.InteractiveSession(config=CONFIG)
        if e:
            tf.InteractiveSession(config=CONFIG)
        if f:
            tf.InteractiveSession(config=CONFIG)
        other = load_model("other.h5")
        K.set_session(x)
    return model, other


# The graph as well.
def many_graphs(x, a, b, c, d, e, f):
    before = load_model("before.h5")
    if a:
        K.clear_session()
    if b:
        K.clear_session()
    if c:
        K.clear_session()
        K.clear_session()
    if d:
        first = tf.Session(config=CONFIG)
    if e:
        second = tf.Session(config=CONFIG)
    if f:
        third = tf.Session(config=CONFIG)
    model = load_model("model.h5")
    return before, model.predict(x), first, second, third


# Where weights are, and which objects stand for the same call.
def many_homes(x, sess, a, b, c, d, e, f):
    K.set_session(tf.Session(config=CONFIG))
    first = tf.Session(config=CONFIG) if a else None
    second = tf.Session(config=CONFIG) if b else None
    third = tf.Session(config=CONFIG) if c else None
    if d:
        K.set_session(sess)
    model = Sequential([Dense(1)])
    early = load_model("early.h5")
    if e:
        model.predict(x)
    if f:
        with tf.Session(config=CONFIG):
            model.load_weights("model.h5")  # expect: TFS106
            early.load_weights("early.h5")  # expect: TFS106
    foreign.use(first)
    model.predict(x)
    return early.predict(x), second, third


# One of many models: what happens to it happens to each.
def one_of_many_models(sess, x, a, b, c, d, e, f):
    model = Sequential([Dense(1)])  # expect: TFS101
    if a:
        model = load_model("a.h5")  # expect: TFS103
    if b:
        model = load_model("b.h5")  # expect: TFS103
    second = load_model("c.h5") if c else None  # expect: TFS103
    third = load_model("d.h5") if d else None  # expect: TFS103
    fourth = load_model("e.h5") if e else None  # expect: TFS103
    fifth = load_model("f.h5") if f else None  # expect: TFS103
    model.predict(x)  # expect: TFS103
    K.set_session(sess)
    return model, second, third, fourth, fifth


# Configs: only one that is known lacks growth.
def one_of_many_configs(a, b, c, d, e, f):
    first = tf.ConfigProto() if a else tf.ConfigProto(allow_soft_placement=True)
    second = tf.ConfigProto() if b else tf.ConfigProto(allow_soft_placement=True)
    third = tf.ConfigProto() if c else tf.ConfigProto(allow_soft_placement=True)
    fourth = tf.ConfigProto() if d else tf.ConfigProto(allow_soft_placement=True)
    fifth = tf.ConfigProto() if e else tf.ConfigProto(allow_soft_placement=True)
    sixth = tf.ConfigProto() if f else tf.ConfigProto(allow_soft_placement=True)
    first.gpu_options.allow_growth = True
    foreign.use(second, third, fourth, fifth, sixth)
    return tf.Session(config=first), tf.Session()  # expect: TFS201


def growth_of_some(a, b, c, d, e, f):
    first = tf.ConfigProto()
    second, third = tf.ConfigProto(), tf.ConfigProto()
    if a:
        first.gpu_options.allow_growth = True
    if b:
        second.gpu_options.allow_growth = True
    if c:
        third.gpu_options.allow_growth = True
    fourth = tf.ConfigProto() if d else None
    fifth = tf.ConfigProto() if e else None
    sixth = tf.ConfigProto() if f else None
    foreign.use(second, third, fourth, fifth, sixth)
    return tf.Session(config=first)


# Expressions: arguments, and calls of what a call returned.
def many_outcomes(sess, a, b, c, d, e, f):
    foreign.use(
        Dense if a else print,
        Dense if b else print,
        Dense if c else print,
        Dense if d else print,
        Dense if e else print,
        Dense if f else print,
    )
    Dense(1)  # expect: TFS101
    K.set_session(sess)
    Dense(1)


def many_links(sess, a, b, c, d, e, f):
    foreign.use(Dense if a else print, Dense if b else print, Dense if c else print)(
        Dense if d else print, Dense if e else print, Dense if f else print
    )
    Dense(1)  # expect: TFS101
    K.set_session(sess)
    Dense(1)


def one_of_eight(a):
    if a == 1:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    if a == 2:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    if a == 3:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    if a == 4:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    if a == 5:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    if a == 6:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    if a == 7:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    return tf.ConfigProto(), tf.Session(config=CONFIG)


def many_calls(sess, a, b):
    pairs = one_of_eight(a), one_of_eight(b)
    Dense(1)  # expect: TFS101
    K.set_session(sess)
    return pairs


# A model that nothing reads any more dies with its layers.
def open_session(flag):
    if flag:
        return tf.InteractiveSession()
    return None


def layer_of_a_forgotten_model(flag, other):
    open_session(flag)
    layer = Dense(1)
    try:
        Sequential([layer])
        foreign.stop()
    except foreign.Stop:
        load_model("model.h5")
    open_session(other)


def layer_that_is_returned(flag, other):
    open_session(flag)
    layer = Dense(1)
    try:
        Sequential([layer])
        foreign.stop()
    except foreign.Stop:
        load_model("model.h5")  # expect: TFS106
    open_session(other)
    return layer
