import tensorflow.compat.v1 as tf

from .main_only import build

config = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))
tf.keras.backend.set_session(tf.Session(config=config))
dense = build()
