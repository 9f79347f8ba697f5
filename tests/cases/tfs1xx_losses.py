import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Dropout, Flatten, Input, Lambda
from tensorflow.keras.models import Model, Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


def new_session():
    return tf.Session(config=CONFIG)


# --- the session comes back ---


def saved_and_registered_again(x):
    model = load_model("model.h5")
    kept = K.get_session()
    K.set_session(new_session())
    K.set_session(kept)
    return model.predict(x)


def used_before_it_comes_back(x):
    model = load_model("model.h5")  # expect: TFS103
    kept = K.get_session()
    K.set_session(new_session())
    model.predict(x)
    K.set_session(kept)
    return model


def comes_back_in_finally(x):
    model = load_model("model.h5")
    kept = K.get_session()
    try:
        K.set_session(new_session())
        other = load_model("other.h5")
        scores = other.predict(x)
    finally:
        K.set_session(kept)
    return scores, model.predict(x)


def never_comes_back(x):
    model = load_model("model.h5")  # expect: TFS103
    kept = K.get_session()
    try:
        K.set_session(new_session())
    finally:
        K.set_session(new_session())
    return model.predict(x), kept


class Isolated:
    def __enter__(self):
        self.kept = K.get_session()
        K.set_session(new_session())
        return self

    def __exit__(self, *args):
        K.set_session(self.kept)


def comes_back_in_exit(x):
    model = load_model("model.h5")
    model.predict(x)
    model.save("copy.h5")
    with Isolated():
        copy = load_model("copy.h5")
        copy.predict(x)
    return model.predict(x)


def used_inside(x):
    model = load_model("model.h5")  # expect: TFS103
    with Isolated():
        return model.predict(x)


def swap(session):
    before = K.get_session()
    K.set_session(session)
    return before


def comes_back_through_helpers(x):
    model = load_model("model.h5")
    before = swap(new_session())
    swap(before)
    return model.predict(x)


# A hazard is taken back, too: nothing had weights.
def hazard_taken_back(x):
    model = Sequential([Dense(1)])
    kept = K.get_session()
    K.set_session(new_session())
    K.set_session(kept)
    return model.predict(x)


def hazard_that_stays(x):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.get_session()  # expect: TFS103
    K.set_session(new_session())
    return model.predict(x)


# --- weights are given again ---


def given_again(path, x):
    model = load_model(path)
    K.set_session(new_session())
    model.load_weights(path)
    return model.predict(x)


def another_is_given(path, x):
    model = load_model(path)  # expect: TFS103
    other = load_model(path)
    K.set_session(new_session())
    other.load_weights(path)
    return model.predict(x), other.predict(x)


def given_again_on_one_branch(path, x, again):
    model = load_model(path)  # expect: TFS103
    K.set_session(new_session())
    if again:
        model.load_weights(path)
    return model.predict(x)


def given_again_after_a_registered_one(path, x):
    K.set_session(new_session())
    model = load_model(path)
    K.set_session(new_session())
    model.load_weights(path)
    return model.predict(x)


def given_again_after_the_initializer(path, x):
    session = K.get_session()
    model = load_model(path)
    session.run(tf.global_variables_initializer())
    model.load_weights(path)
    return model.predict(x)


def used_between_initializer_and_weights(path, x):
    session = K.get_session()
    model = load_model(path)
    session.run(tf.global_variables_initializer())  # expect: TFS105
    model.predict(x)
    model.load_weights(path)
    return model


# --- the object is dead ---


def dead_at_the_end(x):
    model = load_model("model.h5")
    scores = model.predict(x)
    K.set_session(new_session())
    return scores


def predict_once(path, x):
    model = load_model(path)
    return model.predict(x)


def dead_in_a_helper(path, x):
    scores = predict_once(path, x)
    K.set_session(new_session())
    return scores


def restores_while_it_is_dead(x):
    K.set_session(new_session())
    kept = K.get_session()
    K.set_session(new_session())
    try:
        model = load_model("model.h5")
        return model.predict(x)
    finally:
        K.set_session(kept)


def restores_while_it_lives(x):
    K.set_session(new_session())
    kept = K.get_session()
    K.set_session(new_session())
    try:
        model = load_model("model.h5")
        return model
    finally:
        K.set_session(kept)  # expect: TFS104


def cleared_at_the_end():
    K.set_session(new_session())
    model = load_model("model.h5")
    K.set_session(new_session())
    K.clear_session()
    return model


def of_a_graph_that_was_cleared(x):
    model = Sequential([Dense(1)])
    model.get_weights()
    K.clear_session()
    model.predict(x)  # expect: TFS107
    K.set_session(new_session())
    return model


# --- the first thing that the registered session runs is the initializer ---


def initializer_first(x, y):
    model = Sequential([Dense(1)])
    with tf.Session(config=CONFIG) as session:
        K.set_session(session)
        session.run(tf.global_variables_initializer())
        model.fit(x, y)
    return model.name


def initializer_in_the_session_of_keras(x):
    model = Sequential([Dense(1)])
    K.set_session(new_session())
    K.get_session().run(tf.global_variables_initializer())
    return model.predict(x)


def initializer_in_the_session_of_keras_later(x, y):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(new_session())
    sess = K.get_session()
    model.fit(x, y)
    sess.run(tf.global_variables_initializer())  # expect: TFS105
    return model.predict(x)


def no_initializer_in_the_session_of_keras():
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(new_session())
    return model, K.get_session()


def initializer_before_it_is_registered(x):
    model = Sequential([Dense(1)])
    session = new_session()
    session.run(tf.global_variables_initializer())
    K.set_session(session)
    return model.predict(x)


def initializer_too_late(x):
    model = Sequential([Dense(1)])  # expect: TFS101
    session = new_session()
    K.set_session(session)
    model.predict(x)
    session.run(tf.global_variables_initializer())
    return model


def initializer_over_weights(path, x):
    model = load_model(path)  # expect: TFS103
    session = new_session()
    K.set_session(session)
    session.run(tf.global_variables_initializer())
    return model.predict(x)


# From then on it is as if it were built under that session.
def initialised_then_replaced(x):
    model = Sequential([Dense(1)])
    session = new_session()
    K.set_session(session)
    session.run(tf.global_variables_initializer())
    K.set_session(new_session())  # expect: TFS104
    return model.predict(x)


def replaced_before_it_is_initialised(x):
    model = Sequential([Dense(1)])  # expect: TFS101
    session = new_session()  # expect: TFS301
    K.set_session(new_session())
    session.run(tf.global_variables_initializer())
    K.set_session(new_session())
    return model.predict(x)


# What belongs to a block stays there.
def initialised_beside_its_block(x):
    with new_session().as_default():
        model = Sequential([Dense(1)])
        session = new_session()
        K.set_session(session)
        session.run(tf.global_variables_initializer())
        load_model("model.h5")
    return model.name


def initializer_in_a_parameter(sess, x):
    model = Sequential([Dense(1)])
    K.set_session(sess)
    sess.run(tf.global_variables_initializer())
    return model.predict(x)


def initializer_run_by_itself(sess, x):
    model = Sequential([Dense(1)])
    K.set_session(sess)
    tf.global_variables_initializer().run(session=sess)
    return model.predict(x)


def initializer_in_another(sess, x):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(new_session())
    sess.run(tf.global_variables_initializer())
    return model.predict(x)


def weights_before_it_runs(sess, path, x):
    model = load_model(path)  # expect: TFS103
    K.set_session(sess)
    sess.run(tf.global_variables_initializer())
    return model.predict(x)


class Agent:
    def __init__(self):
        self._build_graph()
        session = new_session()
        K.set_session(session)
        session.run(tf.global_variables_initializer())


class HastyAgent:
    def __init__(self):
        self._build_graph()  # expect: TFS102
        K.set_session(new_session())


# --- what can hold no weights ---


def weightless(sess):
    inputs = Input((4,))
    flat = Flatten()(Dropout(0.5)(Lambda(abs)(inputs)))
    K.set_session(sess)
    return Model(inputs, flat)


def holds_weights(sess):
    inputs = Input((4,))
    scores = Dense(1)(Flatten()(inputs))  # expect: TFS101
    K.set_session(sess)
    return Model(inputs, scores)


# --- an unknown session may be the one that the flow holds ---


class Keeps:
    def __init__(self):
        self.session = K.get_session()
        self.model = load_model("model.h5")
        self.restore()
        K.set_session(self.session)


class KeepsNothing:
    def __init__(self, session):
        self.model = load_model("model.h5")  # expect: TFS103
        K.set_session(session)


# --- registering the session that Keras made ---


def registered_itself_and_replaced(x):
    session = K.get_session()
    K.set_session(session)
    model = Sequential([Dense(1)])
    K.set_session(new_session())  # expect: TFS104
    return model.predict(x)


def registered_itself_and_cleared():
    session = K.get_session()
    K.set_session(session)
    model = Sequential([Dense(1)])
    K.set_session(new_session())
    K.clear_session()
    return model


# --- an entered session that is registered, too ---


def entered_and_registered(x):
    session = new_session()
    K.set_session(session)
    with session.as_default():
        model = load_model("model.h5")
    K.set_session(new_session())  # expect: TFS104
    return model


def entered_and_registered_after_it(x):
    session = new_session()
    with session.as_default():
        model = load_model("model.h5")
        K.set_session(session)
    K.set_session(new_session())  # expect: TFS104
    return model.predict(x)


class EnteredAndRegistered:
    def __init__(self):
        self.session = new_session()
        with self.session.as_default():
            K.set_session(self.session)
            self.model = load_model("model.h5")
        K.set_session(new_session())  # expect: TFS104


def entered_only(x):
    session = new_session()
    with session.as_default():
        model = load_model("model.h5")
    with session.as_default():
        return model.predict(x)


# --- a switch is about its objects ---


def another_object_is_given_weights(values):
    session = new_session()
    with session.as_default():
        model = load_model("model.h5")
        K.set_session(session)
    other = Sequential([Dense(1)])
    K.set_session(new_session())
    model.set_weights(values)
    K.clear_session()
    return model, other


def weights_live_in_the_second(x):
    first, second = new_session(), new_session()
    K.set_session(first)
    model = Sequential([Dense(1)])
    K.set_session(second)
    K.get_session()
    K.set_session(first)  # expect: TFS104
    return model.predict(x)


def weights_live_in_the_first(x):
    first, second = new_session(), new_session()
    K.set_session(first)
    model = Sequential([Dense(1)])
    K.get_session()
    K.set_session(second)
    K.set_session(first)
    return model.predict(x)


# --- weights that go into an entered session ---


def all_of_the_graph_are_initialised(x):
    first, second = new_session(), new_session()
    K.set_session(first)
    with first.as_default():
        model = Sequential([Dense(1)])
    with second.as_default():
        other = load_model("model.h5")  # expect: TFS106
    return model.predict(x), other


def keras_keeps_one_of_its_own(x):
    K.get_session()
    model = Sequential([Dense(1)])
    with new_session().as_default():
        other = load_model("model.h5")  # expect: TFS106
    return model.predict(x), other


def keras_has_none_yet(x):
    model = Sequential([Dense(1)])
    session = new_session()
    with session.as_default():
        other = load_model("model.h5")
        model.predict(x)
    return model, other


def given_in_another_block(values):
    session = K.get_session()
    K.set_session(session)
    model = load_model("model.h5")
    with new_session().as_default():
        model.set_weights(values)  # expect: TFS106
    return model


# --- a session of another graph ---


def entered_after_clearing():
    session = new_session()
    K.clear_session()
    with session.as_default():
        return load_model("model.h5")  # expect: TFS106


def entered_without_its_graph():
    session = tf.Session(graph=tf.Graph(), config=CONFIG)
    with session.as_default():
        return load_model("model.h5")  # expect: TFS106


def entered_with_its_graph():
    with tf.Session(graph=tf.Graph(), config=CONFIG):
        return load_model("model.h5")


def made_after_clearing():
    K.clear_session()
    with new_session().as_default():
        return load_model("model.h5")


# --- one cause, one finding ---


def lost_and_initialised(values, x):
    model = Sequential([Dense(1)])  # expect: TFS101
    model.set_weights(values)  # expect: TFS103
    session = tf.InteractiveSession(config=CONFIG)
    K.set_session(session)
    session.run(tf.global_variables_initializer())
    return model.predict(x)


def kept_and_saved(x):
    model = load_model("model.h5")  # expect: TFS103
    model.save("copy.h5")
    kept = K.get_session()
    K.set_session(new_session())
    return model.predict(x), kept


# --- a path that has no normal end ---


def serve(sess, requests):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    while True:
        requests.get(model)


def leave(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    exit(model)


# --- a manager of the file's own that enters a session of its own graph ---


class OwnGraph:
    def __init__(self):
        self.session = tf.Session(graph=tf.Graph(), config=CONFIG)
        self.kept = K.get_session()

    def __enter__(self):
        self.session.__enter__()
        K.set_session(self.session)
        return self

    def __exit__(self, *args):
        K.set_session(self.kept)
        self.session.__exit__(*args)


def builds_in_its_graph(x):
    reference = load_model("model.h5")
    with OwnGraph():
        model = load_model("model.h5")
        scores = model.predict(x)
    return reference.predict(x), scores


def keeps_what_it_built(x):
    with OwnGraph():  # expect: TFS104
        model = load_model("model.h5")
    return model.predict(x)


# --- a session that is entered and stays so ---


class StaysOpen:
    def __init__(self):
        self.model = load_model("model.h5")  # expect: TFS106
        self.session = tf.InteractiveSession(config=CONFIG)


class OpensFirst:
    def __init__(self):
        self.session = tf.InteractiveSession(config=CONFIG)
        self.model = load_model("model.h5")


class HasNoWeightsYet:
    def __init__(self):
        self.model = Sequential([Dense(1)])
        self.session = tf.InteractiveSession(config=CONFIG)


class ClosesIt:
    def __init__(self):
        self.model = load_model("model.h5")
        session = tf.InteractiveSession(config=CONFIG)
        session.close()


# --- a model that has no layers yet has no weights ---


def filled_later(x):
    model = Sequential()  # expect: TFS101
    sess = K.get_session()
    model.add(Dense(1))
    K.set_session(new_session())
    return model.predict(x), sess


def filled_before(x):
    model = Sequential()  # expect: TFS101
    model.add(Dense(1))
    sess = K.get_session()  # expect: TFS103
    K.set_session(new_session())
    return model.predict(x), sess


def never_filled(path):
    Sequential()
    K.set_session(new_session())
    load_model(path)
    K.clear_session()


def filled_with_what_is_not_known(layer, path):
    model = Sequential()  # expect: TFS101
    model.add(layer)
    K.set_session(new_session())
    load_model(path)
    K.clear_session()
    return model.name


# --- what is looked for in the wrong session is not put there ---


def used_where_it_is_not(x, values):
    with new_session().as_default():
        model = load_model("model.h5")
    model.predict(x)  # expect: TFS106
    model.set_weights(values)  # expect: TFS103
    K.set_session(new_session())
    return model


# --- what is given again is lost to that session no more ---


def given_again_then_in_a_block(x, values):
    kept = new_session()
    K.set_session(kept)
    model = load_model("model.h5")
    K.set_session(new_session())
    model.set_weights(values)
    with kept.as_default():
        model.set_weights(values)  # expect: TFS106
    return model.predict(x)


def given_again(x, values):
    K.set_session(new_session())
    model = load_model("model.h5")
    K.set_session(new_session())
    model.set_weights(values)
    return model.predict(x)


def not_given_again(x):
    K.set_session(new_session())
    model = load_model("model.h5")
    K.set_session(new_session())  # expect: TFS104
    return model.predict(x)


# A method of something unknown may give what had its weights in the implicit session.
def unknown_given_again(net, path):
    K.get_value(net.weights[0])
    K.set_session(new_session())
    net.load_weights(path)


def unknown_given_in_a_block(net, path):
    K.get_value(net.weights[0])
    with new_session().as_default() as session:
        net.load_weights(path)
        K.set_session(session)


def unknown_given_before(net, path):
    K.get_value(net.weights[0])  # expect: TFS103
    net.load_weights(path)
    K.set_session(new_session())


def unknown_set_again(net, value):
    K.get_value(net.weights[0])
    K.set_session(new_session())
    K.set_value(net.weights[0], value)


def unknown_asked_again(net):
    K.get_value(net.weights[0])  # expect: TFS103
    K.set_session(new_session())
    K.get_value(net.weights[0])


# What an object held that is gone itself is held no more.
class Pieces:
    def __init__(self):
        self.model = Sequential([Dense(1)])


class Whole:
    def train(self, x, y):
        pieces = Pieces()
        pieces.model.fit(x, y)
        self.model = pieces.model

    def train_and_keep(self, x, y):
        self.pieces = Pieces()
        self.pieces.model.fit(x, y)


def score(x, y):
    whole = Whole()
    whole.train(x, y)
    return whole.model.evaluate(x, y)


def scores(x, y, sess):
    first = score(x, y)
    K.set_session(sess)
    return first


def kept(x, y, sess):
    whole = Whole()
    whole.train_and_keep(x, y)  # expect: TFS103
    K.set_session(sess)
    return whole


# First weights are as good where an initializer made them before.
def initialized_before(x):
    other = tf.Session(config=CONFIG)
    model = Sequential([Dense(1)])
    other.run(tf.global_variables_initializer())
    K.get_session()
    K.set_session(other)
    return model.predict(x)


def called_after_the_initializer(x):
    other = tf.Session(config=CONFIG)
    layer = Dense(1)  # expect: TFS101
    other.run(tf.global_variables_initializer())
    model = Sequential([layer])
    K.get_session()  # expect: TFS103
    K.set_session(other)
    return model.predict(x)
