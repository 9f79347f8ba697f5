import tensorflow as tf
from tensorflow.keras import backend as K

# At module level.
config = tf.ConfigProto()
config.gpu_options.per_process_gpu_memory_fraction = 0.3
K.set_session(tf.Session(config=config))  # expect: TFS201
