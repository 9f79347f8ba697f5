import tensorflow as tf
from flask import Flask, current_app, request
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
app = Flask(__name__)


# TFS401: a model that is kept in the application, as an attribute or in its configuration.
app.model = load_model("model.h5")
app.config["MODEL"] = load_model("other.h5")


@app.route("/attribute")
def attribute():
    return str(app.model.predict([request.json]))  # expect: TFS401


@app.route("/configured")
def configured():
    return str(app.config["MODEL"].predict([request.json]))  # expect: TFS401


@app.route("/current")
def current():
    model = current_app.config["MODEL"]
    print(current_app.model.predict([0]))  # expect: TFS401
    return str(model.predict([request.json]))  # expect: TFS401


# Its graph and session are entered, from the same place.
app.graph = tf.compat.v1.get_default_graph()
app.session = K.get_session()
GRAPH = tf.compat.v1.get_default_graph()
SESSION = K.get_session()


@app.route("/entered")
def entered():
    with GRAPH.as_default(), SESSION.as_default():
        return str(app.model.predict([request.json]))


@app.route("/entered/from/there")
def entered_from_there():
    with app.graph.as_default(), app.session.as_default():
        return str(current_app.model.predict([request.json]))


# Another key, and another attribute, are something else.
app.config["PLAIN"] = open("model.txt")


@app.route("/plain")
def plain():
    return str(app.config["PLAIN"].predict([request.json]) + app.other.predict([0]))


# What stands there no more.
app.gone = load_model("model.h5")
app.gone = None


@app.route("/gone")
def gone():
    return "" if app.gone is None else str(app.gone.predict([request.json]))


# TFS401: under keys that are not known. One of them is the one that is meant.
MODELS = {}
for name in ("news", "sport"):
    MODELS[name] = load_model(f"{name}.h5")


@app.route("/keyed/<name>")
def keyed(name):
    return str(MODELS[name].predict([request.json]))  # expect: TFS401


@app.route("/news")
def one_of_them():
    return str(MODELS["news"].predict([request.json]))  # expect: TFS401


# What is no model leaves the dict unknown.
TEXTS = {}
for name in ("news", "sport"):
    TEXTS[name] = open(name)


@app.route("/texts/<name>")
def text(name):
    return str(TEXTS[name].predict([request.json]))


# TFS401: filled by what the main thread runs, and by each request.
LATER = {}
EACH = {}


def load_all():
    for name in ("news", "sport"):
        LATER[name] = load_model(f"{name}.h5")


@app.route("/later/<name>")
def later(name):
    return str(LATER[name].predict([request.json]))  # expect: TFS401


@app.route("/each/<name>")
def each(name):
    if name not in EACH:
        EACH[name] = load_model(f"{name}.h5")
    return str(EACH[name].predict([request.json]))  # expect: TFS401


if __name__ == "__main__":
    load_all()
    app.run()
