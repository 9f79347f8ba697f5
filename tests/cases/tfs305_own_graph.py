# options: --extend-select=TFS305
import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# Inside the block of a graph eager execution is left: Keras uses the session there.
def build():
    graph = tf.Graph()
    with graph.as_default():
        sess = tf.compat.v1.Session(config=CONFIG)
        tf.compat.v1.keras.backend.set_session(sess)
        return Sequential([Dense(1)])
