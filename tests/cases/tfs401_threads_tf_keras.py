from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras import Model
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()


# TFS401: in tf.keras the graph is not enough.
def only_the_graph(sess, path, x):
    K.set_session(sess)
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default():
            model.predict(x)  # expect: TFS401

    Thread(target=work).start()


def graph_and_session(sess, path, x):
    K.set_session(sess)
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default(), sess.as_default():
            model.predict(x)

    Thread(target=work).start()


# Nor is the function, made in the main thread.
def function_made(path, x):
    model = load_model(path)
    model._make_predict_function()
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default():
            return model.predict(x)  # expect: TFS401

    with ThreadPoolExecutor() as pool:
        return pool.submit(work).result()


class Ranker(Model):
    def call(self, inputs):
        return inputs


def own_class(x):
    model = Ranker()
    model.predict(x)
    Thread(target=lambda: model.predict(x)).start()  # expect: TFS401


def own_class_in_the_thread(x):
    Thread(target=lambda: Ranker().predict(x)).start()
