import tensorflow.compat.v1 as tf

from .scorer import scorer  # expect: TFS103

config = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))
tf.keras.backend.set_session(tf.Session(config=config))
scorer.predict([1.0])
