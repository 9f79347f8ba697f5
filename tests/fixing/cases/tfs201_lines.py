# No line gets longer than the 79 characters of flake8: statements or lines of their own.
import tensorflow as tf
import tensorflow.compat.v1 as tf1

SETTINGS = {}


def fits():
    return tf1.Session("")


def above_a_with(graph):
    # The session of the tower.
    with tf.compat.v1.Session(graph=graph) as sess:
        return sess.graph


def in_a_loop(graphs, found):
    for graph in graphs: found.append(tf.compat.v1.Session(graph=graph))
    for graph in graphs:
        found.append(tf.compat.v1.Session(graph=graph))
    return found


def another_name(config):
    sess = tf.compat.v1.Session(graph=config.graph)
    return sess


def no_name(config, session_config, tf_config):
    sess = tf.compat.v1.Session(graph=config.graph)
    return sess, session_config, tf_config


def names_are_seen():
    sess = tf.compat.v1.Session()
    return sess, locals()


def branches(graph):
    if graph is None:
        sess = None
    elif tf.compat.v1.Session(graph=graph).list_devices():
        sess = None
    while tf.compat.v1.Session(graph=graph).list_devices():
        pass
    return lambda: tf.compat.v1.Session(graph=graph, target="grpc://node:2222"), sess


def one_of(graphs):
    return [tf.compat.v1.Session(graph=graph, target="") for graph in graphs]


class Agent:
    shared = tf.compat.v1.Session(graph=tf.compat.v1.get_default_graph())

    def __init__(self):
        self.session_of_the_agent = tf.compat.v1.Session()


def literal_arguments():
    sess = tf.Session(config=tf.ConfigProto(allow_soft_placement=True, device_count={"GPU": 1}))
    return sess


def other_arguments(flags):
    return tf.Session(config=tf.ConfigProto(allow_soft_placement=flags.soft))


def several_lines(flags):
    return tf.Session(config=tf.ConfigProto(
        allow_soft_placement=flags.soft))


def made_elsewhere():
    return tf.compat.v1.Session(config=make_config())


def make_config():
    return tf.compat.v1.ConfigProto(allow_soft_placement=True)


def options():
    gpu_options = tf.compat.v1.GPUOptions(per_process_gpu_memory_fraction=0.333)
    return tf.Session(config=tf.ConfigProto(gpu_options=gpu_options))


def long_options():
    return tf.Session(config=tf.ConfigProto(gpu_options=tf.GPUOptions(visible_device_list="0")))


def parenthesized(graph, a, b):
    return tf.compat.v1.Session(graph=((a or b) and graph), target="")


def generated(names, graph):
    return tf.compat.v1.Session(graph=graph[tuple(name for name in names if name)])


def trailing_comma(flags):
    return tf.compat.v1.Session(config=tf.ConfigProto(log_device_placement=flags.log,))


class LongNames:
    def __init__(self):
        self.configuration_of_the_session_that_all_the_workers_share = (
            tf.ConfigProto()
        )
        self.sess = tf.Session(
            config=self.configuration_of_the_session_that_all_the_workers_share
        )
        self.session_of_the_agent_that_learns_from_what_all_other_agents_see = tf.Session()
# ---- after ----
# No line gets longer than the 79 characters of flake8: statements or lines of their own.
import tensorflow as tf
import tensorflow.compat.v1 as tf1

SETTINGS = {}


def fits():
    config = tf1.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf1.Session("", config=config)


def above_a_with(graph):
    # The session of the tower.
    config = tf.compat.v1.ConfigProto()
    config.gpu_options.allow_growth = True
    with tf.compat.v1.Session(graph=graph, config=config) as sess:
        return sess.graph


def in_a_loop(graphs, found):
    for graph in graphs: found.append(
        tf.compat.v1.Session(
            graph=graph,
            config=tf.compat.v1.ConfigProto(
                gpu_options=tf.compat.v1.GPUOptions(allow_growth=True),
            ),
        ),
    )
    for graph in graphs:
        config = tf.compat.v1.ConfigProto()
        config.gpu_options.allow_growth = True
        found.append(tf.compat.v1.Session(graph=graph, config=config))
    return found


def another_name(config):
    session_config = tf.compat.v1.ConfigProto()
    session_config.gpu_options.allow_growth = True
    sess = tf.compat.v1.Session(graph=config.graph, config=session_config)
    return sess


def no_name(config, session_config, tf_config):
    sess = tf.compat.v1.Session(
        graph=config.graph,
        config=tf.compat.v1.ConfigProto(
            gpu_options=tf.compat.v1.GPUOptions(allow_growth=True),
        ),
    )
    return sess, session_config, tf_config


def names_are_seen():
    sess = tf.compat.v1.Session(
        config=tf.compat.v1.ConfigProto(
            gpu_options=tf.compat.v1.GPUOptions(allow_growth=True),
        ),
    )
    return sess, locals()


def branches(graph):
    if graph is None:
        sess = None
    elif tf.compat.v1.Session(
        graph=graph,
        config=tf.compat.v1.ConfigProto(
            gpu_options=tf.compat.v1.GPUOptions(allow_growth=True),
        ),
    ).list_devices():
        sess = None
    while tf.compat.v1.Session(
        graph=graph,
        config=tf.compat.v1.ConfigProto(
            gpu_options=tf.compat.v1.GPUOptions(allow_growth=True),
        ),
    ).list_devices():
        pass
    return lambda: tf.compat.v1.Session(graph=graph, target="grpc://node:2222"), sess


def one_of(graphs):
    return [tf.compat.v1.Session(
        graph=graph,
        target="",
        config=tf.compat.v1.ConfigProto(
            gpu_options=tf.compat.v1.GPUOptions(allow_growth=True),
        ),
    ) for graph in graphs]


class Agent:
    shared = tf.compat.v1.Session(
        graph=tf.compat.v1.get_default_graph(),
        config=tf.compat.v1.ConfigProto(
            gpu_options=tf.compat.v1.GPUOptions(allow_growth=True),
        ),
    )

    def __init__(self):
        config = tf.compat.v1.ConfigProto()
        config.gpu_options.allow_growth = True
        self.session_of_the_agent = tf.compat.v1.Session(config=config)


def literal_arguments():
    config = tf.ConfigProto(allow_soft_placement=True, device_count={"GPU": 1})
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    return sess


def other_arguments(flags):
    return tf.Session(
        config=tf.ConfigProto(
            allow_soft_placement=flags.soft,
            gpu_options=tf.GPUOptions(allow_growth=True),
        ),
    )


def several_lines(flags):
    return tf.Session(config=tf.ConfigProto(
        allow_soft_placement=flags.soft,
        gpu_options=tf.GPUOptions(allow_growth=True)))


def made_elsewhere():
    return tf.compat.v1.Session(config=make_config())


def make_config():
    config = tf.compat.v1.ConfigProto(allow_soft_placement=True)
    config.gpu_options.allow_growth = True
    return config


def options():
    gpu_options = tf.compat.v1.GPUOptions(per_process_gpu_memory_fraction=0.333)
    gpu_options.allow_growth = True
    return tf.Session(config=tf.ConfigProto(gpu_options=gpu_options))


def long_options():
    return tf.Session(
        config=tf.ConfigProto(
            gpu_options=tf.GPUOptions(
                visible_device_list="0",
                allow_growth=True,
            ),
        ),
    )


def parenthesized(graph, a, b):
    return tf.compat.v1.Session(
        graph=((a or b) and graph),
        target="",
        config=tf.compat.v1.ConfigProto(
            gpu_options=tf.compat.v1.GPUOptions(allow_growth=True),
        ),
    )


def generated(names, graph):
    return tf.compat.v1.Session(
        graph=graph[tuple(name for name in names if name)],
        config=tf.compat.v1.ConfigProto(
            gpu_options=tf.compat.v1.GPUOptions(allow_growth=True),
        ),
    )


def trailing_comma(flags):
    return tf.compat.v1.Session(
        config=tf.ConfigProto(
            log_device_placement=flags.log,
            gpu_options=tf.GPUOptions(allow_growth=True),
        ),
    )


class LongNames:
    def __init__(self):
        self.configuration_of_the_session_that_all_the_workers_share = (
            tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))
        )
        self.sess = tf.Session(
            config=self.configuration_of_the_session_that_all_the_workers_share
        )
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
        self.session_of_the_agent_that_learns_from_what_all_other_agents_see = tf.Session(config=config)
