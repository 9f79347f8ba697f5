import functools
import threading
from concurrent.futures import ThreadPoolExecutor

import tensorflow as tf
from keras import backend as K
from keras.models import load_model


def work(model):
    model.predict([0])  # expect: TFS401


def patient_work(model, graph, sess):
    with graph.as_default():
        K.set_session(sess)
        model.predict([0])


# TFS401: the model comes with the thread's arguments.
def given(sess, path):
    K.set_session(sess)
    model = load_model(path)
    threading.Thread(target=work, args=(model,)).start()


def given_with_its_session(sess, path):
    K.set_session(sess)
    model = load_model(path)
    graph = tf.get_default_graph()
    threading.Thread(target=patient_work, args=(model, graph, sess)).start()


def given_something_else(sess, path):
    K.set_session(sess)
    load_model(path)
    threading.Thread(target=work, args=(path,)).start()


# A partial function, and a pool.
def submitted(sess, path):
    K.set_session(sess)
    model = load_model(path)
    with ThreadPoolExecutor() as pool:
        pool.submit(functools.partial(also_work, model))


def also_work(model):
    model.predict([0])  # expect: TFS401


# The model's own method.
def own_method(sess, path):
    K.set_session(sess)
    model = load_model(path)
    threading.Thread(target=model.predict, args=([0],)).start()  # expect: TFS401


# What `__init__` put into `self`, in a thread that another method starts.
class Server:
    def __init__(self, sess, path):
        K.set_session(sess)
        self.model = load_model(path)

    def serve(self):
        threading.Thread(target=self.loop).start()

    def loop(self):
        self.model.predict([0])  # expect: TFS401


class PatientServer:
    def __init__(self, sess, path):
        self.sess = sess
        K.set_session(sess)
        self.model = load_model(path)
        self.graph = tf.get_default_graph()

    def serve(self):
        threading.Thread(target=self.loop).start()

    def loop(self):
        with self.graph.as_default(), self.sess.as_default():
            self.model.predict([0])


# A thread's class, though nothing here starts it.
class Worker(threading.Thread):
    def __init__(self, path):
        super().__init__()
        self.model = load_model(path)

    def run(self):
        self.model.predict([0])  # expect: TFS401


class LoadingWorker(threading.Thread):
    def __init__(self, path):
        super().__init__()
        self.path = path

    def run(self):
        load_model(self.path).predict([0])
