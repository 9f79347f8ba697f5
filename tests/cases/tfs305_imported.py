# options: --extend-select=TFS305
import tensorflow as tf
from tensorflow.compat.v1 import ConfigProto, Session
from tensorflow.compat.v1.keras.backend import set_session

CONFIG = ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS305 under imported names, and in a class.
class Agent:
    def __init__(self):
        self.sess = Session(config=CONFIG)
        set_session(self.sess)  # expect: TFS305
        self.model = tf.keras.Sequential([tf.keras.layers.Dense(1)])


# A session that TensorFlow alone uses is none of Keras' business.
class Reader:
    def __init__(self):
        self.sess = Session(config=CONFIG)
