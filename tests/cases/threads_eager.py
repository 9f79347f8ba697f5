# options: --extend-select=TFS401
from threading import Thread

import tensorflow as tf
from tensorflow.keras.models import load_model


# Nothing shows that it leaves eager execution, where each thread sees the same model.
def serve(path, x):
    model = load_model(path)
    Thread(target=lambda: model.predict(x)).start()


def data(x):
    return tf.data.Dataset.from_tensors(tf.constant(x))
