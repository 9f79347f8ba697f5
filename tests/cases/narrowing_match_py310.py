import tensorflow as tf
from foreign import names


# What a pattern tells is kept.
def not_none_after_none(a, given):
    config = None if a else given
    match config:
        case None:
            return None
    return tf.Session(config=config)


def none_in_its_case(a, given):
    config = None if a else given
    match config:
        case None:
            return tf.Session(config=config)  # expect: TFS201
        case tf.ConfigProto() | {"growth": _} | [*_] as given_config:
            return tf.Session(config=config), given_config
        case "default" | True:
            return tf.Session(config=config)


def none_under_a_guard(a, given):
    config = None if a else given
    match config:
        case None if given:
            return None
    return tf.Session(config=config)  # expect: TFS201


def none_or_something_else(a, given):
    config = None if a else given
    match config:
        case None | "default":
            return tf.Session(config=config)  # expect: TFS201
        case other:
            return tf.Session(config=config), other


def a_name_that_may_be_none(a, given):
    config = None if a else given
    match config:
        case names.NOTHING:
            return tf.Session(config=config)  # expect: TFS201
        case {"growth": _} | "default":
            return tf.Session(config=config)
        case names.OTHER | None:
            return None
        case other:
            return tf.Session(config=config), other
