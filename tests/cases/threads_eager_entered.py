# options: --extend-select=TFS401
from threading import Thread

from tensorflow.keras.models import load_model


# TFS401: a thread that enters a graph knows of one.
def serve(path, x, graph):
    model = load_model(path)

    def work():
        with graph.as_default():
            model.predict(x)  # expect: TFS401

    Thread(target=work).start()


def serve_eagerly(path, x):
    model = load_model(path)
    Thread(target=lambda: model.predict(x)).start()
