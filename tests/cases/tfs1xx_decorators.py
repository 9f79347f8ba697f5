import functools
from functools import cache, cached_property, lru_cache, wraps

import tensorflow.compat.v1 as tf
from library import cleared
from tensorflow.keras import backend as K
from tensorflow.keras.models import load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# A decorator of the file whose inner function has the name of the outer one.
def timed(function):
    @wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)

    return inner


def labelled(label):
    def decorator(function):
        @functools.wraps(function)
        def inner(*args, **kwargs):
            print(label)
            return function(*args, **kwargs)

        return inner

    return decorator


def registering(function):
    @wraps(function)
    def inner(sess):
        K.set_session(sess)
        return function(sess)

    return inner


@timed
def build():
    return load_model("model.h5")


@labelled("building")
def build_labelled():
    return load_model("model.h5")


@registering
def build_registered(sess):
    return load_model("model.h5")


@cleared.after()
def build_unknown():
    return load_model("model.h5")


def wrapped(sess, x):
    model = build()  # expect: TFS103
    K.set_session(sess)
    model.predict(x)


def wrapped_by_a_factory(sess, x):
    model = build_labelled()  # expect: TFS103
    K.set_session(sess)
    model.predict(x)


def wrapped_and_registered(sess, x):
    model = build_registered(sess)
    model.predict(x)


def wrapped_by_others(sess, x):
    model = build_unknown()
    K.set_session(sess)
    model.predict(x)


# A class as a decorator, and an object of one.
class Counted:
    def __init__(self, function):
        self.function = function
        self.count = 0

    def __call__(self, *args):
        self.count += 1
        return self.function(*args)


class Retry:
    def __init__(self, times):
        self.times = times

    def __call__(self, function):
        return function


@Counted
def build_counted():
    return load_model("model.h5")


@Retry(3)
def build_again():
    return load_model("model.h5")


def counted(sess, x):
    model = build_counted()  # expect: TFS103
    K.set_session(sess)
    model.predict(x)


def counted_after(sess, x):
    K.set_session(sess)
    build_counted().predict(x)


def retried(sess, x):
    model = build_again()  # expect: TFS103
    K.set_session(sess)
    model.predict(x)


# A function with a cache returns the same for the same arguments.
@lru_cache(maxsize=None)
def cached():
    return load_model("model.h5")


@cache
def cached_by(name):
    return load_model(name)


@functools.lru_cache
def session(name):
    print(name)
    return tf.Session(config=CONFIG)


def built(name):
    return load_model(name)


cached_by_call = lru_cache(built)


def built_by_the_first(sess, x):
    cached()  # expect: TFS103
    K.set_session(sess)
    cached().predict(x)


def built_after(sess, x):
    K.set_session(sess)
    cached()
    cached().predict(x)


def built_by_the_first_of_a_name(sess, x):
    cached_by("small.h5")  # expect: TFS103
    K.set_session(sess)
    cached_by("small.h5").predict(x)


def built_by_another_name(sess, x):
    cached_by("small.h5")
    K.set_session(sess)
    cached_by("large.h5").predict(x)


def built_by_a_name_that_is_not_known(sess, name, x):
    cached_by(name)
    K.set_session(sess)
    cached_by(name).predict(x)


def built_by_a_call(sess, x):
    model = cached_by_call("small.h5")  # expect: TFS103
    K.set_session(sess)
    model.predict(x)


def one_session(x):
    K.set_session(session("main"))
    model = load_model("model.h5")
    with session("main").as_default():
        model.predict(x)


def two_sessions(x):
    K.set_session(session("main"))
    model = load_model("model.h5")
    with session("other").as_default():
        model.predict(x)  # expect: TFS106


# A method with a cache, by its object.
class Models:
    @lru_cache(maxsize=8)
    def get(self, name):
        return load_model(name)

    @cached_property
    def main(self):
        return load_model("model.h5")

    @cached_property
    def session(self):
        return tf.Session(config=CONFIG)


def method(sess, x):
    models = Models()
    models.get("small.h5")  # expect: TFS103
    K.set_session(sess)
    models.get("small.h5").predict(x)


def method_after(sess, x):
    models = Models()
    K.set_session(sess)
    models.get("small.h5").predict(x)


# A cached property is executed once.
def read_first(sess, x):
    models = Models()
    models.main  # expect: TFS103
    K.set_session(sess)
    models.main.predict(x)


def read_after(sess, x):
    models = Models()
    K.set_session(sess)
    models.main.predict(x)


def its_one_session(x):
    models = Models()
    K.set_session(models.session)
    model = load_model("model.h5")
    with models.session.as_default():
        model.predict(x)


def read_by_its_name(x):
    models = Models()
    K.set_session(getattr(models, "session"))  # noqa: B009
    return load_model("model.h5")
