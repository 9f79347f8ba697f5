import tensorflow as tf
from flask import Blueprint, Flask, request
from keras import backend as K
from keras.models import load_model

app = Flask(__name__)
blueprint = Blueprint("scores", __name__)
MODEL = load_model("model.h5")
SESSION = K.get_session()
GRAPH = tf.get_default_graph()


# TFS401: a request handler is run by a thread of the server.
@app.route("/score", methods=["POST"])
def score():
    return str(MODEL.predict(request.json))  # expect: TFS401


@app.route("/score/registered", methods=["POST"])
def score_registered():
    with GRAPH.as_default():
        K.set_session(SESSION)
        return str(MODEL.predict(request.json))


@app.route("/score/entered", methods=["POST"])
def score_entered():
    with GRAPH.as_default(), SESSION.as_default():
        return str(MODEL.predict(request.json))


# Only the graph: before Keras 2.3 the session is one of all threads.
@app.route("/score/graph", methods=["POST"])
def score_in_the_graph():
    with GRAPH.as_default():
        return str(MODEL.predict(request.json))


# The short forms, on anything that has them.
@app.post("/post")
def post():
    return str(MODEL.predict(request.json))  # expect: TFS401


@blueprint.get("/get")
def get():
    return str(MODEL.evaluate(request.json))  # expect: TFS401


@blueprint.put("/put")
def put():
    MODEL.load_weights(request.json)  # expect: TFS401


@blueprint.delete("/delete")
def delete():
    with GRAPH.as_default(), SESSION.as_default():
        MODEL.load_weights("initial.h5")


# The route among other decorators.
@app.route("/cached")
@app.cached
def cached():
    return str(MODEL.predict(request.json))  # expect: TFS401


# Other decorators make no handler.
@app.cached("/plain")
def plain():
    return str(MODEL.predict(request.json))


# The first request runs it.
@app.before_first_request
def warm_up():
    MODEL.predict([0])  # expect: TFS401


# Nor does no decorator.
def helper():
    return MODEL.predict([0])


# A handler that uses no model.
@app.route("/")
def index():
    return MODEL.to_json()
