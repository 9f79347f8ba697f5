import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.pool import ThreadPool
from threading import Thread, Timer

import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Model, Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS401: the function of a thread uses the model, in neither its graph nor its session.
def thread(sess, path, x):
    K.set_session(sess)
    model = load_model(path)

    def work():
        model.predict(x)  # expect: TFS401

    threading.Thread(target=work).start()


# Its graph entered and its session registered there: right.
def thread_registered(sess, path, x):
    K.set_session(sess)
    model = load_model(path)
    graph = tf.get_default_graph()

    def work():
        with graph.as_default():
            K.set_session(sess)
            model.predict(x)

    threading.Thread(target=work).start()


# Its graph and its session entered: right.
def thread_entered(sess, path, x):
    K.set_session(sess)
    model = load_model(path)
    graph = tf.get_default_graph()

    def work():
        with graph.as_default(), sess.as_default():
            model.predict(x)

    threading.Thread(target=work).start()


def thread_entered_in_two_blocks(sess, path, x):
    K.set_session(sess)
    model = load_model(path)
    graph = tf.get_default_graph()

    def work():
        with graph.as_default():
            with sess.as_default():
                model.predict(x)

    threading.Thread(target=work).start()


def thread_in_the_session_block(path, x):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = load_model(path)
    graph = tf.get_default_graph()

    def work():
        with graph.as_default():
            with sess:
                model.predict(x)

    threading.Thread(target=work).start()


# Only the graph: before Keras 2.3 the session is one of all threads.
def only_the_graph(sess, path, x):
    K.set_session(sess)
    model = load_model(path)
    graph = tf.get_default_graph()

    def work():
        with graph.as_default():
            model.predict(x)

    threading.Thread(target=work).start()


# Only the session: the graph is missing.
def only_the_session(sess, path, x):
    K.set_session(sess)
    model = load_model(path)

    def work():
        K.set_session(sess)
        model.predict(x)  # expect: TFS401

    threading.Thread(target=work).start()


def only_the_session_entered(sess, path, x):
    K.set_session(sess)
    model = load_model(path)

    def work():
        with sess.as_default():
            model.predict(x)  # expect: TFS401

    threading.Thread(target=work).start()


# After the block it is entered no more, but before Keras 2.3 the model's function is made then.
def after_the_block(sess, path, x):
    K.set_session(sess)
    model = load_model(path)
    graph = tf.get_default_graph()

    def work():
        with graph.as_default(), sess.as_default():
            model.predict(x)
        model.predict(x)
        model.evaluate(x)  # expect: TFS401

    threading.Thread(target=work).start()


# No thread runs the function.
def no_thread(sess, path, x):
    K.set_session(sess)
    model = load_model(path)

    def work():
        model.predict(x)

    work()


# A thread runs another one.
def another_function(sess, path, x):
    K.set_session(sess)
    model = load_model(path)

    def work():
        model.predict(x)

    def log():
        print(x)

    threading.Thread(target=log).start()
    return work


# fit, train_on_batch, load_weights, ... are uses as well.
def training(sess, x, y):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    model.compile("sgd", "mse")

    def work():
        model.fit(x, y)  # expect: TFS401

    Thread(target=work).start()


def training_on_batches(sess, batches):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    model.compile("sgd", "mse")

    def work():
        for x, y in batches:
            model.train_on_batch(x, y)  # expect: TFS401

    Thread(target=work).start()


def loading(sess, path):
    K.set_session(sess)
    model = Sequential([Dense(1)])

    def work():
        model.load_weights(path)  # expect: TFS401

    Thread(target=work).start()


# Harmless calls are none.
def harmless(sess):
    K.set_session(sess)
    model = Sequential([Dense(1)])

    def work():
        model.summary()
        print(model.to_json())

    Thread(target=work).start()


# A model of the thread's own is in the thread's own graph.
def own_model(path, x):
    def work():
        model = load_model(path)
        model.predict(x)

    Thread(target=work).start()


class Ranker(Model):
    def call(self, inputs):
        return inputs


def model_of_an_own_class(x):
    def work():
        Ranker().predict(x)

    Thread(target=work).start()


def model_of_an_own_class_given(sess, x):
    K.set_session(sess)
    model = Ranker()

    def work():
        model.predict(x)  # expect: TFS401

    Thread(target=work).start()


# Only on something known to be a Keras model.
def unknown_model(model, x):
    def work():
        model.predict(x)

    Thread(target=work).start()


# Positional: the group, then the target.
def positional(sess, path, x):
    K.set_session(sess)
    model = load_model(path)

    def work():
        model.predict(x)  # expect: TFS401

    Thread(None, work).start()


# Timer.
def timer(sess, path, x):
    K.set_session(sess)
    model = load_model(path)

    def work():
        model.predict(x)  # expect: TFS401

    Timer(5.0, work).start()


def timer_by_keyword(sess, path, x):
    K.set_session(sess)
    model = load_model(path)

    def work():
        model.predict(x)  # expect: TFS401

    threading.Timer(5.0, function=work).start()


def timer_entered(sess, path, x):
    K.set_session(sess)
    model = load_model(path)
    graph = tf.get_default_graph()

    def work():
        with graph.as_default(), sess.as_default():
            model.predict(x)

    Timer(5.0, work).start()


# executor.submit and executor.map.
def submitted(sess, path, batches):
    K.set_session(sess)
    model = load_model(path)

    def work(x):
        return model.predict(x)  # expect: TFS401

    with ThreadPoolExecutor(max_workers=2) as executor:
        return [executor.submit(work, x) for x in batches]


def mapped(sess, path, batches):
    K.set_session(sess)
    model = load_model(path)

    def work(x):
        return model.predict(x)  # expect: TFS401

    executor = ThreadPoolExecutor(max_workers=2)
    return list(executor.map(work, batches))


def mapped_entered(sess, path, batches):
    K.set_session(sess)
    model = load_model(path)
    graph = tf.get_default_graph()

    def work(x):
        with graph.as_default():
            K.set_session(sess)
            return model.predict(x)

    with ThreadPoolExecutor(max_workers=2) as executor:
        return list(executor.map(work, batches))


# The map of Python itself starts no thread.
def built_in_map(sess, path, batches):
    K.set_session(sess)
    model = load_model(path)

    def work(x):
        return model.predict(x)

    return list(map(work, batches))


# ThreadPool.map.
def pool(sess, path, batches):
    K.set_session(sess)
    model = load_model(path)

    def work(x):
        return model.predict(x)  # expect: TFS401

    return ThreadPool(4).map(work, batches)


def pool_entered(sess, path, batches):
    K.set_session(sess)
    model = load_model(path)
    graph = tf.get_default_graph()

    def work(x):
        with graph.as_default(), sess.as_default():
            return model.predict(x)

    return ThreadPool(4).map(work, batches)


# A submit of something else is not known to start a thread.
def other_submit(sess, path, x, form):
    K.set_session(sess)
    model = load_model(path)

    def work(values):
        return model.predict(values)

    return form.submit(work, x)


# A lambda.
def lambda_target(sess, path, x):
    K.set_session(sess)
    model = load_model(path)
    Thread(target=lambda: model.predict(x)).start()  # expect: TFS401


# An unknown graph counts by its name.
def unknown_graph(sess, path, x, graph):
    K.set_session(sess)
    model = load_model(path)

    def work():
        with graph.as_default():
            K.set_session(sess)
            model.predict(x)

    Thread(target=work).start()


# A helper that the thread's function calls: the call is what the thread should have prepared.
def helper_in_the_thread(sess, path, x):
    K.set_session(sess)
    model = load_model(path)

    def score():
        return model.predict(x)

    def work():
        print(score())  # expect: TFS401

    Thread(target=work).start()


def helper_in_the_thread_entered(sess, path, x):
    K.set_session(sess)
    model = load_model(path)
    graph = tf.get_default_graph()

    def score():
        return model.predict(x)

    def work():
        with graph.as_default(), sess.as_default():
            print(score())

    Thread(target=work).start()
