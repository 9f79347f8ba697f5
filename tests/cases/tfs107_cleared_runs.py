import threading

import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS107: a session of the new graph runs what the old one has.
def run_after_clearing(path, x):
    model = load_model(path)
    K.clear_session()
    return K.get_session().run(model.output, {model.input: x})  # expect: TFS107


def run_in_a_later_session(path, x):
    model = load_model(path)
    K.clear_session()
    with tf.compat.v1.Session(config=CONFIG) as session:
        return model.output.eval({model.input: x}, session=session)  # expect: TFS107


def run_in_a_session_of_before(path, x):
    session = tf.compat.v1.Session(config=CONFIG)
    K.set_session(session)
    model = load_model(path)
    tf.compat.v1.reset_default_graph()
    return session.run(model.output, {model.input: x})


# An entered session of the new graph is none of the old one; another may be.
def used_in_a_later_session(path, x):
    model = load_model(path)
    K.clear_session()
    with tf.compat.v1.Session(config=CONFIG):
        return model.predict(x)  # expect: TFS107


def used_in_a_session_of_before(path, x):
    session = tf.compat.v1.Session(config=CONFIG)
    K.set_session(session)
    model = load_model(path)
    tf.compat.v1.reset_default_graph()
    with session:
        return model.predict(x)


def used_in_an_unknown_session(path, session, x):
    model = load_model(path)
    K.clear_session()
    with session:
        return model.predict(x)


# It is said once of each path.
def said_on_each_path(path, x):
    model = load_model(path)
    try:
        K.clear_session()
        print(x)
        model.get_weights()  # expect: TFS107
    except ValueError:
        pass
    return model.predict(x)  # expect: TFS107


# What the backend reads may be initial weights, which fails nowhere: other uses are told as well.
def read_by_the_backend(path, x):
    model = load_model(path)
    K.clear_session()
    K.get_value(model.weights[0])  # expect: TFS107
    model.get_weights()
    return model.predict(x)  # expect: TFS107


# A thread that was started and has ended has entered no graph for others.
class Worker(threading.Thread):
    def __init__(self, model, graph, session):
        super().__init__()
        self.model, self.graph, self.session = model, graph, session

    def run(self):
        with self.graph.as_default(), self.session.as_default():
            self.model.get_weights()


def used_after_a_thread(path, x):
    model = load_model(path)
    worker = Worker(model, tf.compat.v1.get_default_graph(), K.get_session())
    worker.start()
    worker.join()
    K.clear_session()
    return model.predict(x)  # expect: TFS107
