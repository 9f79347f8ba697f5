import threading

import tensorflow as tf
from keras.models import load_model as load_standalone
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model

tf.compat.v1.disable_eager_execution()
CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


def start(function):
    threading.Thread(target=function).start()


# TFS401: a session of the thread's own has none of the weights, entered or registered.
def entered(path, x):
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default(), tf.compat.v1.Session(config=CONFIG).as_default():
            model.predict(x)  # expect: TFS401

    start(work)


def registered(path, x):
    K.set_session(tf.compat.v1.Session(config=CONFIG))
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default():
            K.set_session(tf.compat.v1.Session(config=CONFIG))
            model.predict(x)  # expect: TFS401

    start(work)


def of_standalone_keras(path, x):
    model = load_standalone(path)
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default(), tf.compat.v1.Session(config=CONFIG):
            model.predict(x)  # expect: TFS401

    start(work)


# Lost in the main thread already: TFS103 says so.
def lost(path, x):
    model = load_model(path)  # expect: TFS103
    graph = tf.compat.v1.get_default_graph()
    session = tf.compat.v1.Session(config=CONFIG)
    K.set_session(session)

    def work():
        with graph.as_default(), session.as_default():
            model.predict(x)

    start(work)


# The session that has them; one that can't be known.
def its_own(path, x):
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()
    session = K.get_session()

    def work():
        with graph.as_default(), session.as_default():
            model.predict(x)

    start(work)


def unknown(path, x, session):
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default(), session.as_default():
            model.predict(x)

    start(work)


# Weights that are loaded there.
def loaded_again(path, x):
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default(), tf.compat.v1.Session(config=CONFIG).as_default():
            model.load_weights(path)
            model.predict(x)

    start(work)


# A model that has no weights yet gets them there.
def without_weights(x, y):
    model = Sequential([Dense(1, input_shape=(1,))])
    model.compile("sgd", "mse")
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default(), tf.compat.v1.Session(config=CONFIG).as_default():
            model.fit(x, y)

    start(work)


# In a session of another graph that fails; in one of its own graph it gets them.
def read(model, graph, session):
    with graph.as_default(), session.as_default():
        model.get_weights()  # expect: TFS401


def read_in(model, graph, session):
    with graph.as_default(), session.as_default():
        model.get_weights()


def without_weights_in_another_graph():
    model = Sequential([Dense(1, input_shape=(1,))])
    session = tf.compat.v1.Session(graph=tf.Graph(), config=CONFIG)
    graph = tf.compat.v1.get_default_graph()
    threading.Thread(target=read, args=(model, graph, session)).start()


def without_weights_in_its_graph():
    graph = tf.Graph()
    session = tf.compat.v1.Session(graph=graph, config=CONFIG)
    with graph.as_default():
        model = Sequential([Dense(1, input_shape=(1,))])
    threading.Thread(target=read_in, args=(model, graph, session)).start()


# The thread's own default graph, and another one, are not the model's.
def own_graph(path, x):
    model = load_model(path)
    session = K.get_session()

    def work():
        with tf.compat.v1.get_default_graph().as_default(), session.as_default():
            model.predict(x)  # expect: TFS401

    start(work)


def another_graph(path, x):
    model = load_model(path)
    session = K.get_session()
    graph = tf.Graph()

    def work():
        with graph.as_default(), session.as_default():
            model.predict(x)  # expect: TFS401

    start(work)


def graph_of_the_session(path, x):
    model = load_model(path)
    session = K.get_session()

    def work():
        with session.graph.as_default(), session.as_default():
            model.predict(x)

    start(work)


# A session that is only handed out loses nothing.
def handed_out(path, x):
    model = load_model(path)
    graph = tf.get_default_graph()

    def run():
        with graph.as_default():
            own = K.get_session()
            print(own)

    start(run)


def handed_out_and_used(path, x):
    model = load_model(path)
    graph = tf.get_default_graph()

    def run():
        with graph.as_default():
            own = K.get_session()
            print(own)
            model.predict(x)  # expect: TFS401

    start(run)


# What the main thread keeps is not what it uses inside of another session's block.
def registered_but_hidden(path, x):
    kept = tf.compat.v1.Session(config=CONFIG)
    K.set_session(kept)
    with tf.compat.v1.Session(config=CONFIG).as_default():
        model = load_model(path)
        graph = tf.compat.v1.get_default_graph()

        def work():
            with graph.as_default():
                K.set_session(kept)
                model.predict(x)  # expect: TFS401

        start(work)


def hidden_and_entered(path, x):
    K.set_session(tf.compat.v1.Session(config=CONFIG))
    session = tf.compat.v1.Session(config=CONFIG)
    with session.as_default():
        model = load_model(path)
        graph = tf.compat.v1.get_default_graph()

        def work():
            with graph.as_default(), session.as_default():
                model.predict(x)

        start(work)


# Weights that belong to an entered session are not in the one that the main thread registers.
def of_a_block(path, x):
    graph = tf.compat.v1.get_default_graph()
    session = tf.compat.v1.Session(config=CONFIG)
    with tf.compat.v1.Session(config=CONFIG).as_default():
        model = load_model(path)
    K.set_session(session)

    def work():
        with graph.as_default(), session.as_default():
            model.predict(x)  # expect: TFS401

    start(work)


# Those of before the flow are in none that it makes.
class Service:
    def __init__(self, path):
        self.model = load_model(path)
        self.graph = tf.compat.v1.get_default_graph()

    def serve(self, x):
        session = tf.compat.v1.Session(config=CONFIG)
        K.set_session(session)

        def work():
            with self.graph.as_default(), session.as_default():
                self.model.predict(x)  # expect: TFS401

        start(work)

    def serve_kept(self, x, session):
        K.set_session(session)

        def work():
            with self.graph.as_default(), session.as_default():
                self.model.predict(x)

        start(work)


# The main thread's implicit session has not what another thread has put elsewhere.
def implicit(x):
    model = Sequential([Dense(1, input_shape=(1,))])
    graph = tf.compat.v1.get_default_graph()
    other = tf.compat.v1.Session(config=CONFIG)

    def prepare():
        with graph.as_default(), other.as_default():
            model.get_weights()

    start(prepare)
    session = K.get_session()

    def work():
        with graph.as_default(), session.as_default():
            model.predict(x)  # expect: TFS401

    start(work)


def implicit_first(x):
    model = Sequential([Dense(1, input_shape=(1,))])
    graph = tf.compat.v1.get_default_graph()
    session = K.get_session()

    def work():
        with graph.as_default(), session.as_default():
            model.predict(x)

    start(work)
