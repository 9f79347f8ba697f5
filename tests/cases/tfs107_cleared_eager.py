import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.models import load_model


# Nothing here leaves the eager execution of TensorFlow 2, where it is right.
def cleared(path, x):
    model = load_model(path)
    K.clear_session()
    return model.predict(x)


def reset(path, x):
    model = load_model(path)
    tf.compat.v1.reset_default_graph()
    return model.predict(x)


def closed(path, x):
    model = load_model(path)
    tf.compat.v1.keras.backend.get_session().close()
    return model.predict(x)
