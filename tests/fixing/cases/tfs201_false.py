# unsafe
# Someone said False: only on demand.
import tensorflow as tf


def in_the_options():
    return tf.Session(config=tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=False)))


def assigned():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = False
    return tf.Session(config=config)


def in_a_mapping():
    return tf.Session(config=tf.ConfigProto(gpu_options={"visible_device_list": "0", "allow_growth": False}))
# ---- after ----
# unsafe
# Someone said False: only on demand.
import tensorflow as tf


def in_the_options():
    return tf.Session(
        config=tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True)),
    )


def assigned():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


def in_a_mapping():
    return tf.Session(
        config=tf.ConfigProto(
            gpu_options={"visible_device_list": "0", "allow_growth": True},
        ),
    )
