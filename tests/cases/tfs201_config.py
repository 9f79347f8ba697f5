import contextlib
import functools

import tensorflow as tf


# ConfigProto(gpu_options=...) with growth.
def options_in_the_call():
    config = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))
    return tf.Session(config=config)


def options_without_growth():
    config = tf.ConfigProto(gpu_options=tf.GPUOptions())
    return tf.Session(config=config)  # expect: TFS201


def options_growth_false():
    config = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=False))
    return tf.Session(config=config)  # expect: TFS201


def all_in_one():
    return tf.Session(config=tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True)))


# Options set before they are copied.
def options_assigned():
    options = tf.GPUOptions()
    options.allow_growth = True
    config = tf.ConfigProto(gpu_options=options)
    return tf.Session(config=config)


# gpu_options is a view of the config.
def view():
    config = tf.ConfigProto()
    options = config.gpu_options
    options.allow_growth = True
    return tf.Session(config=config)


def view_false():
    config = tf.ConfigProto()
    options = config.gpu_options
    options.allow_growth = False
    return tf.Session(config=config)  # expect: TFS201


# A config followed by value: two names, one config.
def two_names():
    config = tf.ConfigProto()
    same = config
    same.gpu_options.allow_growth = True
    return tf.Session(config=config)


# Two configs: only one of them grows.
def two_configs():
    growing = tf.ConfigProto()
    plain = tf.ConfigProto()
    growing.gpu_options.allow_growth = True
    first = tf.Session(config=growing)
    second = tf.Session(config=plain)  # expect: TFS201
    return first, second


# The name is bound to another config later; the session got the first.
def rebound():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    first = tf.Session(config=config)
    config = tf.ConfigProto()
    second = tf.Session(config=config)  # expect: TFS201
    return first, second


# A value that can't be known: an argument.
def unknown_value(growth):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = growth
    return tf.Session(config=config)


def unknown_value_in_the_call(flags):
    options = tf.GPUOptions(allow_growth=flags.growth)
    return tf.Session(config=tf.ConfigProto(gpu_options=options))


def unknown_options(options):
    return tf.Session(config=tf.ConfigProto(gpu_options=options))


def unknown_keywords(**settings):
    return tf.Session(config=tf.ConfigProto(**settings))


# CopyFrom.
def copied_options(options):
    config = tf.ConfigProto()
    config.gpu_options.CopyFrom(options)
    return tf.Session(config=config)


def copied_config(other):
    config = tf.ConfigProto()
    config.CopyFrom(other)
    return tf.Session(config=config)


# setattr.
def by_setattr():
    config = tf.ConfigProto()
    setattr(config.gpu_options, "allow_growth", True)
    return tf.Session(config=config)


# An object that escaped to unknown code.
def escaped():
    from somewhere import tune

    config = tf.ConfigProto()
    tune(config)
    return tf.Session(config=config)


def escaped_options():
    from somewhere import tune

    config = tf.ConfigProto()
    tune(config.gpu_options)
    return tf.Session(config=config)


# An unknown call that didn't get it.
def not_escaped():
    from somewhere import tune

    config = tf.ConfigProto()
    tune()
    return tf.Session(config=config)  # expect: TFS201


# An assignment of growth to something else.
def other_attribute(other):
    config = tf.ConfigProto()
    other.gpu_options.allow_growth = True
    return tf.Session(config=config)  # expect: TFS201


# The compat names.
def compat():
    config = tf.compat.v1.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.compat.v1.Session(config=config)


def compat_options():
    options = tf.compat.v1.GPUOptions(allow_growth=True)
    return tf.compat.v1.Session(config=tf.compat.v1.ConfigProto(gpu_options=options))


def compat_without():
    return tf.compat.v1.Session(config=tf.compat.v1.ConfigProto())  # expect: TFS201


# Options as a dict that no session gets.
def options_as_a_dict():
    tf.ConfigProto(gpu_options={"allow_growth": True})  # expect: TFS203


# What is executed twice may copy in a circle.
@contextlib.contextmanager
def twice():
    yield
    yield


def copied_in_a_circle():
    config = tf.ConfigProto()
    with twice():
        config = tf.ConfigProto(gpu_options=config.gpu_options)
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


# Of equal keys of a dict the last counts.
def given_twice():
    options = {"allow_growth": True, "allow_growth": False}
    return tf.Session(config=tf.ConfigProto(gpu_options=options))  # expect: TFS201


def given_twice_right():
    options = {"allow_growth": False, "allow_growth": True}
    return tf.Session(config=tf.ConfigProto(gpu_options=options))


# Where a config can be got from what holds it, growth may come that way.
def by_the_parts_of_a_partial(make):
    config = tf.ConfigProto()
    partial = functools.partial(make, config)
    partial.args[0].gpu_options.allow_growth = True
    return tf.Session(config=config)


def by_the_parts_of_another(make):
    config = tf.ConfigProto()
    partial = functools.partial(make, tf.ConfigProto())
    partial.args[0].gpu_options.allow_growth = True
    return tf.Session(config=config)  # expect: TFS201


def by_an_unknown_key(kind):
    config = tf.ConfigProto()
    configs = {"train": config}
    configs.get(kind).gpu_options.allow_growth = True
    return tf.Session(config=config)


def by_a_known_key(kind):
    config = tf.ConfigProto()
    configs = {"train": config, "test": tf.ConfigProto()}
    configs.get("test").gpu_options.allow_growth = True  # expect: TFS203
    return tf.Session(config=config)  # expect: TFS201
