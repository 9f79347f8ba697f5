# options: --extend-select=TFS401
from threading import Thread

import tensorflow as tf
from tensorflow.keras.models import load_model


# TFS401: the graph that is asked for.
def serve(path, x):
    model = load_model(path)
    Thread(target=lambda: model.predict(x)).start()  # expect: TFS401


def graph():
    return tf.compat.v1.get_default_graph()
