import threading

import tensorflow as tf
from flask import Flask, request
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
app = Flask(__name__)
model = load_model("model.h5")


# The server calls its handlers in the main thread.
@app.route("/score")
def score():
    return str(model.predict(request.json))


# ... a thread is one.
def work():
    model.predict([0])  # expect: TFS401


threading.Thread(target=work).start()
if __name__ == "__main__":
    app.run(port=5000, threaded=False)
