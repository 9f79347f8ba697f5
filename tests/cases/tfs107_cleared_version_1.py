import tensorflow as tf
from keras import backend as K
from keras.models import load_model


# `tf.reset_default_graph` is a name of TensorFlow 1 alone, which runs no other than graph mode.
def reset(path, x):
    model = load_model(path)
    tf.reset_default_graph()
    return model.predict(x)  # expect: TFS107


def cleared(path, x):
    model = load_model(path)
    K.clear_session()
    return model.predict(x)  # expect: TFS107


def built_again(path, x):
    tf.reset_default_graph()
    return load_model(path).predict(x)
