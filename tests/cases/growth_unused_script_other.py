"""A script makes its session with another config than the one that was to make it grow."""

import tensorflow as tf

first = tf.ConfigProto()
first.gpu_options.allow_growth = True  # expect: TFS203
second = tf.ConfigProto()
second.gpu_options.allow_growth = True
session = tf.Session(config=second)
