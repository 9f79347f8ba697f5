import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
MODEL = load_model("news.h5")
LATE = None


# What the module built is used by a function after a clear_session() of its own.
def cleared(x):
    K.clear_session()
    return MODEL.predict(x)  # expect: TFS107


def cleared_after(x):
    scores = MODEL.predict(x)
    K.clear_session()
    return scores


# A name that a function rebinds is not known.
def load():
    global LATE
    LATE = load_model("news.h5")


def late(x):
    K.clear_session()
    return LATE.predict(x)


MODEL.predict([0])
K.clear_session()
MODEL.predict([0])  # expect: TFS107
