import tensorflow.compat.v1 as tf

from .scorer import scorer  # expect: TFS103
from . import scorer as module

config = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))
tf.keras.backend.set_session(tf.Session(config=config))
scorer.predict(module)
