import tensorflow as tf
from tensorflow.keras import backend as K


# Helper functions that return a config.
def growing():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return config


def plain():
    config = tf.ConfigProto(allow_soft_placement=True)
    return config


def options():
    return tf.GPUOptions(allow_growth=True)


def maybe_growing(gpu):
    config = tf.ConfigProto()
    if gpu:
        config.gpu_options.allow_growth = True
    return config


def from_helper():
    return tf.Session(config=growing())


def from_plain_helper():
    return tf.Session(config=plain())  # expect: TFS201


def from_maybe_helper(gpu):
    return tf.Session(config=maybe_growing(gpu))  # expect: TFS201


def options_from_helper():
    return tf.Session(config=tf.ConfigProto(gpu_options=options()))


# A helper that sets growth on what it is given.
def let_grow(config):
    config.gpu_options.allow_growth = True


def set_by_helper():
    config = tf.ConfigProto()
    let_grow(config)
    return tf.Session(config=config)


# A helper that sets something else.
def log_devices(config):
    config.log_device_placement = True


def not_set_by_helper():
    config = tf.ConfigProto()
    log_devices(config)
    return tf.Session(config=config)  # expect: TFS201


# A helper that opens the session: the finding stands on the session's creation, once.
def open_plain():
    return tf.Session()  # expect: TFS201


def uses_open_plain():
    K.set_session(open_plain())


def uses_open_plain_too():
    return open_plain().graph


# A config from elsewhere is unknown.
def from_elsewhere():
    from somewhere import make_config

    return tf.Session(config=make_config())


# Methods and attributes.
class Trainer:
    def __init__(self):
        self.config = tf.ConfigProto()
        self.config.gpu_options.allow_growth = True
        self.sess = self.open()

    def open(self):
        return tf.Session(config=self.config)


class PlainTrainer:
    def __init__(self):
        self.config = tf.ConfigProto()
        self.sess = self.open()

    def open(self):
        return tf.Session(config=self.config)  # expect: TFS201


# Without __init__'s flow self.config is unknown.
class OtherTrainer:
    def open(self):
        return tf.Session(config=self.config)


# The method that makes the config is looked up on the class being analysed.
class Base:
    def __init__(self):
        self.sess = tf.Session(config=self.make_config())

    def make_config(self):
        raise NotImplementedError


class Growing(Base):
    def make_config(self):
        return growing()


# Module names have the value they have at the module's end.
CONFIG = tf.ConfigProto()
PLAIN = tf.ConfigProto()


def from_module_name():
    return tf.Session(config=CONFIG)


def from_plain_module_name():
    return tf.Session(config=PLAIN)  # expect: TFS201


CONFIG.gpu_options.allow_growth = True
