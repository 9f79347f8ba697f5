# options: --extend-select=TFS305
import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.keras import backend as K

tf.disable_v2_behavior()

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# disable_v2_behavior() leaves eager execution as well.
def register():
    K.set_session(tf.Session(config=CONFIG))
