# unsafe: a thread enters what names are known to hold.
import threading

import tensorflow as tf
from flask import Flask
from keras.models import load_model as load_standalone
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True
app = Flask(__name__)
model = load_model("news.h5")
graph = tf.compat.v1.get_default_graph()
session = K.get_session()


@app.route("/score")
def score():
    text = str(
        # as it is asked
        model.predict([0])
    )
    return text


@app.route("/graph")
def score_in_the_graph():
    with graph.as_default():
        return str(model.predict([0]))  # of the session


class Service:
    def __init__(self, path):
        self.owned = tf.compat.v1.Session(config=CONFIG)
        K.set_session(self.owned)
        self.model = load_model(path)
        threading.Thread(target=self.work).start()

    def work(self):
        self.model.predict([0])


def standalone(path, x):
    model = load_standalone(path)
    main = tf.compat.v1.get_default_graph()

    def work():
        model.predict(x)

    threading.Thread(target=work).start()


def tabs(path, x):
	model = load_model(path)
	kept = K.get_session()

	def work():
		model.predict(x)

	threading.Thread(target=work).start()
# ---- after ----
# unsafe: a thread enters what names are known to hold.
import threading

import tensorflow as tf
from flask import Flask
from keras.models import load_model as load_standalone
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True
app = Flask(__name__)
model = load_model("news.h5")
graph = tf.compat.v1.get_default_graph()
session = K.get_session()


@app.route("/score")
def score():
    with graph.as_default(), session.as_default():
        text = str(
            # as it is asked
            model.predict([0])
        )
    return text


@app.route("/graph")
def score_in_the_graph():
    with graph.as_default():
        with session.as_default():
            return str(model.predict([0]))  # of the session


class Service:
    def __init__(self, path):
        self.owned = tf.compat.v1.Session(config=CONFIG)
        K.set_session(self.owned)
        self.model = load_model(path)
        threading.Thread(target=self.work).start()

    def work(self):
        with graph.as_default(), self.owned.as_default():
            self.model.predict([0])


def standalone(path, x):
    model = load_standalone(path)
    main = tf.compat.v1.get_default_graph()

    def work():
        with main.as_default():
            model.predict(x)

    threading.Thread(target=work).start()


def tabs(path, x):
	model = load_model(path)
	kept = K.get_session()

	def work():
		with graph.as_default(), kept.as_default():
			model.predict(x)

	threading.Thread(target=work).start()
