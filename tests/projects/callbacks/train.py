from hooks import Growth, Watch
from tensorflow.keras.models import load_model


# A callback of another file registers a session.
def tuned(x, y, path):
    model = load_model(path)
    model.fit(x, y, callbacks=[Watch(), Growth()])  # expect: TFS104
    return model


# One that reads weights does nothing to sessions.
def watched(x, y, path):
    model = load_model(path)
    model.fit(x, y, callbacks=[Watch()])
    return model
