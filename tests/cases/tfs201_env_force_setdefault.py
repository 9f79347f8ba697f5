import os

import tensorflow as tf

os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")


# setdefault sets it too.
def open_session():
    return tf.Session()
