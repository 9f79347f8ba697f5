# options: --extend-select=TFS401
from threading import Thread

import networkx as nx
import requests
import tensorflow as tf
from tensorflow.keras.models import load_model


# Sessions and graphs of others are none of TensorFlow's.
def serve(path, x):
    model = load_model(path)
    Thread(target=lambda: model.predict(x)).start()


def fetch(url):
    with requests.Session() as session:
        return nx.Graph(), session.get(url), tf.constant(1)
