# options: --extend-select=TFS401
from threading import Thread

import tensorflow as tf
from tensorflow.keras.models import load_model


# TFS401: a name that only TensorFlow 1 has.
def serve(path, x):
    model = load_model(path)
    Thread(target=lambda: model.predict(x)).start()  # expect: TFS401


def inputs():
    return tf.placeholder(tf.float32, [None, 3])
