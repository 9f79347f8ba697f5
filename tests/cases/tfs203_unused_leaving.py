import tensorflow as tf

SETTINGS = {}
CONFIG = None


# TFS203: the object never leaves the flow.
def kept():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True  # expect: TFS203


# Returned.
def returned():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return config


def returned_options():
    return tf.GPUOptions(allow_growth=True)


def returned_in_a_tuple(name):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return name, config


# ... something else is returned.
def other_returned():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True  # expect: TFS203
    return SETTINGS


# Yielded.
def yielded():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    yield config


# ... something else is yielded.
def other_yielded():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True  # expect: TFS203
    yield SETTINGS


# Passed to a call.
def passed(train):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    train(config)


def passed_by_keyword(estimator):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return estimator.RunConfig(session_config=config)


def passed_in_a_dictionary():
    arguments = dict(config=tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True)))
    return tf.Session(**arguments)


# ... something else is passed.
def other_passed(train):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True  # expect: TFS203
    train(SETTINGS)


# Passed to ConfigProto it is only copied.
def passed_to_the_config():
    gpu_options = tf.GPUOptions(allow_growth=True)  # expect: TFS203
    tf.ConfigProto(gpu_options=gpu_options)


# Stored in an attribute.
class Agent:
    def __init__(self):
        self.config = tf.ConfigProto()
        self.config.gpu_options.allow_growth = True


class LocalAgent:
    def __init__(self):
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True  # expect: TFS203
        self.config = None


def stored_in_an_attribute(flags):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    flags.config = config


# Stored in an item.
def stored_in_an_item():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    SETTINGS["session"] = config


# ... something else is stored.
def other_stored():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True  # expect: TFS203
    SETTINGS["session"] = None


# Stored in a global.
def stored_in_a_global():
    global CONFIG
    CONFIG = tf.ConfigProto()
    CONFIG.gpu_options.allow_growth = True


# ... a local name of the same spelling is none.
def local_name():
    CONFIG = tf.ConfigProto()
    CONFIG.gpu_options.allow_growth = True  # expect: TFS203


# Used in a nested function.
def nested():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True

    def open_session():
        return tf.Session(config=config)

    return open_session


def nested_lambda():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return lambda: tf.Session(config=config)


# ... the nested function has a config of its own.
def nested_without_it():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True  # expect: TFS203

    def open_session(other):
        return tf.Session(config=other)

    return open_session


# ... also of a function that this one calls.
def opener():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True

    def open_session():
        return tf.Session(config=config)

    return open_session


def calls_the_opener(train):
    open_session = opener()
    train(len)


# TensorFlow's own code may make a session of what it is given.
def given_to_tensorflow():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    tf.estimator.RunConfig(session_config=config)


def given_to_nobody():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True  # expect: TFS203
    tf.estimator.RunConfig(session_config=None)
