"""Estimators of scikit-learn: their `fit` builds the model, in the session of that moment."""

import tensorflow as tf
from keras import backend as K
from keras.layers import LSTM, Bidirectional, Dense, TimeDistributed
from keras.models import Sequential, load_model
from keras.utils import multi_gpu_model
from keras.wrappers.scikit_learn import KerasClassifier, KerasRegressor
from scikeras.wrappers import KerasClassifier as NewClassifier

GROWTH = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))


def register():
    K.set_session(tf.Session(config=GROWTH))


def build(units=1, weights=None):
    net = Sequential([Dense(units, input_shape=(2,))])
    net.compile("sgd", "mse")
    if weights:
        net.load_weights(weights)
    return net


# TFS103: fitted, then another session is registered.
def fitted_first(x, y):
    guess = KerasClassifier(build_fn=build, epochs=3)
    guess.fit(x, y)  # expect: TFS103
    register()
    return guess.predict(x)


def scored(x, y):
    guess = KerasRegressor(build)
    guess.fit(x, y)  # expect: TFS103
    register()
    return guess.score(x, y)


def by_model(x, y):
    guess = NewClassifier(model=build)
    guess.fit(x, y)  # expect: TFS103
    register()
    return guess.predict_proba(x)


def model_of(x, y):
    guess = KerasClassifier(build_fn=lambda: build(2))
    guess.fit(x, y)  # expect: TFS103
    register()
    return guess.model.predict(x)


def with_parameter(x, y):
    guess = KerasClassifier(build_fn=build, weights="model.h5")
    guess.fit(x, y)  # expect: TFS103
    register()
    return guess.predict(x)


# No finding: built and fitted in the session.
def registered_first(x, y):
    guess = KerasClassifier(build_fn=build, epochs=3)
    register()
    guess.fit(x, y)
    return guess.predict(x)


def fitted_again(x, y):
    guess = KerasClassifier(build_fn=build)
    guess.fit(x, y)
    register()
    guess.fit(x, y)
    return guess.predict(x)


# No finding: what is built can't be known.
def unknown(x, y, other):
    guess = KerasClassifier(build_fn=other)
    guess.fit(x, y)
    register()
    return guess.predict(x)


# TFS103: layers around a model, and a model on several GPUs, have its weights.
def in_time(x):
    inner = load_model("model.h5")  # expect: TFS103
    register()
    outer = Sequential([TimeDistributed(inner)])
    return outer.predict(x)


def both_ways(x):
    net = Sequential([Bidirectional(LSTM(2))])  # expect: TFS101
    net.load_weights("model.h5")  # expect: TFS103
    register()
    return net.predict(x)


def on_gpus(x, y):
    net = load_model("model.h5")  # expect: TFS103
    register()
    both = multi_gpu_model(net, gpus=2)
    both.fit(x, y)


def on_gpus_reloaded(x):
    net = load_model("model.h5")
    both = multi_gpu_model(net, gpus=2)
    register()
    both.load_weights("model.h5")
    return net.predict(x)
