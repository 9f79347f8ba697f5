import threading
from threading import Thread

import tensorflow as tf
from keras import backend as K
from keras.models import load_model


# TFS401: a method as the target.
class Server:
    def __init__(self, sess, path):
        K.set_session(sess)
        self.model = load_model(path)
        self.thread = threading.Thread(target=self.loop)
        self.thread.start()

    def loop(self):
        while True:
            self.model.predict([0])  # expect: TFS401


class PatientServer:
    def __init__(self, sess, path):
        self.sess = sess
        K.set_session(self.sess)
        self.model = load_model(path)
        self.graph = tf.get_default_graph()
        self.thread = threading.Thread(target=self.loop)
        self.thread.start()

    def loop(self):
        with self.graph.as_default():
            K.set_session(self.sess)
            while True:
                self.model.predict([0])


# A method that no thread runs.
class Plain:
    def __init__(self, sess, path):
        K.set_session(sess)
        self.model = load_model(path)
        self.loop()

    def loop(self):
        self.model.predict([0])


# The run() of a Thread subclass that is started.
class Worker(threading.Thread):
    def __init__(self, path):
        super().__init__()
        self.model = load_model(path)

    def run(self):
        self.model.predict([0])  # expect: TFS401


def start_worker(path):
    Worker(path).start()


class PatientWorker(threading.Thread):
    def __init__(self, sess, path):
        super().__init__()
        self.sess = sess
        K.set_session(self.sess)
        self.model = load_model(path)
        self.graph = tf.get_default_graph()

    def run(self):
        with self.graph.as_default(), self.sess.as_default():
            self.model.predict([0])


def start_patient_worker(sess, path):
    worker = PatientWorker(sess, path)
    worker.start()


# ... under an imported name, and started by a variable.
class NamedWorker(Thread):
    def __init__(self, path):
        Thread.__init__(self)
        self.model = load_model(path)

    def run(self):
        self.model.fit([0], [0])  # expect: TFS401


def start_named_worker(path):
    worker = NamedWorker(path)
    worker.start()
    worker.join()


# Nothing here starts it: then another file does, a thread's class has no other use.
class Idle(threading.Thread):
    def __init__(self, path):
        super().__init__()
        self.model = load_model(path)

    def run(self):
        self.model.predict([0])  # expect: TFS401


def make_idle(path):
    return Idle(path)


# A class of another kind has a run() as well.
class Task:
    def __init__(self, path):
        self.model = load_model(path)

    def start(self):
        self.run()

    def run(self):
        self.model.predict([0])


def start_task(path):
    Task(path).start()


# The model is the thread's own.
class OwnModel(threading.Thread):
    def __init__(self, path):
        super().__init__()
        self.path = path

    def run(self):
        model = load_model(self.path)
        model.predict([0])


def start_own_model(path):
    OwnModel(path).start()
