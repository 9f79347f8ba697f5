import tensorflow.compat.v1 as tf


# No other word in these functions tells of a session.
def waiting():
    supervisor = tf.train.Supervisor()
    return supervisor.prepare_or_wait_for_session()  # expect: TFS201


def preparing():
    supervisor = tf.train.Supervisor()
    return supervisor.PrepareSession()  # expect: TFS201
