import tensorflow as tf


# The config came in as a parameter: unknown here ...
def open_session(config):
    return tf.Session(config=config)


# ... and the finding stands on the call that passes it.
def passes_plain():
    return open_session(tf.ConfigProto())  # expect: TFS201


def passes_growth():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return open_session(config)


def passes_none():
    return open_session(None)  # expect: TFS201


def passes_by_keyword():
    config = tf.ConfigProto(log_device_placement=True)
    return open_session(config=config)  # expect: TFS201


def passes_unknown(config):
    return open_session(config)


# Passed on: the call that passes it is where the config was made.
def open_registered(config):
    return open_session(config)


def passes_through_two():
    config = tf.ConfigProto()
    return open_registered(config)  # expect: TFS201


# A default of None, passed by leaving it out.
def open_default(config=None):
    return tf.Session(config=config)


def leaves_it_out():
    return open_default()  # expect: TFS201


def gives_it():
    return open_default(tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True)))


# The usual replacement for None: that config is made here, so the finding stands here.
def open_or_make(config=None):
    if config is None:
        config = tf.ConfigProto()
    return tf.Session(config=config)  # expect: TFS201


def open_or_grow(config=None):
    if config is None:
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
    return tf.Session(config=config)


# The helper completes what it is given.
def open_growing(config):
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


def completed():
    return open_growing(tf.ConfigProto())


# Constructors and methods.
class Trainer:
    def __init__(self, config):
        self.sess = tf.Session(config=config)


def plain_trainer():
    return Trainer(tf.ConfigProto())  # expect: TFS201


def growing_trainer():
    return Trainer(tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True)))


class Agent:
    def __init__(self):
        self.open(tf.ConfigProto())  # expect: TFS201

    def open(self, config):
        self.sess = tf.Session(config=config)


class Base:
    def __init__(self, config):
        self.sess = tf.Session(config=config)


class Child(Base):
    def __init__(self):
        super().__init__(tf.ConfigProto())  # expect: TFS201


class GrowingChild(Base):
    def __init__(self):
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
        super().__init__(config)


# A parameter of the function around it is one, too.
def opens_inside(config):
    def make():
        return tf.Session(config=config)

    return make()


def passes_plain_inside():
    return opens_inside(tf.ConfigProto())  # expect: TFS201


def opens_default_inside(config=None):
    def make():
        return tf.Session(config=config)

    return make()


def leaves_it_out_inside():
    return opens_default_inside()  # expect: TFS201


# Made inside the function around it, it is not passed.
def makes_inside():
    config = tf.ConfigProto()

    def make():
        return tf.Session(config=config)  # expect: TFS201

    return make()
