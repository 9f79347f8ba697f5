import os

import tensorflow as tf

os.environ["TF_FORCE_GPU_ALLOW_GROWTH"] = "true"


# A file that sets TF_FORCE_GPU_ALLOW_GROWTH: fine, whatever the config.
def no_config():
    return tf.Session()


def plain_config():
    return tf.Session(config=tf.ConfigProto())


def growth_false():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = False
    return tf.Session(config=config)
