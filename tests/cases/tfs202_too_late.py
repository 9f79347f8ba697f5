import tensorflow as tf


# TFS202: growth is assigned after the session was created from the config: it got none (TFS201).
def too_late():
    config = tf.ConfigProto()
    sess = tf.Session(config=config)  # expect: TFS201
    config.gpu_options.allow_growth = True  # expect: TFS202
    return sess


def in_time():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    return sess


# Through the view.
def view_too_late():
    config = tf.ConfigProto()
    options = config.gpu_options
    sess = tf.Session(config=config)  # expect: TFS201
    options.allow_growth = True  # expect: TFS202
    return sess


# Options already copied into a config, after the session was created from it.
def copied_options_too_late():
    options = tf.GPUOptions()
    config = tf.ConfigProto(gpu_options=options)
    sess = tf.Session(config=config)  # expect: TFS201
    options.allow_growth = True  # expect: TFS202
    return sess


def copied_options_in_time():
    options = tf.GPUOptions()
    options.allow_growth = True
    config = tf.ConfigProto(gpu_options=options)
    sess = tf.Session(config=config)
    return sess


# Options already copied into a config, before the session was created from that.
def copied_before_the_session():
    options = tf.GPUOptions()
    config = tf.ConfigProto(gpu_options=options)
    options.allow_growth = True  # expect: TFS202
    return tf.Session(config=config)  # expect: TFS201


def copied_and_set_in_a_helper():
    options = tf.GPUOptions()
    config = tf.ConfigProto(gpu_options=options)
    set_growth(options)  # expect: TFS202
    return tf.Session(config=config)  # expect: TFS201


def set_growth(options):
    options.allow_growth = True


def copied_twice():
    options = tf.GPUOptions()
    first = tf.ConfigProto(gpu_options=options)
    second = tf.ConfigProto(gpu_options=first.gpu_options)
    options.allow_growth = True  # expect: TFS202
    return tf.Session(config=second)  # expect: TFS201


# ... the config is told as well.
def copied_and_told():
    options = tf.GPUOptions()
    config = tf.ConfigProto(gpu_options=options)
    options.allow_growth = True
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


# ... another config is made of them afterwards: that one grows.
def copied_again():
    options = tf.GPUOptions()
    first = tf.ConfigProto(gpu_options=options)
    options.allow_growth = True
    second = tf.ConfigProto(gpu_options=options)
    return tf.Session(config=first), tf.Session(config=second)  # expect: TFS201


# ... no session is made: they are never used.
def copied_and_forgotten():
    options = tf.GPUOptions()
    config = tf.ConfigProto(gpu_options=options)
    options.allow_growth = True  # expect: TFS203


# ... what the config's maker did to it is unknown.
def copied_elsewhere(make_config):
    options = tf.GPUOptions()
    config = make_config(options)
    options.allow_growth = True
    return tf.Session(config=config)


# Another setting after the session asks for no growth.
def other_setting():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    config.log_device_placement = True
    return sess


# Taking growth away afterwards asks for none.
def growth_taken_away():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    config.gpu_options.allow_growth = False
    return sess


# Another config.
def other_config():
    first = tf.ConfigProto()
    second = tf.ConfigProto()
    sess = tf.Session(config=first)  # expect: TFS201
    second.gpu_options.allow_growth = True
    return sess, tf.Session(config=second)


# In the with block.
def in_the_block(op):
    config = tf.ConfigProto()
    with tf.Session(config=config) as sess:  # expect: TFS201
        config.gpu_options.allow_growth = True  # expect: TFS202
        return sess.run(op)


# The session of an exclusive path.
def exclusive(quick):
    config = tf.ConfigProto()
    if quick:
        return tf.Session(config=config)  # expect: TFS201
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


# A helper made the session.
def open_session(config):
    return tf.Session(config=config)


def late_for_the_helper():
    config = tf.ConfigProto()
    sess = open_session(config)  # expect: TFS201
    config.gpu_options.allow_growth = True  # expect: TFS202
    return sess


# In a class.
class Trainer:
    def __init__(self):
        self.config = tf.ConfigProto()
        self.sess = tf.Session(config=self.config)  # expect: TFS201
        self.config.gpu_options.allow_growth = True  # expect: TFS202


class PatientTrainer:
    def __init__(self):
        self.config = tf.ConfigProto()
        self.config.gpu_options.allow_growth = True
        self.sess = tf.Session(config=self.config)


# An InteractiveSession with a config.
def interactive_too_late():
    config = tf.ConfigProto()
    sess = tf.InteractiveSession(config=config)  # expect: TFS201
    config.gpu_options.allow_growth = True  # expect: TFS202
    return sess
