import os

import tensorflow as tf


# The file sets it, wherever that stands.
def setup():
    os.environ["TF_FORCE_GPU_ALLOW_GROWTH"] = "true"


def open_session():
    return tf.Session()
