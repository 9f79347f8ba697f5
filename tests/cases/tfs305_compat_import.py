# options: --extend-select=TFS305
import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.keras import backend as K

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS305: the compatibility module alone leaves no eager execution.
def register():
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS305
