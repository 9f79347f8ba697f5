import functools
import threading
from concurrent.futures import ThreadPoolExecutor

from keras import backend as K
from keras.models import load_model


def work(model, name):
    model.predict([name])  # expect: TFS401


# The model may come with the thread's arguments, as a list or by name.
def given(sess):
    K.set_session(sess)
    model = load_model("model.h5")
    thread = threading.Thread(target=work, args=(model,), kwargs={"name": "x"})
    thread.start()
    thread.join()


def quiet_work(model, name):
    model.predict([name])


# What is unknown of them is silent.
def given_unknown(sess, arguments):
    K.set_session(sess)
    load_model("model.h5")
    threading.Thread(target=quiet_work, args=arguments).start()


def given_unknown_names(sess, names):
    K.set_session(sess)
    model = load_model("model.h5")
    threading.Thread(target=quiet_work, args=(model,), kwargs=names).start()


def given_nothing(sess):
    K.set_session(sess)
    load_model("model.h5")
    threading.Thread(target=functools.partial()).start()


# A thread that was not started, and a pool that was given nothing.
def not_started(sess):
    K.set_session(sess)
    model = load_model("model.h5")
    threading.Thread(target=quiet_work, args=(model, "x")).join()


def not_submitted(sess):
    K.set_session(sess)
    model = load_model("model.h5")
    with ThreadPoolExecutor() as pool:
        pool.shutdown()
    return model


# A target that is no function, and a `run` that is none.
def no_function(sess):
    K.set_session(sess)
    model = load_model("model.h5")
    threading.Thread(target=model.unknown).start()
    threading.Thread(target=3).start()


class Assigned(threading.Thread):
    run = print


def assigned_run(sess):
    K.set_session(sess)
    load_model("model.h5")
    Assigned().start()


# What else is wrong in a thread's function is a finding there, once.
def registers_late(sess):
    model = load_model("model.h5")  # expect: TFS103
    K.set_session(sess)
    model.summary()
    return model


def starts_late(sess):
    threading.Thread(target=lambda: registers_late(sess)).start()
    threading.Thread(target=registers_late, args=(sess,)).start()


# All models that the thread itself makes are its own.
def own_work(x):
    first = load_model("first.h5")
    second = load_model("second.h5")
    first.predict(x)
    second.predict(x)


def makes_its_own(sess, x):
    K.set_session(sess)
    threading.Thread(target=own_work, args=(x,)).start()
