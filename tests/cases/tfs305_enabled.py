# options: --extend-select=TFS305
import tensorflow as tf
from tensorflow.keras import layers

tf.compat.v1.enable_eager_execution()
tf.compat.v1.disable_v2_tensorshape()

CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS305: other switches of TensorFlow leave no eager execution.
def build():
    tf.compat.v1.keras.backend.set_session(  # expect: TFS305
        tf.compat.v1.Session(config=CONFIG)
    )
    return layers.Dense(1)
