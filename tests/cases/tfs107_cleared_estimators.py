import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential
from keras.wrappers.scikit_learn import KerasRegressor

GRAPH_MODE = tf.Session


def build():
    model = Sequential([Dense(1, input_shape=(3,))])
    model.compile("sgd", "mse")
    return model


def clear_and_build():
    K.clear_session()
    return build()


# An estimator's model is of the graph in which it was fitted last.
def fitted_again(x):
    estimator = KerasRegressor(build_fn=build)
    estimator.fit(x, x)
    K.clear_session()
    estimator.fit(x, x)
    return estimator.predict(x)


def fitted_in_each_round(rows):
    estimator = KerasRegressor(build_fn=build)
    for x in rows:
        estimator.fit(x, x)
        print(estimator.predict(x))
        K.clear_session()


def cleared_when_it_is_built(x):
    estimator = KerasRegressor(build_fn=clear_and_build)
    estimator.fit(x, x)
    return estimator.predict(x)


# TFS107: cleared after that.
def cleared(x):
    estimator = KerasRegressor(build_fn=build)
    estimator.fit(x, x)
    K.clear_session()
    return estimator.predict(x)  # expect: TFS107


def cleared_for_another(x):
    first = KerasRegressor(build_fn=clear_and_build)
    second = KerasRegressor(build_fn=clear_and_build)
    first.fit(x, x)
    second.fit(x, x)
    return first.predict(x), second.predict(x)  # expect: TFS107


# In a graph of its own it is not known when that is thrown away.
def in_a_graph(x):
    estimator = KerasRegressor(build_fn=build)
    with tf.Graph().as_default():
        estimator.fit(x, x)
    K.clear_session()
    return estimator.score(x, x)
