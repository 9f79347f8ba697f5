import threading

import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True
model = load_model("model.h5")
graph = tf.compat.v1.get_default_graph()


def fresh():
    return tf.compat.v1.Session(config=CONFIG)


# TFS401 says what is wrong where a thread runs a function; TFS104 speaks of the main thread.
def work():
    with graph.as_default():
        K.set_session(fresh())
        model.predict(1)  # expect: TFS401


def work_with(net):
    with graph.as_default():
        K.set_session(fresh())
        net.train_on_batch(1, 2)  # expect: TFS401


def called():
    K.set_session(fresh())  # expect: TFS104
    model.predict(1)


threading.Thread(target=work).start()
threading.Thread(target=work_with, args=(model,)).start()
