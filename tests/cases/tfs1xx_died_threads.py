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
