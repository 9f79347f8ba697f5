# options: --extend-select=TFS305
import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

tf.compat.v1.disable_eager_execution()

CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# The program has left eager execution: Keras uses the session.
def build():
    sess = tf.compat.v1.Session(config=CONFIG)
    tf.compat.v1.keras.backend.set_session(sess)
    return Sequential([Dense(1)])
