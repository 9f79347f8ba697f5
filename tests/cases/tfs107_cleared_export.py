import tensorflow as tf
from keras import backend as K
from keras.models import load_model


# `tf.saved_model.simple_save` is a name of TensorFlow 1 alone, which runs no other than graph mode.
def export(session, path, folder):
    model = load_model(path)
    tf.saved_model.simple_save(session, folder, {"x": model.input}, {"y": model.output})


def cleared(path, x):
    model = load_model(path)
    K.clear_session()
    return model.predict(x)  # expect: TFS107


def loaded_after(path, x):
    K.clear_session()
    return load_model(path).predict(x)
