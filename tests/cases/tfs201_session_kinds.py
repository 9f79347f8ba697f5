import tensorflow as tf


def growth_config():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return config


# train.MonitoredTrainingSession: no config.
def monitored_training(op):
    with tf.train.MonitoredTrainingSession() as sess:  # expect: TFS201
        sess.run(op)


def monitored_training_with_growth(op):
    with tf.train.MonitoredTrainingSession(config=growth_config()) as sess:
        sess.run(op)


def monitored_training_without_growth(op, folder):
    with tf.train.MonitoredTrainingSession(  # expect: TFS201
        checkpoint_dir=folder,
        config=tf.ConfigProto(allow_soft_placement=True),
    ) as sess:
        sess.run(op)


# Its config is the tenth argument.
def monitored_training_by_position(master, folder):
    return tf.train.MonitoredTrainingSession(
        master, True, folder, None, None, None, 600, 100, None, growth_config()
    )


def monitored_training_by_position_without(folder):
    return tf.train.MonitoredTrainingSession(  # expect: TFS201
        "", True, folder, None, None, None, 600, 100, None, tf.ConfigProto()
    )


def monitored_training_compat():
    return tf.compat.v1.train.MonitoredTrainingSession()  # expect: TFS201


# train.SingularMonitoredSession.
def singular():
    return tf.train.SingularMonitoredSession()  # expect: TFS201


def singular_with_growth():
    return tf.train.SingularMonitoredSession(config=growth_config())


# Its config is the fourth argument.
def singular_by_position(hooks):
    return tf.train.SingularMonitoredSession(hooks, None, "", growth_config())


def singular_by_position_without(hooks):
    return tf.train.SingularMonitoredSession(hooks, None, "", tf.ConfigProto())  # expect: TFS201


# train.MonitoredSession, through its session_creator.
def monitored():
    return tf.train.MonitoredSession()  # expect: TFS201


def monitored_creator():
    creator = tf.train.ChiefSessionCreator(config=growth_config())
    return tf.train.MonitoredSession(session_creator=creator)


def monitored_creator_without():
    creator = tf.train.ChiefSessionCreator(config=tf.ConfigProto())
    return tf.train.MonitoredSession(session_creator=creator)  # expect: TFS201


def monitored_creator_by_position(hooks):
    return tf.train.MonitoredSession(tf.train.ChiefSessionCreator(), hooks)  # expect: TFS201


def monitored_worker(master):
    creator = tf.train.WorkerSessionCreator(master=master, config=growth_config())
    return tf.train.MonitoredSession(session_creator=creator)


def monitored_unknown_creator(creator):
    return tf.train.MonitoredSession(session_creator=creator)


# Supervisor.managed_session.
def supervisor(folder):
    supervisor = tf.train.Supervisor(logdir=folder)
    with supervisor.managed_session() as sess:  # expect: TFS201
        return sess.graph


def supervisor_with_growth(folder):
    supervisor = tf.train.Supervisor(logdir=folder)
    with supervisor.managed_session(config=growth_config()) as sess:
        return sess.graph


# Its config is the second argument.
def supervisor_by_position(folder):
    supervisor = tf.train.Supervisor(logdir=folder)
    with supervisor.managed_session("", growth_config()) as sess:
        return sess.graph


def supervisor_by_position_without(folder):
    supervisor = tf.train.Supervisor(logdir=folder)
    with supervisor.managed_session("", tf.ConfigProto()) as sess:  # expect: TFS201
        return sess.graph


# A managed_session of something that isn't known to be a Supervisor.
def unknown_supervisor(supervisor):
    with supervisor.managed_session() as sess:
        return sess.graph


# The names of tensorflow, tensorflow.compat.v1 and tensorflow.python.client.session.
def imported_name():
    from tensorflow import Session

    return Session()  # expect: TFS201


def compat_attribute():
    return tf.compat.v1.Session()  # expect: TFS201


def compat_module():
    import tensorflow.compat.v1 as tf1

    return tf1.Session()  # expect: TFS201


def compat_name():
    from tensorflow.compat.v1 import ConfigProto, InteractiveSession

    return InteractiveSession(config=ConfigProto())  # expect: TFS201


def compat_name_with_growth():
    from tensorflow.compat.v1 import ConfigProto, InteractiveSession

    config = ConfigProto()
    config.gpu_options.allow_growth = True
    return InteractiveSession(config=config)


def client_module():
    from tensorflow.python.client import session

    return session.Session()  # expect: TFS201


def client_name():
    from tensorflow.python.client.session import Session

    return Session(config=growth_config())


def client_name_without():
    from tensorflow.python.client.session import InteractiveSession, Session

    first = Session()  # expect: TFS201
    second = InteractiveSession()
    return first, second


# An alias.
def aliased():
    open_session = tf.Session
    return open_session()  # expect: TFS201


# Sessions of other libraries.
def other_sessions(engine):
    import requests
    from sqlalchemy.orm import Session

    return requests.Session(), Session(engine)


# The user's own class.
def own_class():
    class Session:
        pass

    return Session()


# A parameter or an attribute of that name.
def parameter(Session, pool):
    return Session(), pool.Session()


# The session of a test case is TensorFlow's business.
class ModelTest(tf.test.TestCase):
    def test_graph(self):
        with self.test_session() as sess:
            self.assertIsNotNone(sess.graph)


# No other word in these functions tells of a session.
def waiting_alone():
    supervisor = tf.train.Supervisor()
    return supervisor.prepare_or_wait_for_session()  # expect: TFS201


def preparing_alone():
    supervisor = tf.train.Supervisor()
    return supervisor.PrepareSession()  # expect: TFS201
