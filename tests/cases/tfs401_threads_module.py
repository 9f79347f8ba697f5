import threading

import tensorflow as tf
from keras import backend as K
from keras.models import load_model

MODEL = load_model("model.h5")
SESSION = K.get_session()
GRAPH = tf.get_default_graph()


# TFS401: a model under a module's name.
def work():
    MODEL.predict([0])  # expect: TFS401


def work_registered():
    with GRAPH.as_default():
        K.set_session(SESSION)
        MODEL.predict([0])


def work_in_the_main_thread():
    MODEL.predict([0])


# A parameter that shadows the name is another object.
def work_on(MODEL):
    MODEL.predict([0])


def start():
    threading.Thread(target=work).start()
    threading.Thread(target=work_registered).start()
    threading.Thread(target=work_on, args=(None,)).start()
    work_in_the_main_thread()
