import tensorflow.compat.v1 as tf


def new_session():
    config = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))
    return tf.Session(config=config)


def greedy_session():
    return tf.Session(config=tf.ConfigProto())  # expect: TFS201


def use_new_session():
    session = new_session()
    tf.keras.backend.set_session(session)
    return session
