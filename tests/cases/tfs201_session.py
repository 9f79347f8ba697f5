import tensorflow as tf


def growth_config():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return config


# TFS201: no config.
def no_config():
    return tf.Session()  # expect: TFS201


# A config with growth.
def with_growth():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


# config=None.
def config_none():
    return tf.Session(config=None)  # expect: TFS201


# A config that never sets it.
def empty_config():
    return tf.Session(config=tf.ConfigProto())  # expect: TFS201


# allow_growth=False.
def growth_false():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = False
    return tf.Session(config=config)  # expect: TFS201


# per_process_gpu_memory_fraction alone.
def fraction_alone():
    options = tf.GPUOptions(per_process_gpu_memory_fraction=0.5)
    return tf.Session(config=tf.ConfigProto(gpu_options=options))  # expect: TFS201


def fraction_assigned():
    config = tf.ConfigProto()
    config.gpu_options.per_process_gpu_memory_fraction = 0.5
    return tf.Session(config=config)  # expect: TFS201


# With growth as well.
def fraction_and_growth():
    options = tf.GPUOptions(per_process_gpu_memory_fraction=0.5, allow_growth=True)
    return tf.Session(config=tf.ConfigProto(gpu_options=options))


# Other settings are no growth.
def other_settings():
    config = tf.ConfigProto(allow_soft_placement=True)
    config.log_device_placement = True
    return tf.Session(config=config)  # expect: TFS201


# A graph is no config, and an empty target is none.
def target_and_graph(graph):
    first = tf.Session("")  # expect: TFS201
    second = tf.Session(graph=graph)  # expect: TFS201
    return first, second


# The config by its position: the third.
def by_position():
    return tf.Session("", None, growth_config())


def by_position_without():
    return tf.Session("", None, tf.ConfigProto())  # expect: TFS201


# In a with statement.
def context_manager(op):
    with tf.Session() as sess:  # expect: TFS201
        return sess.run(op)


def context_manager_with_growth(op):
    with tf.Session(config=growth_config()) as sess:
        return sess.run(op)


# InteractiveSession() without a config: TensorFlow turns growth on.
def interactive():
    return tf.InteractiveSession()


# With a config of its own it doesn't.
def interactive_with_config():
    return tf.InteractiveSession(config=tf.ConfigProto())  # expect: TFS201


def interactive_with_growth():
    return tf.InteractiveSession(config=growth_config())


def interactive_by_position():
    return tf.InteractiveSession("", None, tf.ConfigProto())  # expect: TFS201


# A finding, if any path gets there so.
def growth_in_a_branch(gpu):
    config = tf.ConfigProto()
    if gpu:
        config.gpu_options.allow_growth = True
    return tf.Session(config=config)  # expect: TFS201


def growth_in_each_branch(half):
    config = tf.ConfigProto()
    if half:
        config.gpu_options.per_process_gpu_memory_fraction = 0.5
        config.gpu_options.allow_growth = True
    else:
        config.gpu_options.allow_growth = True
    return tf.Session(config=config)


def config_in_a_branch(gpu):
    config = None
    if gpu:
        config = growth_config()
    return tf.Session(config=config)  # expect: TFS201


def config_by_expression(gpu):
    config = growth_config() if gpu else tf.ConfigProto()
    return tf.Session(config=config)  # expect: TFS201


# Sessions in exclusive branches: each by its own config.
def sessions_in_branches(gpu):
    if gpu:
        return tf.Session(config=growth_config())
    else:
        return tf.Session()  # expect: TFS201


# A path that ends before doesn't count.
def early_return(sess):
    config = tf.ConfigProto()
    if sess is not None:
        return sess
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


# One place is one finding, however often it runs.
def in_a_loop(count):
    sessions = []
    for _ in range(count):
        sessions.append(tf.Session())  # expect: TFS201
    return sessions


def in_a_comprehension():
    return [tf.Session() for _ in range(2)]  # expect: TFS201


# A multi-line call: the line of its name.
def multi_line():
    return tf.Session(  # expect: TFS201
        config=tf.ConfigProto(
            allow_soft_placement=True,
        ),
    )


def dotted_lines():
    return (
        tf
        .Session(  # expect: TFS201
            config=tf.ConfigProto(),
        )
    )
