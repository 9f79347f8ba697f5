import threading

from keras import backend as K
from keras.models import load_model


# In standalone Keras before 2.3 a function that was made in the main thread works in all threads.
class Server:
    def __init__(self, sess, path):
        K.set_session(sess)
        self.model = load_model(path)
        self.model._make_predict_function()

    def start(self):
        threading.Thread(target=self.loop).start()

    def loop(self):
        while True:
            self.model.predict([0])


# A first use makes it as well.
def warmed_up(sess, path, x):
    K.set_session(sess)
    model = load_model(path)
    model.predict(x)
    threading.Thread(target=model.predict_on_batch, args=(x,)).start()


def trained(sess, path, x, y):
    K.set_session(sess)
    model = load_model(path)
    model._make_train_function()
    threading.Thread(target=lambda: model.fit(x, y)).start()


# TFS401: another one is not made by it.
def other_function(sess, path, x, y):
    K.set_session(sess)
    model = load_model(path)
    model._make_predict_function()
    threading.Thread(target=lambda: model.fit(x, y)).start()  # expect: TFS401


def other_model(sess, path, x):
    K.set_session(sess)
    made, model = load_model(path), load_model(path)
    made._make_predict_function()
    threading.Thread(target=lambda: model.predict(x)).start()  # expect: TFS401


def made_too_late(sess, path, x):
    K.set_session(sess)
    model = load_model(path)
    threading.Thread(target=lambda: model.predict(x)).start()  # expect: TFS401
    model._make_predict_function()


# ... nor in the thread.
def made_in_the_thread(sess, path, x):
    K.set_session(sess)
    model = load_model(path)

    def work():
        model._make_predict_function()
        model.predict(x)  # expect: TFS401

    threading.Thread(target=work).start()


def weights(sess, path):
    K.set_session(sess)
    model = load_model(path)
    model._make_predict_function()
    threading.Thread(target=lambda: model.load_weights(path)).start()  # expect: TFS401


# Reading weights makes nothing in the graph.
def read(sess, path):
    K.set_session(sess)
    model = load_model(path)
    threading.Thread(target=model.get_weights).start()
    threading.Thread(target=lambda: model.save(path)).start()
    threading.Thread(target=lambda: K.get_value(model.weights[0])).start()


def given(sess, path, weights):
    K.set_session(sess)
    model = load_model(path)
    threading.Thread(target=lambda: model.set_weights(weights)).start()  # expect: TFS401
