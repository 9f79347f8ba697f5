import functools

import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()


# A decorator that returns the function, or one that calls it: however many functions it decorates,
# what each does is known.
def symbolic(function):
    if tf.__version__ < "2":
        return function

    @functools.wraps(function)
    def wrapper(*args):
        print(function.__name__)
        return function(*args)

    return wrapper


@symbolic
def layer_0(units):
    return Dense(units)


@symbolic
def layer_1(units):
    return Dense(units)


@symbolic
def layer_2(units):
    return Dense(units)


@symbolic
def layer_3(units):
    return Dense(units)


@symbolic
def layer_4(units):
    return Dense(units)


@symbolic
def layer_5(units):
    return Dense(units)


@symbolic
def layer_6(units):
    return Dense(units)


@symbolic
def layer_7(units):
    return Dense(units)


@symbolic
def layer_8(units):
    return Dense(units)


@symbolic
def loaded(path):
    model = load_model(path)
    model.predict([0])
    return model


def registered_after(path, sess):
    model = loaded(path)  # expect: TFS103
    K.set_session(sess)
    return model.predict([layer_8(1)])


def registered_before(path, sess):
    K.set_session(sess)
    model = loaded(path)
    return model.predict([layer_8(1)])
