from flask import Flask, request
from keras.models import load_model

app = Flask(__name__)
MODEL = None


# A name that is rebound elsewhere is unknown: silent.
def load():
    global MODEL
    MODEL = load_model("model.h5")


@app.route("/score", methods=["POST"])
def score():
    return str(MODEL.predict(request.json))
