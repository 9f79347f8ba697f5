import tensorflow as tf
from keras import backend as K

SETTINGS = {}


# TFS203: growth is asked for, but no session gets the options.
def options():
    gpu_options = tf.GPUOptions(allow_growth=True)  # expect: TFS203


def options_used():
    gpu_options = tf.GPUOptions(allow_growth=True)
    return tf.Session(config=tf.ConfigProto(gpu_options=gpu_options))


# A session is made, but not from them.
def other_session():
    gpu_options = tf.GPUOptions(allow_growth=True)  # expect: TFS203
    sess = tf.Session()  # expect: TFS201
    K.set_session(sess)


# It stands on the assignment that asks for growth.
def config():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True  # expect: TFS203


def config_used():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))


# Options assigned.
def options_assigned():
    gpu_options = tf.GPUOptions()
    gpu_options.allow_growth = True  # expect: TFS203


def options_assigned_and_used():
    gpu_options = tf.GPUOptions()
    gpu_options.allow_growth = True
    config = tf.ConfigProto(gpu_options=gpu_options)
    return tf.Session(config=config)


# Copied into a config that no session gets: once, where growth is asked for.
def copied():
    gpu_options = tf.GPUOptions(allow_growth=True)  # expect: TFS203
    config = tf.ConfigProto(gpu_options=gpu_options)


# ... the config leaves the flow, and the growth with it.
def copied_and_returned():
    gpu_options = tf.GPUOptions(allow_growth=True)
    config = tf.ConfigProto(gpu_options=gpu_options)
    return config


# Nothing keeps the object.
def expression():
    tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))  # expect: TFS203


# Through the view.
def view():
    config = tf.ConfigProto()
    view = config.gpu_options
    view.allow_growth = True  # expect: TFS203


def view_used():
    config = tf.ConfigProto()
    view = config.gpu_options
    view.allow_growth = True
    return tf.Session(config=config)


# Two configs: the session gets the other one.
def two_configs():
    first = tf.ConfigProto()
    first.gpu_options.allow_growth = True  # expect: TFS203
    second = tf.ConfigProto()
    return tf.Session(config=second)  # expect: TFS201


# Another name of the same config.
def another_name():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    same = config
    return tf.Session(config=same)


# Growth that is taken away is not asked for.
def no_growth():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = False


# Nor is a value that can't be known, or another setting.
def unknown_growth(growth):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = growth


def other_setting():
    config = tf.ConfigProto()
    config.log_device_placement = True


# An object that came in belongs to the caller.
def parameter(config):
    config.gpu_options.allow_growth = True


# On a path a session gets it: silent.
def used_on_a_path(train):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    if train:
        K.set_session(tf.Session(config=config))


# A with block gets it.
def block(op):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    with tf.Session(config=config) as sess:
        return sess.run(op)


# On no path.
def used_on_no_path(train):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True  # expect: TFS203
    if train:
        K.set_session(tf.Session())  # expect: TFS201


# A loop.
def loop(devices):
    for _ in devices:
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True  # expect: TFS203


# A helper makes the session from it.
def open_session(config):
    return tf.Session(config=config)


def helper_uses_it():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return open_session(config)


# A helper's config that nobody uses: its call asks for growth.
def make_config():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return config


def helper_config_used():
    return tf.Session(config=make_config())


# In a class.
class Trainer:
    def __init__(self):
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True  # expect: TFS203
        self.sess = tf.Session()  # expect: TFS201


class PatientTrainer:
    def __init__(self):
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
        self.sess = tf.Session(config=config)


# A comparison is a use, as tests compare configs.
def expected_options():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return config


def check_options(policy):
    assert policy.options == expected_options()
