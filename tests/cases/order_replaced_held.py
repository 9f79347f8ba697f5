import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True
SHARED = []


@contextmanager
def entered(model):
    yield model


class Holder:
    def __init__(self, model):
        self.model = model

    @contextmanager
    def entered(self):
        yield self.model


# Objects that only a function held which has returned by then are dead.
def only_held(things):
    model = Sequential([Dense(1)])
    model.summary()


def after_only_held(things):
    K.set_session(tf.Session(config=CONFIG))
    only_held(things)
    K.set_session(tf.Session(config=CONFIG))


# What was returned, put into something that lives on, or given to unknown code is not.
def given_to_a_pool(things):
    model = Sequential([Dense(1)])
    with ThreadPoolExecutor() as pool:
        pool.submit(things, model)


def after_given_to_a_pool(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = given_to_a_pool(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def added(things):
    model = Sequential([Dense(1)])
    things += [model]


def after_added(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = added(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def as_attribute(things):
    model = Sequential([Dense(1)])
    things.model = model


def after_as_attribute(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = as_attribute(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def as_item(things):
    model = Sequential([Dense(1)])
    things["model"] = model


def after_as_item(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = as_item(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def extended(things):
    model = Sequential([Dense(1)])
    SHARED.extend([model])


def after_extended(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = extended(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def starred(things):
    model = Sequential([Dense(1)])
    return [*things, model]


def after_starred(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = starred(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def under_unknown_key(things):
    model = Sequential([Dense(1)])
    return {things: model}


def after_under_unknown_key(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = under_unknown_key(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def one_of_two(things):
    model = Sequential([Dense(1)])
    return things or model


def after_one_of_two(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = one_of_two(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def comprehended(things):
    model = Sequential([Dense(1)])
    return [model for each in things]


def after_comprehended(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = comprehended(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def by_builtin(things):
    model = Sequential([Dense(1)])
    return dict(model=model)


def after_by_builtin(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = by_builtin(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def last_of_a_loop(things):
    model = Sequential([Dense(1)])
    for one in (model, things):
        pass
    return one


def after_last_of_a_loop(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = last_of_a_loop(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def appended(things):
    model = Sequential([Dense(1)])
    things.append(model)


def after_appended(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = appended(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def returned(things):
    model = Sequential([Dense(1)])
    return model


def after_returned(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = returned(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def in_a_thread(things):
    model = Sequential([Dense(1)])
    things.use(threading.Thread(target=model.predict, args=(things,)))


def after_in_a_thread(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = in_a_thread(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def in_a_context(things):
    model = Sequential([Dense(1)])
    things.use(entered(model))


def after_in_a_context(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = in_a_context(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def in_a_context_of_an_object(things):
    model = Sequential([Dense(1)])
    things.use(Holder(model).entered())


def after_in_a_context_of_an_object(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = in_a_context_of_an_object(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def as_its_method(things):
    model = Sequential([Dense(1)])
    things.use(model.predict)


def after_as_its_method(things):
    K.set_session(tf.Session(config=CONFIG))
    as_its_method(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


# Models of the file's own classes are no other.
class Own(Sequential):
    pass


def own_added(things):
    model = Own([Dense(1)])
    things += [model]


def after_own_added(things):
    K.set_session(tf.Session(config=CONFIG))
    own_added(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
