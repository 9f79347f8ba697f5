import os

import tensorflow as tf

# Set at module level after the session: too late.
session = tf.Session()  # expect: TFS201
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
