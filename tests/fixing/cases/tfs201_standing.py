# A config that stands above the session, unused: the session gets it.
import tensorflow as tf


def forgotten():
    config = tf.ConfigProto(allow_soft_placement=True)
    config.gpu_options.allow_growth = True
    sess = tf.Session()
    return sess


def without_growth(graph):
    options = tf.ConfigProto()
    options.log_device_placement = True
    if graph is not None:
        return tf.Session(graph=graph)


def given_to_another():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    first = tf.Session(config=config)
    second = tf.Session()
    return first, second


def settings_of_another():
    config = tf.ConfigProto(allow_soft_placement=True)
    config.gpu_options.allow_growth = True
    first = tf.Session(config=config)
    second = tf.Session()
    return first, second


def changed_by_others(change):
    config = tf.ConfigProto()
    change(config)
    return tf.Session()


def bound_again(other):
    config = tf.ConfigProto()
    config = other
    return tf.Session()


def in_another_branch(gpu):
    if gpu:
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
    return tf.Session()


def too_late():
    sess = tf.Session()
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return sess


def given_by_position(graph):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.Session("", graph, None)


def on_one_line():
    config = tf.ConfigProto(); graph = None
    return tf.Session(graph=graph)


class Agent:
    config = tf.ConfigProto()
    sess = tf.Session()


def of_the_module():
    global settings
    settings = tf.ConfigProto()
    sess = tf.Session()
    return sess
# ---- after ----
# A config that stands above the session, unused: the session gets it.
import tensorflow as tf


def forgotten():
    config = tf.ConfigProto(allow_soft_placement=True)
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    return sess


def without_growth(graph):
    options = tf.ConfigProto()
    options.gpu_options.allow_growth = True
    options.log_device_placement = True
    if graph is not None:
        return tf.Session(graph=graph, config=options)


def given_to_another():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    first = tf.Session(config=config)
    second = tf.Session(config=config)
    return first, second


def settings_of_another():
    config = tf.ConfigProto(allow_soft_placement=True)
    config.gpu_options.allow_growth = True
    first = tf.Session(config=config)
    session_config = tf.ConfigProto()
    session_config.gpu_options.allow_growth = True
    second = tf.Session(config=session_config)
    return first, second


def changed_by_others(change):
    config = tf.ConfigProto()
    change(config)
    session_config = tf.ConfigProto()
    session_config.gpu_options.allow_growth = True
    return tf.Session(config=session_config)


def bound_again(other):
    config = tf.ConfigProto()
    config = other
    session_config = tf.ConfigProto()
    session_config.gpu_options.allow_growth = True
    return tf.Session(config=session_config)


def in_another_branch(gpu):
    if gpu:
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
    session_config = tf.ConfigProto()
    session_config.gpu_options.allow_growth = True
    return tf.Session(config=session_config)


def too_late():
    session_config = tf.ConfigProto()
    session_config.gpu_options.allow_growth = True
    sess = tf.Session(config=session_config)
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return sess


def given_by_position(graph):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.Session("", graph, config)


def on_one_line():
    config = tf.ConfigProto(); graph = None
    session_config = tf.ConfigProto()
    session_config.gpu_options.allow_growth = True
    return tf.Session(graph=graph, config=session_config)


class Agent:
    config = tf.ConfigProto()
    sess = tf.Session(
        config=tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True)),
    )


def of_the_module():
    global settings
    settings = tf.ConfigProto()
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    return sess
