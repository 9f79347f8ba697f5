import functools
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential
from somewhere import Registered, registered

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
    return kept


def added(things):
    model = Sequential([Dense(1)])
    things += [model]


def after_added(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = added(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def as_attribute(things):
    model = Sequential([Dense(1)])
    things.model = model


def after_as_attribute(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = as_attribute(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def as_item(things):
    model = Sequential([Dense(1)])
    things["model"] = model


def after_as_item(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = as_item(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def extended(things):
    model = Sequential([Dense(1)])
    SHARED.extend([model])


def after_extended(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = extended(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def starred(things):
    model = Sequential([Dense(1)])
    return [*things, model]


def after_starred(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = starred(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def under_unknown_key(things):
    model = Sequential([Dense(1)])
    return {things: model}


def after_under_unknown_key(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = under_unknown_key(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def one_of_two(things):
    model = Sequential([Dense(1)])
    return things or model


def after_one_of_two(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = one_of_two(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def comprehended(things):
    model = Sequential([Dense(1)])
    return [model for each in things]


def after_comprehended(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = comprehended(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def by_builtin(things):
    model = Sequential([Dense(1)])
    return dict(model=model)


def after_by_builtin(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = by_builtin(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def last_of_a_loop(things):
    model = Sequential([Dense(1)])
    for one in (model, things):
        pass
    return one


def after_last_of_a_loop(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = last_of_a_loop(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def appended(things):
    model = Sequential([Dense(1)])
    things.append(model)


def after_appended(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = appended(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def returned(things):
    model = Sequential([Dense(1)])
    return model


def after_returned(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = returned(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def in_a_thread(things):
    model = Sequential([Dense(1)])
    things.use(threading.Thread(target=model.predict, args=(things,)))


def after_in_a_thread(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = in_a_thread(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def in_a_context(things):
    model = Sequential([Dense(1)])
    things.use(entered(model))


def after_in_a_context(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = in_a_context(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def in_a_context_of_an_object(things):
    model = Sequential([Dense(1)])
    things.use(Holder(model).entered())


def after_in_a_context_of_an_object(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = in_a_context_of_an_object(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def as_a_context_of_an_object(things):
    holder = Holder(Sequential([Dense(1)]))
    return holder.entered()


def after_as_a_context_of_an_object(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = as_a_context_of_an_object(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def as_its_method(things):
    model = Sequential([Dense(1)])
    things.use(model.predict)


def after_as_its_method(things):
    K.set_session(tf.Session(config=CONFIG))
    as_its_method(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


# So are those that the functions inside of one see, if none of these got out of it.
def only_held_by_a_closure(things):
    model = Sequential([Dense(1)])

    def shown():
        return model

    shown().summary()


def after_only_held_by_a_closure(things):
    K.set_session(tf.Session(config=CONFIG))
    only_held_by_a_closure(things)
    K.set_session(tf.Session(config=CONFIG))


def only_held_by_a_lambda(things):
    model = Sequential([Dense(1)])
    shown = lambda title: model.summary()
    shown(things)


def after_only_held_by_a_lambda(things):
    K.set_session(tf.Session(config=CONFIG))
    only_held_by_a_lambda(things)
    K.set_session(tf.Session(config=CONFIG))


def only_held_by_a_closure_of_a_closure(things):
    def shown():
        model = Sequential([Dense(1)])

        def again():
            return model

        return again

    shown()().summary()


def after_only_held_by_a_closure_of_a_closure(things):
    K.set_session(tf.Session(config=CONFIG))
    only_held_by_a_closure_of_a_closure(things)
    K.set_session(tf.Session(config=CONFIG))


def only_held_by_an_own_object(things):
    holder = Holder(Sequential([Dense(1)]))

    def shown():
        holder.model.summary()

    shown()


def after_only_held_by_an_own_object(things):
    K.set_session(tf.Session(config=CONFIG))
    only_held_by_an_own_object(things)
    K.set_session(tf.Session(config=CONFIG))


# What did get out holds what it sees.
def returned_closure(things):
    model = Sequential([Dense(1)])

    def shown():
        return model.summary()

    return shown


def after_returned_closure(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = returned_closure(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def returned_lambda(things):
    model = Sequential([Dense(1)])
    return lambda: model.summary()


def after_returned_lambda(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = returned_lambda(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def returned_by_default(things):
    return lambda model=Sequential([Dense(1)]): model.summary()


def after_returned_by_default(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = returned_by_default(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def closure_of_a_returned_closure(things):
    model = Sequential([Dense(1)])

    def shown():
        return model.summary()

    def again():
        return shown()

    return again


def after_closure_of_a_returned_closure(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = closure_of_a_returned_closure(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def closure_given_to_unknown(things):
    model = Sequential([Dense(1)])
    things.use(lambda: model.summary())


def after_closure_given_to_unknown(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = closure_given_to_unknown(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def closure_given_in_a_list(things):
    model = Sequential([Dense(1)])
    things.use([lambda: model.summary()])


def after_closure_given_in_a_list(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = closure_given_in_a_list(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def closure_as_attribute(things):
    model = Sequential([Dense(1)])
    things.shown = lambda: model.summary()


def after_closure_as_attribute(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = closure_as_attribute(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def closure_of_an_object(things):
    model = Sequential([Dense(1)])
    holder = Holder(lambda: model.summary())
    return holder


def after_closure_of_an_object(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = closure_of_an_object(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def closure_given_to_tensorflow(things):
    model = Sequential([Dense(1)])
    return tf.py_func(lambda: model.summary(), things, tf.float32)


def after_closure_given_to_tensorflow(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = closure_given_to_tensorflow(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def closure_in_a_partial(things):
    model = Sequential([Dense(1)])
    things.use(functools.partial(lambda title: model.summary(), things))


def after_closure_in_a_partial(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = closure_in_a_partial(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


# No finding: a thread ends, and keeps nothing after that.
def closure_in_a_thread(things):
    model = Sequential([Dense(1)])

    def shown():
        model.summary()

    threading.Thread(target=shown).start()


def after_closure_in_a_thread(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = closure_in_a_thread(things)
    K.set_session(tf.Session(config=CONFIG))
    return kept


def closure_decorated(things):
    model = Sequential([Dense(1)])

    @things.route("/")
    def shown():
        return model.summary()


def after_closure_decorated(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = closure_decorated(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def closure_that_yields(things):
    model = Sequential([Dense(1)])

    def shown():
        yield model.summary()

    return shown()


def after_closure_that_yields(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = closure_that_yields(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def closure_as_a_context(things):
    model = Sequential([Dense(1)])

    @contextmanager
    def shown():
        yield model.summary()

    return shown()


def after_closure_as_a_context(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = closure_as_a_context(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def closure_in_a_context_given_to_unknown(things):
    model = Sequential([Dense(1)])

    @contextmanager
    def shown():
        yield model.summary()

    things.use(shown())


def after_closure_in_a_context_given_to_unknown(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = closure_in_a_context_given_to_unknown(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def method_of_a_class_inside(things):
    model = Sequential([Dense(1)])

    class Shown:
        def show(self):
            model.summary()

    return Shown()


def after_method_of_a_class_inside(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = method_of_a_class_inside(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


# A function that is being executed holds what it sees, whatever holds it.
def kept_by_a_closure(things):
    model = None

    def build():
        nonlocal model
        model = Sequential([Dense(1)])

    def build_and_replace():
        build()  # expect: TFS101
        K.set_session(tf.Session(config=CONFIG))
        return model.predict(things)

    return build_and_replace


def after_kept_by_a_closure(things):
    K.set_session(tf.Session(config=CONFIG))
    kept_by_a_closure(things)()  # expect: TFS104


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


def own_held(things):
    model = Own([Dense(1)])
    model.summary()


def after_own_held(things):
    K.set_session(tf.Session(config=CONFIG))
    own_held(things)
    K.set_session(tf.Session(config=CONFIG))


def own_returned(things):
    model = Own([Dense(1)])
    return model


def after_own_returned(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = own_returned(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def own_output_returned(things):
    return Own([Dense(1)])(things)


def after_own_output_returned(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = own_output_returned(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


def own_given_to_unknown(things):
    things.use(Own())


def after_own_given_to_unknown(things):
    K.set_session(tf.Session(config=CONFIG))
    own_given_to_unknown(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


# What further bases or decorators do with an object is unknown.
class Mixed(Registered, Sequential):
    pass


@registered
class Decorated(Sequential):
    pass


def mixed(things):
    model = Mixed([Dense(1)])
    model.summary()


def after_mixed(things):
    K.set_session(tf.Session(config=CONFIG))
    mixed(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def decorated(things):
    model = Decorated([Dense(1)])
    model.summary()


def after_decorated(things):
    K.set_session(tf.Session(config=CONFIG))
    decorated(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


# The layers of an own model live with it.
class Deep(Sequential):
    def __init__(self):
        super().__init__()
        self.dense = Dense(1)


def deep_held(things):
    model = Deep()
    model.fit(things)


def after_deep_held(things):
    K.set_session(tf.Session(config=CONFIG))
    deep_held(things)
    K.set_session(tf.Session(config=CONFIG))


def deep_output_returned(things):
    model = Deep()
    return model(things)


def after_deep_output_returned(things):
    K.set_session(tf.Session(config=CONFIG))
    kept = deep_output_returned(things)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return kept


# A text that has a model's name in it does not hold the model.
def only_named(prefix):
    model = Sequential([Dense(1)])
    return [prefix + output.name for output in model.outputs], model.name.split("/")


def after_only_named(prefix):
    K.set_session(tf.Session(config=CONFIG))
    SHARED.append(only_named(prefix))
    K.set_session(tf.Session(config=CONFIG))


# Its outputs do.
def outputs(prefix):
    model = Sequential([Dense(1)])
    return [prefix + output for output in model.outputs]


def after_outputs(prefix):
    K.set_session(tf.Session(config=CONFIG))
    SHARED.append(outputs(prefix))
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
