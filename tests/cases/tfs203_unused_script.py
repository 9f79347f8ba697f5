"""A script makes its session without the config that was to make it grow."""

import tensorflow as tf

config = tf.ConfigProto()
config.gpu_options.allow_growth = True  # expect: TFS203
session = tf.Session()  # expect: TFS201
print(session.run(tf.constant(1)))

# With another one.
first = tf.ConfigProto()
first.gpu_options.allow_growth = True  # expect: TFS203
second = tf.ConfigProto()
second.gpu_options.allow_growth = True
session = tf.Session(config=second)
