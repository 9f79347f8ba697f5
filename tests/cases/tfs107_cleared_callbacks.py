import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.callbacks import LambdaCallback
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


def register(logs):
    K.set_session(tf.compat.v1.Session(config=CONFIG))


# What is of an old graph fails before any hook is called.
def fails(path, x, y):
    old = load_model(path)
    K.clear_session()
    model = load_model(path)
    old.fit(x, y, callbacks=[LambdaCallback(on_train_end=register)])  # expect: TFS107
    return model


def is_fitted(path, x, y):
    model = load_model(path)
    model.fit(x, y, callbacks=[LambdaCallback(on_train_end=register)])  # expect: TFS104
    return model
