"""Sessions of a program that may run with TF_FORCE_GPU_ALLOW_GROWTH=true."""

import os

import tensorflow as tf


# Reading the variable, or naming it in a text, doesn't set it.
def open_session():
    if os.environ.get("TF_FORCE_GPU_ALLOW_GROWTH") is None:
        print("TF_FORCE_GPU_ALLOW_GROWTH is not set")
    return tf.Session()  # expect: TFS201
