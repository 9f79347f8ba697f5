import tensorflow as tf
from keras import backend as K
from keras.models import load_model

tf.enable_eager_execution()


# TensorFlow 1 runs eagerly, too, if it is asked to.
def cleared(path, x):
    model = load_model(path)
    K.clear_session()
    return model.predict(x), tf.to_float(x)
