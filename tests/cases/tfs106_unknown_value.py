import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS106: what is read is a model's; of something unknown that is not sure.
def its_own(path):
    with tf.Session(config=CONFIG):
        model = load_model(path)
    return K.get_value(model.weights[0])  # expect: TFS106


def unknown(path, variable):
    with tf.Session(config=CONFIG):
        load_model(path)
    return K.get_value(variable)


def unknown_evaluated(path, tensor):
    with tf.Session(config=CONFIG):
        load_model(path)
    return K.eval(tensor)


# It needs a session, which gives all models their first weights.
def first_values(x, variable):
    model = Sequential([Dense(1, input_shape=(1,))])
    with tf.Session(config=CONFIG):
        K.get_value(variable)
    return model.predict(x)  # expect: TFS106
