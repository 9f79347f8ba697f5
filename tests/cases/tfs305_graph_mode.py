# options: --extend-select=TFS305
import tensorflow as tf
from tensorflow.keras import backend as K

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# Names that only TensorFlow 1 has: it is no TF2 program.
def register():
    K.set_session(tf.Session(config=CONFIG))
