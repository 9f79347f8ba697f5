# options: --tf-session-target=2.15
import unittest

import tensorflow as tf
from tensorflow.keras import backend as K

tf.compat.v1.disable_eager_execution()

CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True
TF_VERSION = int(tf.__version__.split(".")[0])


# TFS501: no fallback, no version check.
def plain():
    return tf.Session(config=CONFIG)  # expect: TFS501


# In try, and in its handlers.
def tried():
    try:
        return tf.Session(config=CONFIG)
    except AttributeError:
        return tf.compat.v1.Session(config=CONFIG)


def tried_the_other_way():
    try:
        return tf.compat.v1.Session(config=CONFIG)
    except AttributeError:
        return tf.Session(config=CONFIG)


def tried_registration(sess):
    try:
        K.set_session(sess)
    except AttributeError:
        tf.compat.v1.keras.backend.set_session(sess)


# After the try it is no fallback.
def after_the_try(path):
    try:
        path.unlink()
    except OSError:
        pass
    return tf.Session(config=CONFIG)  # expect: TFS501


# Under a version check, in either branch.
def version_checked():
    if tf.__version__.startswith("1."):
        return tf.Session(config=CONFIG)
    else:
        return tf.compat.v1.Session(config=CONFIG)


def version_checked_the_other_way():
    if tf.__version__ >= "2":
        return tf.compat.v1.Session(config=CONFIG)
    else:
        return tf.Session(config=CONFIG)


def version_constant():
    if TF_VERSION < 2:
        return tf.Session(config=CONFIG)
    else:
        return tf.compat.v1.Session(config=CONFIG)


def version_attribute():
    if tf.version.VERSION < "2":
        return tf.Session(config=CONFIG)
    else:
        return tf.compat.v1.Session(config=CONFIG)


def has_attribute():
    if hasattr(tf, "Session"):
        return tf.Session(config=CONFIG)
    else:
        return tf.compat.v1.Session(config=CONFIG)


# An if that checks something else.
def other_check(gpu):
    if gpu:
        return tf.Session(config=CONFIG)  # expect: TFS501
    else:
        return tf.compat.v1.Session(config=CONFIG)


# A version check of another place.
def after_the_check():
    if TF_VERSION < 2:
        print("TensorFlow 1")
    return tf.Session(config=CONFIG)  # expect: TFS501


# A block inside the check.
def nested_check(gpu):
    if TF_VERSION < 2:
        if gpu:
            return tf.Session(config=CONFIG)
    return tf.compat.v1.Session(config=CONFIG)


# The conditional expression is a version check as well.
def conditional_expression():
    return tf.Session(config=CONFIG) if hasattr(tf, "Session") else None


# Decorators that tell versions apart, on functions and classes.
@unittest.skipIf(tf.__version__[0] == "2", reason="TensorFlow 1 alone")
def skipped():
    return tf.Session(config=CONFIG)


@unittest.skipIf(tf.__version__[0] == "2", reason="TensorFlow 1 alone")
class Skipped(unittest.TestCase):
    def setUp(self):
        self.session = tf.Session(config=CONFIG)


@unittest.skip("slow")
def skipped_for_another_reason():
    return tf.Session(config=CONFIG)  # expect: TFS501


# What follows a version's `return` is for the others.
def left_early():
    if tf.__version__.startswith("2"):
        return None
    return tf.Session(config=CONFIG)


def raised_early():
    if tf.__version__.startswith("2"):
        raise RuntimeError("TensorFlow 1 alone")
    return tf.Session(config=CONFIG)


def went_on():
    if tf.__version__.startswith("2"):
        print("TensorFlow 2")
    return tf.Session(config=CONFIG)  # expect: TFS501


# A name for what the version is.
IS_NEW = tf.__version__.startswith("2")


def told_by_name():
    if IS_NEW:
        return tf.compat.v1.Session(config=CONFIG)
    return tf.Session(config=CONFIG)
