from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model


def build():
    return load_model("news.h5")


def build_registered(sess):
    K.set_session(sess)
    return load_model("news.h5")
