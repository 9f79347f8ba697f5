import tensorflow as tf
from foreign import pick


# What an `assert` tells is kept; the config may be None where nothing asks.
def asserted(config=None):
    assert config is not None
    return tf.Session(config=config)


def asserted_of_two(a, given):
    config = None if a else given
    assert config is not None, "no config"
    return tf.Session(config=config)


def asserted_of_something_else(a, given):
    config = None if a else given
    assert given is not None
    return tf.Session(config=config)  # expect: TFS201


def asserted_known(a):
    config = None if a else tf.ConfigProto()
    assert config is not None
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


def asserted_too_late(a, given):
    config = None if a else given
    session = tf.Session(config=config)  # expect: TFS201
    assert config is not None
    return session


def asserted_and_caught(a, given):
    config = None if a else given
    try:
        assert config is not None, pick(config)
    except AssertionError:
        config = given
    return tf.Session(config=config)


def asserted_and_caught_too_late(a):
    config = None
    try:
        assert config is not None
    except AssertionError:
        a.note("none")
    return tf.Session(config=config)  # expect: TFS201


# Nothing follows an `assert` that fails.
def failed():
    config = None
    assert config is not None
    return tf.Session(config=config)


# An early `raise` or `return`, with the test in any spelling.
def raised(a, given):
    config = None if a else given
    if config is None:
        raise ValueError
    return tf.Session(config=config)


def raised_reversed(a, given):
    config = None if a else given
    if None is config:
        raise ValueError
    return tf.Session(config=config)


def returned_where_it_is_false(a, given):
    config = None if a else given
    if not config:
        return None
    return tf.Session(config=config)


def returned_where_bool_is_false(a, given):
    config = None if a else given
    if not bool(config):
        return None
    return tf.Session(config=config)


def returned_where_it_is_not_none(a, given):
    config = None if a else given
    if config is not None:
        return None
    return tf.Session(config=config)  # expect: TFS201


def replaced(a, given):
    config = None if a else given
    if config is None:
        config = pick(given)
    return tf.Session(config=config)


def replaced_by_or(a, given, default):
    config = None if a else given
    config = config or default
    return tf.Session(config=config)


def replaced_by_a_conditional(a, given, default):
    config = None if a else given
    config = config if config is not None else pick(default)
    return tf.Session(config=config)


def one_of_two_tests(a, given):
    config = None if a else given
    if config is None and given:
        raise ValueError
    return tf.Session(config=config)  # expect: TFS201


def both_tests(a, given):
    config = None if a else given
    if config is not None and pick(config):
        return tf.Session(config=config)
    return None


# What is None is no object of a class, has no attributes, and equals nothing else.
def instance_of(a, given):
    config = None if a else given
    assert isinstance(config, tf.ConfigProto)
    return tf.Session(config=config)


def instance_of_one_of_two(a, given):
    config = None if a else given
    if not isinstance(config, (dict, tf.ConfigProto)):
        raise TypeError
    return tf.Session(config=config)


def instance_of_none_too(a, given):
    config = None if a else given
    assert isinstance(config, (tf.ConfigProto, type(None)))
    return tf.Session(config=config)  # expect: TFS201


def instance_of_anything(a, given):
    config = None if a else given
    assert isinstance(config, object)
    return tf.Session(config=config)  # expect: TFS201


def no_instance_of(a, given):
    config = None if a else given
    if isinstance(config, tf.ConfigProto):
        return None
    return tf.Session(config=config)  # expect: TFS201


def instance_of_known():
    config = None
    if isinstance(config, tf.ConfigProto):
        return tf.Session(config=config)
    return None


def of_a_type(a, given):
    config = None if a else given
    if type(config) is not tf.ConfigProto:
        raise TypeError
    return tf.Session(config=config)


def of_the_type_of_none(a, given):
    config = None if a else given
    if type(config) is not type(None):
        raise TypeError
    return tf.Session(config=config)  # expect: TFS201


def with_an_attribute(a, given):
    config = None if a else given
    assert hasattr(config, "gpu_options")
    return tf.Session(config=config)


def equal_to_a_constant(a, given):
    config = None if a else given
    if config == "default":
        return tf.Session(config=config)
    return tf.Session(config=config)  # expect: TFS201


# A name that is bound in the test.
def bound_in_the_test(a, given):
    if (config := None if a else given) is None:
        return None
    return tf.Session(config=config)


def bound_once_more_in_the_test(a, given):
    config = None if a else given
    if config is None and (config := pick(given)) is not None:
        return tf.Session(config=config)
    return None


# A loop is left where its test does not hold, however many rounds that takes.
def asked_until_it_is_there(a, given):
    config = None
    while config is None:
        config = None if a else given
    return tf.Session(config=config)


def asked_until_it_is_true(a, given):
    config = None
    while not config:
        config = None if a else given
    return tf.Session(config=config)


def asked_until_it_is_made(a):
    config = None
    while config is None:
        if a.more():
            config = tf.ConfigProto()
            config.gpu_options.allow_growth = True
    return tf.Session(config=config)


def left_by_a_break(a, given):
    config = None
    while config is None:
        if given:
            break
        config = pick(a)
    return tf.Session(config=config)  # expect: TFS201


# Attributes of objects and classes.
class Trainer:
    def __init__(self, a, given):
        self.config = None if a else given

    def checked(self):
        assert self.config is not None and self.name
        return tf.Session(config=self.config)

    def unchecked(self):
        return tf.Session(config=self.config)  # expect: TFS201

    def checked_outside(self):
        return tf.Session(config=self.config)


def attribute(a, given):
    trainer = Trainer(a, given)
    trainer.unchecked()
    trainer.checked()
    assert trainer.config is not None
    trainer.checked_outside()


class Holder:
    def __init__(self, a, given):
        self.trainer = Trainer(a, given)


def attribute_of_an_attribute(a, given):
    holder = Holder(a, given)
    if holder.trainer.config is None:
        return None
    return tf.Session(config=holder.trainer.config)


class Settings:
    config = None

    @classmethod
    def asked(cls):
        if cls.config is None:
            return tf.Session(config=cls.config)  # expect: TFS201
        return tf.Session(config=cls.config)


# A function that rejects what it is given goes on only with what it takes.
def reject_none(config):
    if config is None:
        raise ValueError("no config")


def rejected(a):
    config = None
    if a:
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
    reject_none(config)
    return tf.Session(config=config)


def rejected_and_caught(a):
    config = None
    try:
        reject_none(config)
    except ValueError:
        a.note("none")
    return tf.Session(config=config)  # expect: TFS201


# One that raises whatever it is given is made by somebody else.
def not_written_yet(config):
    assert False, "to do"


def nobody_knows(a):
    config = None
    not_written_yet(config)
    return tf.Session(config=config)  # expect: TFS201
