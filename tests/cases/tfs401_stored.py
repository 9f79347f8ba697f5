import functools
from threading import Thread

import tensorflow as tf
from flask import Flask
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
app = Flask(__name__)
MODEL = None
MODELS = {}
CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS401: the first request loads the model, the next one finds it.
@app.route("/lazy")
def lazy():
    global MODEL
    if MODEL is None:
        MODEL = load_model("model.h5")
    return str(MODEL.predict([0]))  # expect: TFS401


# One of its own is gone with the request.
@app.route("/own")
def own():
    model = load_model("model.h5")
    return str(model.predict([0]))


# One that another handler has loaded; under a key; from a cache.
LOADED = None


@app.before_first_request
def load():
    global LOADED
    LOADED = load_model("model.h5")


@app.route("/loaded")
def loaded():
    return str(LOADED.predict([0]))  # expect: TFS401


@app.route("/keyed")
def keyed():
    if "news" not in MODELS:
        MODELS["news"] = load_model("news.h5")
    return str(MODELS["news"].predict([0]))  # expect: TFS401


@functools.lru_cache()
def cached():
    return load_model("model.h5")


@app.route("/cached")
def from_the_cache():
    return str(cached().predict([0]))  # expect: TFS401


# It is kept with its graph and session.
KEPT = GRAPH = SESSION = None


@app.route("/kept")
def kept():
    global KEPT, GRAPH, SESSION
    if KEPT is None:
        KEPT = load_model("model.h5")
        GRAPH = tf.compat.v1.get_default_graph()
        SESSION = tf.compat.v1.keras.backend.get_session()
    with GRAPH.as_default(), SESSION.as_default():
        return str(KEPT.predict([0]))


# What one thread of an object loads, another uses.
class Service:
    def __init__(self):
        self.model = None
        self.loader = Thread(target=self.load)
        self.worker = Thread(target=self.work)
        self.loader.start()
        self.worker.start()

    def load(self):
        self.model = load_model("model.h5")

    def work(self):
        self.model.predict([0])  # expect: TFS401


# The same thread may do both.
class OneThread:
    def __init__(self):
        self.model = None
        Thread(target=self.loop).start()

    def loop(self):
        self.model = load_model("model.h5")
        while True:
            self.model.predict([0])


class Entering:
    def __init__(self):
        self.model = None
        self.graph = tf.Graph()
        self.session = tf.compat.v1.Session(graph=self.graph, config=CONFIG)
        Thread(target=self.load).start()
        Thread(target=self.work).start()

    def load(self):
        with self.graph.as_default(), self.session.as_default():
            self.model = load_model("model.h5")

    def work(self):
        with self.graph.as_default(), self.session.as_default():
            self.model.predict([0])
