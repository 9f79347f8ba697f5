import importlib
from importlib import import_module

from tensorflow.compat.v1.keras import backend as K

models = importlib.import_module("news.models")
layers = import_module("tensorflow.keras.layers")


def train(sess, x):
    model = models.build()  # expect: TFS103
    K.set_session(sess)
    model.predict(x)


def train_here(sess, x):
    model = import_module("news.models").build()  # expect: TFS103
    K.set_session(sess)
    model.predict(x)


def train_registered(sess, x):
    models.build_registered(sess).predict(x)


def of_a_library(sess):
    layer = layers.Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


def of_a_name_that_is_not_known(sess, name, x):
    model = import_module(name).build()
    K.set_session(sess)
    model.predict(x)


def of_a_package(sess, x):
    model = import_module(".models", "news").build()
    K.set_session(sess)
    model.predict(x)
