from threading import Thread

import networkx as nx
import requests
import tensorflow as tf
from tensorflow.keras.models import load_model


# Nothing shows that it leaves eager execution, where each thread sees the same model.
def serve(path, x):
    model = load_model(path)
    Thread(target=lambda: model.predict(x)).start()


def data(x):
    return tf.data.Dataset.from_tensors(tf.constant(x))


# Sessions and graphs of others are none of TensorFlow's.
def fetch(url):
    with requests.Session() as session:
        return nx.Graph(), session.get(url)


# TFS401: a thread that enters a graph knows of one.
def serve_in_a_graph(path, x, graph):
    model = load_model(path)

    def work():
        with graph.as_default():
            model.predict(x)  # expect: TFS401

    Thread(target=work).start()
