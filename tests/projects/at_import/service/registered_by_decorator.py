import tensorflow.compat.v1 as tf


def with_session(function):
    config = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))
    tf.keras.backend.set_session(tf.Session(config=config))
    return function


@with_session
def predict(model):
    return model.predict([1.0])
