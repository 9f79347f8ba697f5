import sys

import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras import layers

tf.compat.v1.disable_eager_execution()

CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# A list that only some rounds fill may be empty or not: both branches happen.
def filled_in_a_loop(flags):
    left = []
    for flag in flags:
        if flag:
            left.append(flag)
    if left:
        dense = layers.Dense(1)  # expect: TFS101
        K.set_session(tf.compat.v1.Session(config=CONFIG))
        return dense
    return None


def stays_empty():
    left = []
    if left:
        dense = layers.Dense(1)
        K.set_session(tf.compat.v1.Session(config=CONFIG))
        return dense
    return None


# An attribute that one branch sets is not that value on all paths.
class Large:
    large = False

    def __init__(self, size):
        if size > 9:
            self.large = True
        if not self.large:
            self.dense = layers.Dense(1)  # expect: TFS101
            K.set_session(tf.compat.v1.Session(config=CONFIG))


# What a function sets on another object says nothing about the attributes of `self`.
def name_it(thing):
    thing.title = "a"


class Titled:
    def __init__(self):
        print(self.title)
        self.dense = layers.Dense(1)  # expect: TFS101
        K.set_session(tf.compat.v1.Session(config=CONFIG))


# A table of classes with a key of the run: any of them may be meant.
class Small:
    def __init__(self):
        self.dense = layers.Dense(1)


class Lazy:
    def __init__(self):
        self.dense = None


KINDS = {"small": Small, "lazy": Lazy}
LAZY = {"lazy": Lazy, "other": Lazy}


def any_kind():
    made = KINDS[sys.argv[1]]()  # expect: TFS101
    K.set_session(tf.compat.v1.Session(config=CONFIG))
    return made


def only_lazy():
    made = LAZY[sys.argv[1]]()
    K.set_session(tf.compat.v1.Session(config=CONFIG))
    return made


def named_kind():
    made = KINDS["lazy"]()
    K.set_session(tf.compat.v1.Session(config=CONFIG))
    return made


# A base's method called by its class's name knows what `super()` is.
class Root:
    def __init__(self):
        K.set_session(tf.compat.v1.Session(config=CONFIG))


class Middle(Root):
    def __init__(self):
        super().__init__()


class Leaf(Middle):
    def __init__(self):
        self.dense = layers.Dense(1)  # expect: TFS101
        Middle.__init__(self)
