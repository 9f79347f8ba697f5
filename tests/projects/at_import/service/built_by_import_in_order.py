import tensorflow.compat.v1 as tf

config = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))
tf.keras.backend.set_session(tf.Session(config=config))

from .scorer import scorer

scorer.predict([1.0])
