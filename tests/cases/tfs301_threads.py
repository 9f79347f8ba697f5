import threading

import tensorflow as tf
from flask import Flask
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
app = Flask(__name__)


def open_session():
    config = tf.compat.v1.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.compat.v1.Session(config=config)


# TFS301: a handler builds under its thread's implicit session, not the one that was registered.
session = open_session()
K.set_session(session)


@app.route("/")
def score():
    model = load_model("model.h5")  # expect: TFS301
    return str(model.predict([0]))


@app.route("/registered")
def score_registered():
    K.set_session(open_session())
    model = load_model("model.h5")
    return str(model.predict([0]))


@app.route("/entered")
def score_entered():
    with session.graph.as_default(), session.as_default():
        return str(load_model("model.h5").predict([0]))


@app.route("/nothing")
def nothing():
    return "nothing"


# In a thread, as far as it is known that one was registered, with growth.
def start_thread(path):
    K.set_session(open_session())
    threading.Thread(target=build, args=(path,)).start()


def build(path):
    load_model(path)  # expect: TFS301


def start_another(path):
    threading.Thread(target=build_another, args=(path,)).start()


def build_another(path):
    load_model(path)


def start_without_growth(path, other):
    K.set_session(other)
    threading.Thread(target=build_a_third, args=(path,)).start()


def build_a_third(path):
    load_model(path)
