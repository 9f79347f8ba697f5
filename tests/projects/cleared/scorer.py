from memory import free, look
from tensorflow.keras.models import load_model


def score(path, x):
    model = load_model(path)
    free()
    return model.predict(x)  # expect: TFS107


def score_first(path, x):
    scores = load_model(path).predict(x)
    free()
    return scores


def score_after_a_look(path, x):
    model = load_model(path)
    look(model)
    return model.predict(x)  # expect: TFS304


def score_all(path, batches):
    model = load_model(path)
    for batch in batches:
        print(model.predict(batch))  # expect: TFS107
        free()
