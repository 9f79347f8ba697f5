import threading

from flask import Flask
from tensorflow.compat.v1.keras.models import load_model

app = Flask(__name__)


class Models(threading.local):
    model = None


MODELS = Models()


# Each thread has its own.
@app.route("/keyed")
def keyed():
    if MODELS.model is None:
        MODELS.model = load_model("model.h5")
    return str(MODELS.model.predict([0]))
