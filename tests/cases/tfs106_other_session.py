import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Model, Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True
FIRST = tf.Session(config=CONFIG)
SECOND = tf.Session(config=CONFIG)


# TFS106: a with block was left; the weights are in its session.
def block_left(x, kernel, bias):
    with FIRST.as_default():
        model = Sequential([Dense(1, weights=[kernel, bias])])
    return model.predict(x)  # expect: TFS106


# Used inside the block: right.
def inside_the_block(x, kernel, bias):
    with FIRST.as_default():
        model = Sequential([Dense(1, weights=[kernel, bias])])
        return model.predict(x)


# The block of a session itself.
def session_block_left(x, path):
    with FIRST:
        model = load_model(path)
    return model.predict(x)  # expect: TFS106


# Entered again for the use.
def block_entered_again(x, path):
    with FIRST.as_default():
        model = load_model(path)
    with FIRST.as_default():
        return model.predict(x)


# Another session's block.
def other_block(x, path):
    with FIRST.as_default():
        model = load_model(path)
    with SECOND.as_default():
        return model.predict(x)  # expect: TFS106


# The innermost entered one counts.
def inner_block(x, path):
    with FIRST.as_default():
        model = load_model(path)
        with SECOND.as_default():
            model.predict(x)  # expect: TFS106
        model.predict(x)


# A with block was entered after the weights came to the implicit session.
def block_entered(x):
    model = Sequential([Dense(1)])
    model.predict(x)
    with FIRST.as_default():
        return model.predict(x)  # expect: TFS106


# Nothing held the weights before the block.
def first_use_in_the_block(x):
    model = Sequential([Dense(1)])
    with FIRST.as_default():
        return model.predict(x)


# An InteractiveSession opened in between.
def interactive_opened(x, path):
    model = load_model(path)
    sess = tf.InteractiveSession()
    scores = model.predict(x)  # expect: TFS106
    sess.close()
    return scores


# Opened first: it is the one that Keras uses.
def interactive_first(x, path):
    sess = tf.InteractiveSession()
    model = load_model(path)
    scores = model.predict(x)
    sess.close()
    return scores


# An InteractiveSession counts until it is closed.
def interactive_closed(x, path):
    sess = tf.InteractiveSession()
    model = load_model(path)
    sess.close()
    return model.predict(x)  # expect: TFS106


# Every kind of weight access counts.
def accesses(x, y, path):
    with FIRST.as_default():
        model = load_model(path)
    model.fit(x, y)  # expect: TFS106
    model.get_weights()  # expect: TFS106
    model.save(path)  # expect: TFS106


# Harmless ones don't.
def harmless(path):
    with FIRST.as_default():
        model = load_model(path)
    model.compile("sgd", "mse")
    model.summary()
    return model.to_json()


# Registered and entered are one session: leaving the block changes nothing.
def same_session(x, path):
    K.set_session(FIRST)
    with FIRST.as_default():
        model = load_model(path)
    return model.predict(x)


# The weights are in the registered session; another one is entered.
def registered_then_block(x, path):
    K.set_session(FIRST)
    model = load_model(path)
    with SECOND.as_default():
        return model.predict(x)  # expect: TFS106


# The access puts weights elsewhere, and Keras is back on the registered session at the end.
def put_elsewhere(x, y):
    K.set_session(FIRST)
    model = Sequential([Dense(1)])
    with SECOND.as_default():
        model.fit(x, y)  # expect: TFS106
    return model


# The block is the registered session's own.
def put_home(x, y):
    K.set_session(FIRST)
    model = Sequential([Dense(1)])
    with FIRST.as_default():
        model.fit(x, y)
    return model


# The flow doesn't end with Keras back on the registered one: the InteractiveSession stays open.
def put_into_open_interactive(x, y):
    K.set_session(FIRST)
    model = Sequential([Dense(1)])
    sess = tf.InteractiveSession()
    model.fit(x, y)
    return model, sess


# Both sessions must be known: an entered parameter is not.
def unknown_block(sess, x, path):
    with sess.as_default():
        model = load_model(path)
    return model.predict(x)


# A block that is no session's.
def device_block(x, path):
    K.set_session(FIRST)
    with tf.device("/cpu:0"):
        model = load_model(path)
    return model.predict(x)


# Any event that needs a session initialises every model of that graph there.
def second_model_touched(x, path):
    plain = Sequential([Dense(1)])
    with FIRST.as_default():
        load_model(path).predict(x)
    return plain.predict(x)  # expect: TFS106


# In a method that __init__ calls: the ways part at the call.
class Scorer:
    def __init__(self, path, x):
        with FIRST.as_default():
            self.model = load_model(path)
        self.warm_up(x)  # expect: TFS106

    def warm_up(self, x):
        self.model.predict(x)


class CarefulScorer:
    def __init__(self, path, x):
        with FIRST.as_default():
            self.model = load_model(path)
        self.warm_up(x)

    def warm_up(self, x):
        with FIRST.as_default():
            self.model.predict(x)


# Also one that was built under the registered session, without being named.
def registered_model_touched(path):
    K.set_session(FIRST)
    plain = Sequential([Dense(1)])
    with tf.Session(config=CONFIG).as_default():
        load_model(path)  # expect: TFS106
    return plain


# A clone has weights of its own.
def cloned(x, path):
    model = load_model(path)
    with FIRST.as_default():
        return clone_model(model).predict(x)


def not_cloned(x, path):
    model = load_model(path)
    with FIRST.as_default():
        return model.predict(x)  # expect: TFS106


# Initial weights that an initializer made there are as good as the first ones.
def initialized_there(x):
    model = Sequential([Dense(1)])
    model.predict(x)
    with FIRST.as_default() as sess:
        sess.run(tf.global_variables_initializer())
        return model.predict(x)


# From one entered session to the next: Keras comes back to the registered one all the same.
def from_block_to_block(path):
    K.set_session(FIRST)
    model = load_model(path)
    with tf.Session(config=CONFIG).as_default():
        model.load_weights(path)
    with tf.Session(config=CONFIG).as_default():
        model.load_weights(path)  # expect: TFS106
    return model


# The session belongs to the function around it: no word in the inner one tells of sessions.
def session_around():
    session = tf.Session(config=CONFIG)

    def block_left(x, kernel, bias):
        with session.as_default():
            model = Sequential([Dense(1, weights=[kernel, bias])])
        return model.predict(x)  # expect: TFS106

    return block_left


def session_around_a_class():
    session = tf.Session(config=CONFIG)

    class Scorer:
        def __init__(self, path, x):
            with session.as_default():
                self.model = load_model(path)
            self.model.predict(x)  # expect: TFS106

    return Scorer


def session_around_in_order():
    session = tf.Session(config=CONFIG)

    def inside(x, kernel, bias):
        with session.as_default():
            model = Sequential([Dense(1, weights=[kernel, bias])])
            return model.predict(x)

    return inside


# clear_session() forgets what was built: nothing is in the other session any more.
def accessed_elsewhere_and_cleared(x):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))
    model = Sequential([Dense(1)])
    with tf.Session(config=config).as_default():
        model.predict(x)
    K.clear_session()


def accessed_elsewhere(x):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))
    model = Sequential([Dense(1)])
    with tf.Session(config=config).as_default():
        model.predict(x)  # expect: TFS106
    return model


# An initializer makes initial weights elsewhere, too, but none that were trained.
def trained_and_initialized_elsewhere(x, y):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))
    model = Sequential([Dense(1)])
    model.predict(x)
    model.fit(x, y)
    other = tf.Session(config=config)
    other.run(tf.global_variables_initializer())
    with other.as_default():
        model.predict(x)  # expect: TFS106


def used_and_initialized_elsewhere(x):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))
    model = Sequential([Dense(1)])
    model.predict(x)
    other = tf.Session(config=config)
    other.run(tf.global_variables_initializer())
    with other.as_default():
        model.predict(x)


# A model of another's input and output has its weights.
def shared(x):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    with tf.Session(config=config).as_default():
        model = load_model("model.h5")
    other = Model(model.input, model.output)
    other.predict(x)  # expect: TFS106


def not_shared(x):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    with tf.Session(config=config).as_default():
        load_model("model.h5")
    other = Sequential([Dense(1)])
    other.predict(x)


# Initial weights that another session has as well are trained there, and nowhere else.
def copy_trained(x, y):
    K.set_session(FIRST)
    model = Sequential([Dense(1)])
    model.predict(x)
    SECOND.run(tf.global_variables_initializer())
    with SECOND.as_default():
        model.fit(x, y)  # expect: TFS106
    return model


def copy_trained_and_registered(x, y):
    K.set_session(FIRST)
    model = Sequential([Dense(1)])
    model.predict(x)
    SECOND.run(tf.global_variables_initializer())
    with SECOND.as_default():
        model.fit(x, y)
    K.set_session(SECOND)
    return model
