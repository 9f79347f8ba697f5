import functools

import keras
import tensorflow as tf
from keras import backend as K
from keras import layers
from keras.layers import Dense
from keras.models import Sequential, load_model


# `getattr` of a module with a known name is that name.
def by_getattr(sess):
    getattr(layers, "Dense")(1)  # expect: TFS101
    K.set_session(sess)


def by_getattr_of_unknown(sess, kind):
    getattr(layers, kind)(1)
    K.set_session(sess)


# A partial call is completed by the call.
def by_partial(sess):
    make = functools.partial(Dense, 1)
    make(activation="relu")  # expect: TFS101
    K.set_session(sess)


def only_partial(sess):
    make = functools.partial(Dense, 1)
    K.set_session(sess)
    make(activation="relu")


# A list that is copied keeps its elements; one element is what stands there.
def by_index(sess):
    kinds = list([Dense, print])
    kinds[0](1)  # expect: TFS101
    kinds[-1](1)
    K.set_session(sess)


def by_the_other_index(sess):
    kinds = [Dense, print]
    kinds[1](1)
    kinds[-1](1)
    kinds[2](1)
    K.set_session(sess)


# A list that is changed in place is unknown.
def changed_item(sess):
    kinds = [Dense, print]
    kinds[0] = print
    kinds[0](1)
    K.set_session(sess)


def extended(sess, more):
    kinds = [Dense]
    kinds.extend(more)
    kinds[0](1)
    K.set_session(sess)


# Whoever has a list or dict has it changed: a function's caller, another name of it.
def fill(kinds, kind):
    kinds.append(kind)


def filled(sess):
    kinds = []
    fill(kinds, Dense)
    kinds[0](1)  # expect: TFS101
    K.set_session(sess)


def filled_with_another(sess):
    kinds = []
    fill(kinds, print)
    kinds[0](1)
    K.set_session(sess)


def filled_by_another_name(sess):
    kinds = others = []
    others.append(Dense)
    for kind in kinds:
        kind(1)  # expect: TFS101
    K.set_session(sess)


def filled_inside(sess):
    kinds = []

    def fill_it():
        kinds.append(Dense)

    fill_it()
    for kind in kinds:
        kind(1)  # expect: TFS101
    K.set_session(sess)


def set_by_key(kinds):
    kinds["dense"] = Dense


def filled_by_key(sess):
    kinds = {}
    set_by_key(kinds)
    kinds["dense"](1)  # expect: TFS101
    K.set_session(sess)


def added_to(kinds, more):
    kinds += more


def filled_with_unknown(sess, more):
    kinds = []
    added_to(kinds, more)
    for kind in kinds:
        Dense(1)  # expect: TFS101
    K.set_session(sess)


# A copy is another list, and so is one of the same elements; a tuple is never changed.
def copied(sess):
    kinds = [print]
    others, alike = list(kinds), [print]
    others[0] = Dense
    alike[0] = Dense
    for kind in kinds:
        kind(1)
        Dense(1)  # expect: TFS101
    K.set_session(sess)


def emptied_copy(sess):
    kinds = []
    others = sorted(kinds)
    fill(others, Dense)
    for kind in kinds:
        Dense(1)
    K.set_session(sess)


def filled_copy(sess):
    kinds = list(())
    fill(kinds, Dense)
    for kind in kinds:
        kind(1)  # expect: TFS101
    K.set_session(sess)


def tuple_added_to(sess, more):
    kinds = ()
    added_to(kinds, more)
    for kind in kinds:
        Dense(1)
    K.set_session(sess)


# Another list under the same name is not the caller's.
def refill(kinds):
    kinds = []
    fill(kinds, Dense)


def refilled(sess):
    kinds = []
    refill(kinds)
    for kind in kinds:
        kind(1)
        Dense(1)
    K.set_session(sess)


# A dict is followed by its keys, through item assignment too.
def by_key(sess):
    kinds = {"dense": print}
    kinds["dense"] = Dense
    kinds["dense"](1)  # expect: TFS101
    K.set_session(sess)


def by_get(sess):
    kinds = {"dense": Dense, "print": print}
    kinds.get("dense")(1)  # expect: TFS101
    K.set_session(sess)


def by_get_of_another(sess):
    kinds = {"dense": Dense, "print": print}
    kinds.get("print")(1)
    K.set_session(sess)


def unknown_key(sess, key):
    kinds = {"dense": Dense}
    kinds[key] = print
    kinds["dense"](1)
    K.set_session(sess)


# At least one round over a literal or range that can't be empty; none over an empty one.
def over_dict(sess, value):
    for name in {"one": value}:
        K.set_session(sess)
    return Dense(1)


def over_items(sess, value):
    layer = Dense(1)  # expect: TFS101
    for name, each in {"one": value}.items():
        K.set_session(sess)
        return layer


def over_empty_dict(sess):
    for name in {}.keys():
        Dense(1)
    K.set_session(sess)


def over_empty_list(sess):
    for name in []:
        Dense(1)
    K.set_session(sess)


def over_empty_text(sess):
    for letter in "":
        Dense(1)
    K.set_session(sess)


def over_text(sess):
    for letter in "ab":
        K.set_session(sess)
        registered = True
    Dense(1)
    return registered


def over_numbered(sess):
    for number, letter in enumerate(["a", "b"]):
        K.set_session(sess)
    Dense(1)


def over_numbered_unknown(sess, letters):
    for number, (letter, *others) in enumerate(letters):
        K.set_session(sess)
        return None
    for others in zip(letters, [1]):
        Dense(1)  # expect: TFS101
        K.set_session(sess)


def over_keys(sess):
    names = {"one": 1, "two": 2}
    for name in names.keys():
        K.set_session(sess)
    Dense(1)


def over_method(sess):
    names = {"one": 1, "two": 2}
    for name in names.copy():
        K.set_session(sess)
    else:
        Dense(1)  # expect: TFS101
        K.set_session(sess)


def over_range_to_unknown(sess, count):
    for number in range(count, 3):
        Dense(1)  # expect: TFS101
    K.set_session(sess)


def over_empty_range(sess):
    for number in range(3, 3):
        Dense(1)
    K.set_session(sess)


def over_range(sess):
    for number in range(1, 3):
        Dense(1)  # expect: TFS101
    K.set_session(sess)


def over_empty_in_comprehension(sess):
    built = [Dense(1) for name in () for other in range(2)]
    K.set_session(sess)
    return built


# What `and` and `or` of known values are is known.
def known_and(sess, wanted):
    debug = wanted and False
    if debug:
        Dense(1)
    K.set_session(sess)


def known_or(sess, wanted):
    kind = None or Dense
    kind(1)  # expect: TFS101
    if not (wanted or True):
        Dense(1)
    K.set_session(sess)


def first_that_decides(sess, wanted):
    kind = True and print
    kind(1)
    other = print or Dense
    other(1)
    K.set_session(sess)


# What a test tells is kept, by an assignment expression and the operands of `and`, too.
def walrus(sess, given):
    if (wanted := given):
        if not wanted:
            Dense(1)
    K.set_session(sess)


def walrus_value(sess):
    if kind := Dense:
        kind(1)  # expect: TFS101
    K.set_session(sess)


def both(sess, given, other):
    if given and other:
        if not given:
            Dense(1)
        if other is None:
            Dense(1)
    elif other:
        Dense(1)  # expect: TFS101
    K.set_session(sess)


def neither(sess, given, other):
    if given or other:
        if not given:
            Dense(1)  # expect: TFS101
    else:
        if given:
            Dense(1)
    K.set_session(sess)


# An object of the file is called by its `__call__`.
class Builder:
    def __call__(self, units):
        return Dense(units)


class Foreign(tf.Foreign):
    pass


def called(sess):
    build = Builder()
    build(1)  # expect: TFS101
    K.set_session(sess)


def foreign_called(sess):
    build = Foreign()
    build(1)
    K.set_session(sess)


# A function of the file that decorates is called where the function is defined.
def building(function):
    function.layer = Dense(1)
    return function


def decorated(sess):
    @building
    def inner():  # expect: TFS101
        return None

    K.set_session(sess)
    return inner


def decorated_after(sess):
    K.set_session(sess)

    @building
    def inner():
        return None

    return inner


def decorated_by_unknown(sess, decorate):
    @decorate
    def inner():
        return Dense(1)

    inner()
    K.set_session(sess)


def cached(sess):
    @functools.lru_cache
    def inner():
        return Dense(1)

    inner()  # expect: TFS101
    K.set_session(sess)


# A property is executed where it is read, whether it has a setter or not.
class Lazy:
    def __init__(self, sess):
        self.sess = sess

    @property
    def layer(self):
        return Dense(1)

    @layer.setter
    def layer(self, value):
        self.kept = value

    def early(self):
        layer = self.layer  # expect: TFS101
        K.set_session(self.sess)
        return layer

    def late(self):
        K.set_session(self.sess)
        return self.layer


# A path that reads what was deleted can't happen.
class Deleting:
    def __init__(self, sess):
        self.layer = sess
        del self.layer
        if sess is not None:
            Dense(1)
            self.layer.run()
        K.set_session(sess)


# It may have been set through `__dict__`.
class Updated:
    def __init__(self, sess, values):
        self.__dict__.update(values)
        if sess is not None:
            Dense(1)  # expect: TFS101
            self.layer.run()
        K.set_session(sess)

    def set(self, layer):
        self.layer = layer


class NotUpdated:
    def __init__(self, sess, values):
        self.values = values
        if sess is not None:
            Dense(1)
            self.layer.run()
        K.set_session(sess)

    def set(self, layer):
        self.layer = layer


def deleted(sess):
    layer = sess
    del layer
    if sess is not None:
        Dense(1)
        layer.run()
    K.set_session(sess)


# Nor can one that calls what reads it; what always fails is an unknown call.
class DeletingForAnother:
    def __init__(self, sess):
        self.layer = sess
        del self.layer
        if sess is not None:
            Dense(1)
            self.run()
        K.set_session(sess)

    def run(self):
        self.layer.run()


class Failing:
    def __init__(self, sess):
        if sess is not None:
            Dense(1)  # expect: TFS101
            self.run()
        K.set_session(sess)

    def run(self):
        raise NotImplementedError


class FailingInTry(Failing):
    def __init__(self, sess):
        Dense(1)  # expect: TFS101
        self.run()
        K.set_session(sess)

    def run(self):
        try:
            raise NotImplementedError
        finally:
            print("to be written")


# Arguments after an unknown number of others are unknown.
def building_with(first, *others, kind=print, **more):
    return kind(1)


def complete(sess):
    building_with(1, 2, 3, kind=Dense, name="x")  # expect: TFS101
    K.set_session(sess)


def starred(sess, some):
    building_with(*some, Dense, **some)
    K.set_session(sess)


# A generator is an unknown call, and its body another flow's.
def generating(sess):
    yield
    Dense(1)  # expect: TFS101
    K.set_session(sess)


def building_generator():
    Dense(1)
    yield 1


def generator_called(sess):
    building_generator()
    K.set_session(sess)


# Saving a model with `save_model` needs its weights, as `save` does; nothing of another.
def saved(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    keras.models.save_model(model, "model.h5")  # expect: TFS103
    K.set_session(sess)
    return model


def something_saved(sess, model):
    keras.models.save_model(model, "model.h5")
    K.set_session(sess)


# Weights of nothing known to be Keras' are none.
def values_of_unknown(sess, variables):
    K.batch_get_value(variables)
    K.set_session(sess)


# A model in a dict is one.
def values_of_a_dict(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.batch_get_value({"one": model})  # expect: TFS103
    K.set_session(sess)
    return model


def values_of_another_dict(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    K.batch_get_value({"one": model})


# A list that is changed through its bound method is unknown, by whoever calls it.
def appended(sess):
    kinds = [Dense]
    kinds.append(print)
    kinds[0](1)  # expect: TFS101
    K.set_session(sess)


def appended_by_name(sess):
    kinds = []
    append = kinds.append
    append(Dense)
    kinds[0](1)
    K.set_session(sess)


# Targets that are no names are evaluated, and bind nothing.
def targets(sess, table, kind):
    del table["kind"], table.kind.name
    del table.kind
    [table][0] = Dense
    table[1:2] = [Dense]
    table.make()[0] += 1
    (first, *second), table.third = kind, Dense
    second(1)
    table.third(Dense(1))  # expect: TFS101
    K.set_session(sess)


# A declaration binds nothing, and what stands for nothing does nothing.
def declared(sess):
    kind: type = Dense
    other: type
    ...
    print(..., -sess, +1, "a" "b", "a" f"{Dense(1)}")  # expect: TFS101
    kind(1)  # expect: TFS101
    K.set_session(sess)


# A long dict is no empty one.
def long_table(sess):
    table = {
        1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 10: 10, 11: 11,
        12: 1, 13: 2, 14: 3, 15: 4, 16: 5, 17: 6, 18: 7, 19: 8, 20: 9, 21: 10,
        22: 1, 23: 2, 24: 3, 25: 4, 26: 5, 27: 6, 28: 7, 29: 8, 30: 9, 31: 10,
        32: 1, 33: Dense,
    }  # fmt: skip
    if not table:
        Dense(1)
    table[33](1)
    K.set_session(sess)


# What is awaited is evaluated, and so is what a generator yields from.
async def awaited(sess):
    await sess.make(Dense(1))  # expect: TFS101
    K.set_session(sess)


def yielded_from(sess):
    yield from sess.make(Dense(1))  # expect: TFS101
    K.set_session(sess)


# A bare `raise` ends the path.
def raised_again(sess, path):
    try:
        Dense(1)
        path.read()
    except OSError:
        raise
    else:
        return
    K.set_session(sess)


# A loop's test is evaluated before each round.
def tested(sess, rows):
    while rows.more(Dense(1)):  # expect: TFS101
        rows.next()
    K.set_session(sess)


# A class whose bases have no order has none but its own attributes.
class First:
    def build(self):
        return Dense(1)


class Second(First):
    pass


class Impossible(First, Second):
    def run(self, sess):
        self.build()
        K.set_session(sess)


class Possible(Second, First):
    def run(self, sess):
        self.build()  # expect: TFS101
        K.set_session(sess)


# What is compared with None may be anything that a name of another module holds.
def imported_and_none(sess):
    if tf.unknown is None:
        Dense(1)  # expect: TFS101
    K.set_session(sess)


# A decorator made by a call.
@functools.lru_cache()
def cached_by_call():
    return Dense(1)


def calls_cached(sess):
    cached_by_call()  # expect: TFS101
    K.set_session(sess)


# The first operand that decides is the value.
def decided(sess, wanted):
    debug = False and wanted
    if debug:
        Dense(1)
    K.set_session(sess)


# What stands beside an object's attributes is unknown.
class Old(object):
    def name(self, sess):
        if self.__class__.__name__:
            Dense(1)  # expect: TFS101
        K.set_session(sess)

    def make(self):
        return Dense(1)


def made(sess):
    Old().make()  # expect: TFS101
    K.set_session(sess)


# A comprehension's targets may be any.
def comprehended(sess, rows, table):
    built = [Dense(1) for table[0], (row, *rest) in rows]  # expect: TFS101
    table.make().kind = Dense
    K.set_session(sess)
    return built


# A decorator may stand on lines of its own, and be of TensorFlow.
@(
    building
)  # fmt: skip
def decorated_below(sess):
    Dense(1)  # expect: TFS101
    K.set_session(sess)


def decorated_by_tensorflow(sess):
    @tf.function
    def inner():
        return Dense(1)

    inner()
    K.set_session(sess)


# What may never have been set may be deleted.
def deleted_again(sess, wanted):
    if wanted:
        layer = Dense(1)  # expect: TFS101
    del layer
    K.set_session(sess)


# An unknown graph is one.
def in_an_unknown_graph(sess, graph):
    with graph.as_default():
        K.get_session()
        Dense(1)  # expect: TFS101
        K.set_session(sess)


def calls_the_first(first, *others):
    return first(1)


def unknown_before(sess, some):
    calls_the_first(*some, *[Dense])
    K.set_session(sess)


def known_before(sess, some):
    calls_the_first(*[Dense], *some)  # expect: TFS101
    K.set_session(sess)


# Constants are compared.
def compared(sess):
    mode = "train"
    if mode == "test":
        Dense(1)
    if mode != "train":
        Dense(1)
    if mode == "train":
        Dense(1)  # expect: TFS101
    K.set_session(sess)


# What a test tells of an attribute is kept.
class Tested:
    def run(self, sess):
        if self.wanted:
            if not self.wanted:
                Dense(1)
        elif self.wanted is None:
            Dense(1)  # expect: TFS101
        K.set_session(sess)


# A copy of a list has its elements.
def copies(sess):
    for kind in reversed([Dense]):
        kind(1)  # expect: TFS101
        K.set_session(sess)
    for kind in iter((Dense,)):
        kind(1)


# A list that is added to in place is unknown.
def added_in_place(sess, more):
    kinds = [Dense]
    kinds += more
    kinds[0](1)
    K.set_session(sess)


# What another builtin function makes of a list is unknown.
def no_copy(sess):
    kinds = dict([Dense, print])
    kinds[0](1)
    K.set_session(sess)
