import os

import tensorflow as tf
from keras import backend as K

import foreign


# What is asked of a config changes nothing; unknown methods of it may.
def serialized():
    config = tf.ConfigProto()
    text = config.SerializeToString()
    return text, tf.Session(config=config)  # expect: TFS201


def parsed(text):
    config = tf.ConfigProto()
    config.ParseFromString(text)
    return tf.Session(config=config)


# A config that hides the GPUs is fine, and so is one that may.
def hidden_by_item():
    config = tf.ConfigProto()
    config.device_count["GPU"] = 0
    return tf.Session(config=config)


def other_device_by_item():
    config = tf.ConfigProto()
    config.device_count["CPU"] = 1
    return tf.Session(config=config)  # expect: TFS201


def may_be_hidden():
    config = tf.ConfigProto()
    foreign.hide(config.device_count)
    return tf.Session(config=config)


def hidden_by_update():
    config = tf.ConfigProto()
    config.device_count.update({"GPU": 0})
    return tf.Session(config=config)


# Options that are assigned to a config are unknown.
def assigned_options(options):
    config = tf.ConfigProto()
    config.gpu_options = options
    return tf.Session(config=config)


def assigned_something_else(options):
    config = tf.ConfigProto()
    config.graph_options = options
    return tf.Session(config=config)  # expect: TFS201


# What was assigned is what is read.
def grows_unless_it_does():
    config = tf.ConfigProto()
    if not config.gpu_options.allow_growth:
        config.gpu_options.allow_growth = True
    return tf.Session(config=config)


def grows_if_it_does():
    config = tf.ConfigProto()
    if config.gpu_options.allow_growth:
        config.gpu_options.allow_growth = True
    return tf.Session(config=config)  # expect: TFS201


# A path on which CUDA_VISIBLE_DEVICES hides the GPUs is fine.
def updated():
    os.environ.update({"CUDA_VISIBLE_DEVICES": "-1"})
    return tf.Session()


def updated_by_keyword():
    os.environ.update(CUDA_VISIBLE_DEVICES="")
    return tf.Session()


def updated_to_one():
    os.environ.update({"CUDA_VISIBLE_DEVICES": "0"}, NAME="")
    return tf.Session()  # expect: TFS201


def updated_by_unknown(variables):
    os.environ.update({"HOME": "-1"}, variables, LANG="")
    return tf.Session()  # expect: TFS201


def another_dict():
    foreign.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    return tf.Session()  # expect: TFS201


# The session that is entered is the default one.
def default_session():
    with tf.Session() as sess:  # expect: TFS201
        K.set_session(tf.get_default_session())
    return sess


# Unknown code that is given an object's method may change the object.
class Settings:
    def __init__(self):
        self.config = tf.ConfigProto()

    def handle(self):
        return self.config

    def given(self):
        foreign.call(self.handle)
        return tf.Session(config=self.config)

    def kept(self):
        self.config = tf.ConfigProto()
        return tf.Session(config=self.config)  # expect: TFS201


# `super()` of an unknown class may change the object; Keras' own classes do not.
class OfUnknown(foreign.Base):
    def make(self):
        self.config = tf.ConfigProto()
        super().setup()
        return tf.Session(config=self.config)


class OfKeras(tf.keras.Model):
    def make(self):
        self.config = tf.ConfigProto()
        super().summary()
        return tf.Session(config=self.config)  # expect: TFS201


# A parameter that was not passed has its default.
def with_default(config=None):
    if config is None:
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
    return tf.Session(config=config)


def passes_nothing():
    return with_default()


def passes_none():
    return with_default(None)


def without_growth(config=None):
    if config is not None:
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
    return tf.Session(config=config)  # expect: TFS201


def passes_no_config():
    return without_growth()  # expect: TFS201


# Only a comparison with None tells that something is None.
def compared(config):
    if config == 1:
        return tf.Session(config=config)
    if config is None:
        return tf.Session(config=config)  # expect: TFS201
    return config


# What consumes a generator is an unknown call: what it is a method of may be changed.
class Generating:
    def steps(self):
        yield self

    def make(self):
        self.config = tf.ConfigProto()
        for _ in self.steps():
            pass
        return tf.Session(config=self.config)

    def make_by_list(self):
        self.config = tf.ConfigProto()
        list(self.steps())
        return tf.Session(config=self.config)

    def make_by_next(self):
        self.config = tf.ConfigProto()
        steps = self.steps()
        steps.send(None)
        return tf.Session(config=self.config)

    def make_by_star(self):
        self.config = tf.ConfigProto()
        print(*self.steps())
        return tf.Session(config=self.config)

    def make_by_comprehension(self):
        self.config = tf.ConfigProto()
        print([step for step in self.steps()])
        return tf.Session(config=self.config)

    def make_unpacked(self):
        self.config = tf.ConfigProto()
        (step,) = self.steps()
        return tf.Session(config=self.config)

    def make_while_generating(self):
        self.config = tf.ConfigProto()
        yield from self.steps()
        tf.Session(config=self.config)

    def make_unconsumed(self):
        self.config = tf.ConfigProto()
        self.steps()
        return tf.Session(config=self.config)  # expect: TFS201

    def make_before(self):
        self.config = tf.ConfigProto()
        sess = tf.Session(config=self.config)  # expect: TFS201
        self.steps()
        return sess


# What growth a config has may be asked for.
def asks_for_growth(sess):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    if not config.gpu_options.allow_growth:
        tf.Session()
    return tf.Session(config=config)


def asks_for_no_growth(sess):
    config = tf.ConfigProto()
    if not config.gpu_options.allow_growth:
        tf.Session()  # expect: TFS201
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)
