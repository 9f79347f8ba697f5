import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.disable_eager_execution()
model = load_model("model.h5")
session = K.get_session()
replaced = load_model("replaced.h5")
changed = load_model("changed.h5")


def replace(path):
    global replaced
    replaced = load_model(path)
