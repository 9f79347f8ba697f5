"""A module of settings asks for growth; whoever imports the config gives it to a session."""

import tensorflow as tf

config = tf.ConfigProto()
config.gpu_options.allow_growth = True
