import threading

import tensorflow as tf
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# A checkpoint brings the weights into the thread's session.
def restored(path, x):
    model = load_model(path)
    graph = tf.compat.v1.get_default_graph()
    saver = tf.compat.v1.train.Saver()

    def work():
        with graph.as_default(), tf.compat.v1.Session(config=CONFIG).as_default() as session:
            saver.restore(session, path)
            model.predict(x)

    threading.Thread(target=work).start()
