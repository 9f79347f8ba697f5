from os import environ

import tensorflow as tf

environ["CUDA_VISIBLE_DEVICES"] = ""


# The module's body has run before the function does: no GPU is visible.
def open_session():
    return tf.Session()
