import threading

import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model

tf.compat.v1.disable_eager_execution()
CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


def run(function):
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()


# TFS401: a thread puts weights into a session of its own, and the main thread uses another one.
def gets_initial_ones(x):
    model = Sequential([Dense(1, input_shape=(3,))])
    graph = tf.compat.v1.get_default_graph()
    session = tf.compat.v1.Session(config=CONFIG)

    def work():
        with graph.as_default(), session.as_default():
            model.predict(x)  # expect: TFS401

    run(work)
    model.predict(x)


def is_given_others(path, weights, x):
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default():
            K.set_session(tf.compat.v1.Session(config=CONFIG))
            model.set_weights(weights)  # expect: TFS401

    run(work)
    model.save(path)


class Worker(threading.Thread):
    def __init__(self, model, graph):
        super().__init__()
        self.model, self.graph = model, graph

    def run(self):
        with self.graph.as_default(), tf.compat.v1.Session(config=CONFIG).as_default():
            self.fill()  # expect: TFS401

    def fill(self):
        self.model.load_weights("weights.h5")


def in_a_thread_of_a_class(x):
    model = Sequential([Dense(1, input_shape=(3,))])
    worker = Worker(model, tf.compat.v1.get_default_graph())
    worker.start()
    worker.join()
    model.predict(x)


# One session for both threads; weights given again; used in that thread alone.
def in_one_session(x):
    model = Sequential([Dense(1, input_shape=(3,))])
    graph = tf.compat.v1.get_default_graph()
    session = tf.compat.v1.Session(config=CONFIG)

    def work():
        with graph.as_default(), session.as_default():
            model.predict(x)

    run(work)
    with session.as_default():
        model.predict(x)


def given_again(path, weights, x):
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default():
            K.set_session(tf.compat.v1.Session(config=CONFIG))
            model.set_weights(weights)

    run(work)
    model.load_weights(path)
    model.predict(x)


def used_there_alone(x):
    model = Sequential([Dense(1, input_shape=(3,))])
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default():
            K.set_session(tf.compat.v1.Session(config=CONFIG))
            model.predict(x)
            model.save("model.h5")

    run(work)
    return model


# What the main thread has lost a thread gives it again, in the session in use.
def lost_and_given_again(path, weights, x):
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()
    session = tf.compat.v1.Session(config=CONFIG)
    K.set_session(session)

    def work():
        with graph.as_default(), session.as_default():
            model.set_weights(weights)

    run(work)
    model.predict(x)


# A thread that a thread starts.
def started_by_a_thread(path, x):
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()

    def predict():
        with graph.as_default(), tf.compat.v1.Session(config=CONFIG).as_default():
            model.predict(x)  # expect: TFS401

    def work():
        threading.Thread(target=predict).start()

    run(work)


def put_by_a_thread_of_a_thread(x):
    model = Sequential([Dense(1, input_shape=(3,))])
    graph = tf.compat.v1.get_default_graph()

    def predict():
        with graph.as_default(), tf.compat.v1.Session(config=CONFIG).as_default():
            model.predict(x)  # expect: TFS401

    def work():
        threading.Thread(target=predict).start()

    run(work)
    model.predict(x)


# Keras uses a session of its own where the one that was registered is of another graph.
def registered_of_another_graph(path, x):
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default():
            K.set_session(tf.compat.v1.Session(config=CONFIG, graph=tf.Graph()))
            model.predict(x)  # expect: TFS401

    run(work)


def registered_of_the_graph(path, x):
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()
    session = K.get_session()

    def work():
        with graph.as_default():
            K.set_session(session)
            model.predict(x)

    run(work)


# What a thread builds in the main thread's graph gives all of it weights in its own session.
def initialised_with_its_own(path, x):
    model = Sequential([Dense(1, input_shape=(3,))])
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default():
            load_model(path).predict(x)  # expect: TFS401

    run(work)
    model.predict(x)


def initialised_before(path, x):
    model = Sequential([Dense(1, input_shape=(3,))])
    model.predict(x)
    graph = tf.compat.v1.get_default_graph()

    def work():
        with graph.as_default():
            load_model(path).predict(x)

    run(work)
    model.predict(x)


# What makes no function of the model finds its weights by the session, whatever the graph.
def reads_them(x):
    model = Sequential([Dense(1, input_shape=(3,))])
    session = tf.compat.v1.Session(config=CONFIG)

    def work():
        with session.as_default():
            K.get_value(model.weights[0])  # expect: TFS401

    run(work)
    with session.as_default():
        model.predict(x)
    K.set_session(session)
    return model


def predicts(x):
    model = Sequential([Dense(1, input_shape=(3,))])  # expect: TFS101
    session = tf.compat.v1.Session(config=CONFIG)

    def work():
        with session.as_default():
            model.predict(x)  # expect: TFS401

    run(work)
    model.predict(x)  # expect: TFS103
    K.set_session(session)
    return model


# The main thread gives them there again, in a block: it may be the one for both.
def given_in_a_block(weights):
    K.set_session(tf.compat.v1.Session(config=CONFIG))
    model = Sequential([Dense(1, input_shape=(3,))])
    graph = tf.compat.v1.get_default_graph()
    with tf.compat.v1.Session(config=CONFIG).as_default() as session:

        def work():
            with graph.as_default():
                K.set_session(session)
                model.set_weights(weights)

        run(work)
        model.set_weights(weights)
    return model


def given_in_a_block_alone(weights):
    K.set_session(tf.compat.v1.Session(config=CONFIG))
    model = Sequential([Dense(1, input_shape=(3,))])
    with tf.compat.v1.Session(config=CONFIG).as_default():
        model.set_weights(weights)  # expect: TFS106
    return model
