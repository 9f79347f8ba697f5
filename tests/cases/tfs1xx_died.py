import threading

import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.callbacks import LambdaCallback
from tensorflow.keras.models import load_model

tf.disable_eager_execution()


def new_session():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


def predict(model, graph, session, x):
    with graph.as_default(), session.as_default():
        model.predict(x)


# What a thread gets is not alive after it.
def use_in_thread(x):
    model = load_model("m.h5")
    graph, session = tf.get_default_graph(), K.get_session()
    thread = threading.Thread(target=predict, args=(model, graph, session, x))
    thread.start()
    thread.join()


def thread_with_arguments(x):
    K.set_session(new_session())
    use_in_thread(x)
    K.set_session(new_session())


def and_returned(x):
    K.set_session(new_session())
    model = load_model("m.h5")
    thread = threading.Thread(target=predict, args=(model, tf.get_default_graph(), K.get_session(), x))
    thread.start()
    thread.join()
    K.set_session(new_session())  # expect: TFS104
    return model


# Nor is what the function of a thread sees.
def use_in_closure(x):
    model = load_model("m.h5")
    graph, session = tf.get_default_graph(), K.get_session()

    def work():
        with graph.as_default(), session.as_default():
            model.predict(x)

    timer = threading.Timer(0, work)
    timer.start()
    timer.join()
    return work if x is None else None


def thread_with_closure(x):
    K.set_session(new_session())
    use_in_closure(x)
    K.set_session(new_session())


def kept_closure(x):
    K.set_session(new_session())
    work = use_in_closure(x)
    K.set_session(new_session())  # expect: TFS104
    return work


# Keras lets go of the functions of callbacks when it has fitted.
def fit(x, y, watched):
    model = load_model("m.h5")
    model.fit(x, y, callbacks=[LambdaCallback(on_train_end=lambda logs: model.predict(x))])
    watched.append(0)


def callback(x, y):
    K.set_session(new_session())
    fit(x, y, [])
    K.set_session(new_session())


def fit_watched(x, y, watched):
    model = load_model("m.h5")
    hook = LambdaCallback(on_train_end=lambda logs: model.predict(x))
    model.fit(x, y, callbacks=[hook])
    watched.append(hook)


def callback_that_is_kept(x, y, watched):
    K.set_session(new_session())
    fit_watched(x, y, watched)
    K.set_session(new_session())  # expect: TFS104
