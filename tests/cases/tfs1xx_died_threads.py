import threading

import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# A thread keeps alive what is lost when it starts if its function, or what it is given, leads to it.
def named(path, x):
    lost = load_model(path)  # expect: TFS103
    session = tf.Session(config=CONFIG)
    K.set_session(session)
    graph = tf.get_default_graph()

    def work():
        with graph.as_default(), session.as_default():
            lost.predict(x)

    threading.Thread(target=work).start()


# What it uses there has been lost by then, whatever becomes of it.
def used_and_cleared(path, x):
    lost = load_model(path)  # expect: TFS103
    session = tf.Session(config=CONFIG)
    K.set_session(session)
    graph = tf.get_default_graph()

    def work():
        with graph.as_default(), session.as_default():
            lost.predict(x)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    K.clear_session()


def registered_again_and_cleared(path, x):
    first = tf.Session(config=CONFIG)
    K.set_session(first)
    lost = load_model(path)
    session = tf.Session(config=CONFIG)
    K.set_session(session)
    graph = tf.get_default_graph()

    def work():
        with graph.as_default(), session.as_default():
            lost.save(path)  # expect: TFS401

    K.set_session(first)
    threading.Thread(target=work).start()
    K.clear_session()


def replaced_and_cleared(path, x):
    K.set_session(tf.Session(config=CONFIG))
    lost = load_model(path)
    session = tf.Session(config=CONFIG)
    K.set_session(session)  # expect: TFS104
    graph = tf.get_default_graph()

    def work():
        with graph.as_default(), session.as_default():
            lost.predict(x)

    threading.Thread(target=work).start()
    K.clear_session()


def another_is_named(path, x):
    lost = load_model(path)
    print(lost)
    session = tf.Session(config=CONFIG)
    K.set_session(session)
    model = load_model(path)
    graph = tf.get_default_graph()

    def work():
        with graph.as_default(), session.as_default():
            model.predict(x)

    threading.Thread(target=work).start()


class Server:
    def __init__(self, path):
        self.model = load_model(path)  # expect: TFS103
        self.session = tf.Session(config=CONFIG)
        K.set_session(self.session)
        self.graph = tf.get_default_graph()

    def work(self):
        with self.graph.as_default(), self.session.as_default():
            self.model.predict(1)


def of_an_object(path):
    server = Server(path)
    threading.Thread(target=server.work).start()


# What is elsewhere in the block around the start alone is not lost to the thread.
def in_a_block(path, x):
    kept = tf.Session(config=CONFIG)
    K.set_session(kept)
    model = load_model(path)
    graph = tf.get_default_graph()

    def work():
        with graph.as_default():
            K.set_session(kept)
            model.predict(x)

    with tf.Session(config=CONFIG) as session:
        threading.Thread(target=work).start()
        K.set_session(session)


# An object of a thread's class holds what it is given as long as something holds it.
class Worker(threading.Thread):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def run(self):
        print(self.model)


class OldWorker(threading.Thread):
    def __init__(self, model):
        threading.Thread.__init__(self)
        self.model = model


class Given(threading.Thread):
    def __init__(self, model):
        super().__init__(target=print, args=(model,))


def worker(path):
    thread = Worker(load_model(path))
    thread.start()
    thread.join()
    K.set_session(tf.Session(config=CONFIG))


def came_back(path):
    K.set_session(tf.Session(config=CONFIG))
    model, session = load_model(path), K.get_session()
    K.set_session(tf.Session(config=CONFIG))
    thread = Worker(model)
    thread.start()
    thread.join()
    K.set_session(session)
    K.set_session(tf.Session(config=CONFIG))


def came_back_returned(path):
    K.set_session(tf.Session(config=CONFIG))
    model, session = load_model(path), K.get_session()
    K.set_session(tf.Session(config=CONFIG))
    thread = Worker(model)
    thread.start()
    thread.join()
    K.set_session(session)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return model


def old_worker(path):
    thread = OldWorker(load_model(path))
    thread.start()
    K.set_session(tf.Session(config=CONFIG))


def returned_worker(path):
    thread = Worker(load_model(path))  # expect: TFS103
    K.set_session(tf.Session(config=CONFIG))
    return thread


def returned_old_worker(path):
    thread = OldWorker(load_model(path))  # expect: TFS103
    K.set_session(tf.Session(config=CONFIG))
    return thread


def given(path):
    thread = Given(load_model(path))  # expect: TFS103
    thread.start()
    K.set_session(tf.Session(config=CONFIG))


def no_thread(path):
    threading.Thread.__init__()
    model = load_model(path)
    K.set_session(tf.Session(config=CONFIG))
    print(model)
