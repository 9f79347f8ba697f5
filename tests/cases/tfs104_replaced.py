from contextlib import contextmanager

import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Model, Sequential

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


def new_session():
    return tf.Session(config=CONFIG)


def open_session():
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    return sess


# TFS104: another session is registered after a model was built under the first, then it is used.
def replaced_and_used(x):
    first = tf.Session(config=CONFIG)
    K.set_session(first)
    model = Sequential([Dense(1)])
    second = tf.Session(config=CONFIG)
    K.set_session(second)  # expect: TFS104
    return model.predict(x)


# ... or the flow ends while the other is Keras'.
def replaced_at_the_end():
    first = tf.Session(config=CONFIG)
    K.set_session(first)
    model = Sequential([Dense(1)])
    second = tf.Session(config=CONFIG)
    K.set_session(second)  # expect: TFS104
    return model


# Registering the first again takes it back.
def registered_again(x):
    first = tf.Session(config=CONFIG)
    second = tf.Session(config=CONFIG)
    K.set_session(first)
    model = Sequential([Dense(1)])
    K.set_session(second)
    K.set_session(first)
    return model.predict(x)


# Taken back too late: the model was used in between.
def used_in_between(x):
    first = tf.Session(config=CONFIG)
    second = tf.Session(config=CONFIG)
    K.set_session(first)
    model = Sequential([Dense(1)])
    K.set_session(second)  # expect: TFS104
    model.predict(x)
    K.set_session(first)


# clear_session() takes it back as well: the model is dead.
def cleared():
    first = tf.Session(config=CONFIG)
    second = tf.Session(config=CONFIG)
    K.set_session(first)
    model = Sequential([Dense(1)])
    model.summary()
    K.set_session(second)
    K.clear_session()


# Cleared before the second registration.
def cleared_before():
    first = tf.Session(config=CONFIG)
    K.set_session(first)
    Sequential([Dense(1)]).summary()
    K.clear_session()
    second = tf.Session(config=CONFIG)
    K.set_session(second)
    return Sequential([Dense(1)])


# Registering the same session again is fine.
def same_session(x):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = Sequential([Dense(1)])
    K.set_session(sess)
    return model.predict(x)


# Under another name it is still the same.
def same_session_alias(x):
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    model = Sequential([Dense(1)])
    again = sess
    K.set_session(again)
    return model.predict(x)


# get_session() returns the registered one.
def same_session_from_keras(x):
    K.set_session(tf.Session(config=CONFIG))
    model = Sequential([Dense(1)])
    K.set_session(K.get_session())
    return model.predict(x)


# Nothing was built under the first one.
def replaced_before_the_build():
    K.set_session(tf.Session(config=CONFIG))
    K.set_session(tf.Session(config=CONFIG))
    return Sequential([Dense(1)])


# Both sessions must be known: two parameters may be one session.
def unknown_sessions(first, second, x):
    K.set_session(first)
    model = Sequential([Dense(1)])
    K.set_session(second)
    return model.predict(x)


# One known, one unknown.
def half_known(sess, x):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    K.set_session(tf.Session(config=CONFIG))
    return model.predict(x)


# Two calls of one helper return two sessions.
def sessions_from_a_helper(x):
    K.set_session(new_session())
    model = Sequential([Dense(1)])
    K.set_session(new_session())  # expect: TFS104
    return model.predict(x)


# The helper registers: the ways part at its second call.
def helper_registers_twice(x):
    open_session()
    model = Sequential([Dense(1)])
    open_session()  # expect: TFS104
    return model.predict(x)


# Replaced on one path only: any path counts.
def replaced_in_a_branch(fresh, x):
    K.set_session(tf.Session(config=CONFIG))
    model = Sequential([Dense(1)])
    if fresh:
        K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return model.predict(x)


# Exclusive branches: each has one session.
def one_session_a_branch(gpu, x):
    if gpu:
        K.set_session(tf.Session(config=CONFIG))
        model = Sequential([Dense(1)])
    else:
        K.set_session(tf.Session(config=CONFIG))
        model = Sequential([Dense(1)])
    return model.predict(x)


# Two models, each with its own graph and session, each registered again before its use.
def taking_turns(x):
    actor_graph, critic_graph = tf.Graph(), tf.Graph()
    actor_session = tf.Session(graph=actor_graph, config=CONFIG)
    critic_session = tf.Session(graph=critic_graph, config=CONFIG)
    with actor_graph.as_default():
        K.set_session(actor_session)
        actor = Sequential([Dense(1)])
    with critic_graph.as_default():
        K.set_session(critic_session)
        critic = Sequential([Dense(1)])
    with actor_graph.as_default():
        K.set_session(actor_session)
        actor.predict(x)
    with critic_graph.as_default():
        K.set_session(critic_session)
        critic.predict(x)
    K.clear_session()


# A functional model, and a class that opens a new session for each method.
class Agent:
    def __init__(self):
        self.sess = tf.Session(config=CONFIG)
        K.set_session(self.sess)
        inputs = Input((4,))
        self.model = Model(inputs, Dense(1)(inputs))
        self.reopen()  # expect: TFS104

    def reopen(self):
        self.sess = tf.Session(config=CONFIG)
        K.set_session(self.sess)


class PatientAgent:
    def __init__(self):
        self.sess = tf.Session(config=CONFIG)
        K.set_session(self.sess)
        inputs = Input((4,))
        self.model = Model(inputs, Dense(1)(inputs))
        self.register()

    def register(self):
        K.set_session(self.sess)


# 101 for what was built before any registration, 104 for what was built under the first.
def both(x):
    early = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(tf.Session(config=CONFIG))
    late = Sequential([Dense(1)])
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return early, late.predict(x)


# An open InteractiveSession wins: a set_session of another changes nothing yet.
def interactive_wins(x, kernel, bias):
    sess = tf.InteractiveSession()
    model = Sequential([Dense(1, weights=[kernel, bias])])
    K.set_session(tf.Session(config=CONFIG))
    scores = model.predict(x)
    print(sess.graph)
    return scores


# A model that only a function held which has returned is dead: it does not count.
def score_in_a_session_of_its_own(x):
    open_session()
    inputs = Input((4,))
    model = Model(inputs, Dense(1)(inputs))
    model.summary()
    return model.predict(x)


def dead_when_replaced(x):
    first = score_in_a_session_of_its_own(x)
    return first, score_in_a_session_of_its_own(x)


# It is built in the function, the session comes from outside.
def fit_a_model(x):
    model = Sequential()
    model.add(Dense(1))
    model.compile("sgd", "mse")
    model.fit(x, x)


def one_session_a_fit(x):
    K.set_session(tf.Session(config=CONFIG))
    fit_a_model(x)
    K.set_session(tf.Session(config=CONFIG))
    fit_a_model(x)


# Of an object that dies with the function the models die too.
class Network:
    def __init__(self):
        self.model = Sequential([Dense(1)])


def fit_a_network(x):
    network = Network()
    network.model.fit(x, x)


def network_is_dead(x):
    K.set_session(tf.Session(config=CONFIG))
    fit_a_network(x)
    K.set_session(tf.Session(config=CONFIG))


# Returned, it lives on.
def build_in_a_session_of_its_own():
    open_session()
    return Sequential([Dense(1)])


def returned_and_replaced():
    actor = build_in_a_session_of_its_own()
    critic = build_in_a_session_of_its_own()  # expect: TFS104
    return actor, critic


def not_even_named():
    return (
        build_in_a_session_of_its_own(),
        build_in_a_session_of_its_own(),  # expect: TFS104
    )


def build_network():
    return Network()


def held_by_a_network():
    K.set_session(tf.Session(config=CONFIG))
    network = build_network()
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return network


# So it does where the caller's objects hold it,
class Ensemble:
    def __init__(self):
        self.models = []

    def grow(self):
        model = Sequential([Dense(1)])
        self.models.append(model)

    def replace(self):
        K.set_session(tf.Session(config=CONFIG))
        self.grow()
        K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


# or may hold it: a list, a dict or a function that can't be seen.
def add_to(models):
    model = Sequential([Dense(1)])
    models.append(model)


def put_into(models):
    models["last"] = Sequential([Dense(1)])


def give_to(keep):
    model = Sequential([Dense(1)])
    keep(model)


def give_network_to(keep):
    network = Network()
    keep(network)


def build_some(count):
    models = [Sequential([Dense(1)]) for _ in range(count)]
    return models


def held_out_of_sight_1(models):
    K.set_session(tf.Session(config=CONFIG))
    add_to(models)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def held_out_of_sight_2(models):
    K.set_session(tf.Session(config=CONFIG))
    put_into(models)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def held_out_of_sight_3(keep):
    K.set_session(tf.Session(config=CONFIG))
    give_to(keep)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def held_out_of_sight_4(keep):
    K.set_session(tf.Session(config=CONFIG))
    give_network_to(keep)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def held_out_of_sight_5():
    K.set_session(tf.Session(config=CONFIG))
    models = build_some(3)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return models


def build_two(models):
    for model in (Sequential([Dense(1)]), Sequential([Dense(2)])):
        models.append(model)


def build_another(model=None):
    other = Sequential([Dense(1)])
    return model or other


def build_first():
    first, *rest = Sequential([Dense(1)]), Sequential([Dense(2)])
    return first, rest


def held_out_of_sight_6(models):
    K.set_session(tf.Session(config=CONFIG))
    build_two(models)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104


def held_out_of_sight_7(model):
    K.set_session(tf.Session(config=CONFIG))
    model = build_another(model)
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return model


def held_out_of_sight_8():
    K.set_session(tf.Session(config=CONFIG))
    models = build_first()
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return models


def held_by_a_closure():
    K.set_session(tf.Session(config=CONFIG))

    def predictor():
        model = Sequential([Dense(1)])

        def predict(x):
            return model.predict(x)

        return predict

    predict = predictor()
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return predict


# A context manager's function goes on with what its block built.
@contextmanager
def watched():
    print("begin")
    yield
    print("end")


def built_in_a_block(x):
    K.set_session(tf.Session(config=CONFIG))
    with watched():
        model = Sequential([Dense(1)])
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return model.predict(x)


# A session that can't be known may be the first one.
def replaced_by_unknown(sess):
    K.set_session(new_session())
    model = Sequential([Dense(1)])
    K.set_session(new_session())
    K.set_session(sess)
    return model
