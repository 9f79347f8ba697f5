from flask import Flask
from keras.models import load_model

app = Flask(__name__)
MODEL = None
OTHER = None


# Standalone Keras: what the first request has made works in the next.
@app.route("/lazy")
def lazy():
    global MODEL
    if MODEL is None:
        MODEL = load_model("model.h5")
    return str(MODEL.predict([0]))


# TFS401: where that only loads, nothing is made yet.
@app.route("/load")
def load():
    global OTHER
    OTHER = load_model("model.h5")
    return ""


@app.route("/score")
def score():
    return str(OTHER.predict([0]))  # expect: TFS401
