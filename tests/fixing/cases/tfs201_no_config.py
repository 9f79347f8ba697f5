# A session without a config gets a whole one, spelled as the session is.
import tensorflow as tf
import tensorflow.compat.v1 as tf1
from tensorflow.python.client import session as client


def plain(graph):
    first = tf.Session()
    second = tf.Session(graph=graph)
    third = tf.Session(config=None)
    fourth = tf.Session("", None, None)
    return first, second, third, fourth


def other_spellings():
    return tf.compat.v1.Session(), tf1.Session(), client.Session()


def several_lines(graph):
    return tf.Session(
        graph=graph,  # the graph of the tower
    )


def no_comma(graph):
    return tf.Session(
        graph=graph  # the graph of the tower
    )


def star(arguments):
    return tf.Session(*arguments)


def monitored(hooks):
    with tf.train.MonitoredTrainingSession(hooks=hooks) as sess:
        return sess.graph


def creator():
    return tf.train.MonitoredSession(tf.train.ChiefSessionCreator())


def no_name():
    return [tf.Session][0]()


def comma(graph):
    return tf.Session(graph=graph,)


def comma_on_several_lines(graph):
    return tf.Session(graph=graph,
                      )


def comment(graph):
    return tf.Session(graph=graph  # the graph of the tower
                      )


def comma_and_comment(graph):
    return tf.Session(graph=graph,  # the graph of the tower
                      )


def bracket_on_the_last_line(graph):
    return tf.Session(
        graph=graph)


def no_creator():
    return tf.train.MonitoredSession(hooks=None)
# ---- after ----
# A session without a config gets a whole one, spelled as the session is.
import tensorflow as tf
import tensorflow.compat.v1 as tf1
from tensorflow.python.client import session as client


def plain(graph):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    first = tf.Session(config=config)
    second = tf.Session(graph=graph, config=config)
    third = tf.Session(config=config)
    fourth = tf.Session("", None, config)
    return first, second, third, fourth


def other_spellings():
    config = tf.compat.v1.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.compat.v1.Session(
        config=config,
    ), tf1.Session(config=config), client.Session(config=config)


def several_lines(graph):
    return tf.Session(
        graph=graph,  # the graph of the tower
        config=tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True)),
    )


def no_comma(graph):
    return tf.Session(
        graph=graph,  # the graph of the tower
        config=tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))
    )


def star(arguments):
    return tf.Session(*arguments)


def monitored(hooks):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    with tf.train.MonitoredTrainingSession(hooks=hooks, config=config) as sess:
        return sess.graph


def creator():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.train.MonitoredSession(
        tf.train.ChiefSessionCreator(config=config),
    )


def no_name():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return [tf.Session][0](config=config)


def comma(graph):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.Session(graph=graph, config=config)


def comma_on_several_lines(graph):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.Session(graph=graph, config=config,
                      )


def comment(graph):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.Session(graph=graph,  # the graph of the tower
                      config=config
                      )


def comma_and_comment(graph):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.Session(graph=graph,  # the graph of the tower
                      config=config,
                      )


def bracket_on_the_last_line(graph):
    return tf.Session(
        graph=graph,
        config=tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True)))


def no_creator():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.train.MonitoredSession(
        hooks=None,
        session_creator=tf.train.ChiefSessionCreator(config=config),
    )
