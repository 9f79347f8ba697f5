import tensorflow as tf
from tensorflow.keras import backend as K

# At module level, growth comes too late.
config = tf.ConfigProto()
session = tf.Session(config=config)  # expect: TFS201
config.gpu_options.allow_growth = True  # expect: TFS202
K.set_session(session)
