import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.disable_eager_execution()


def new_session():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


# The second round of a loop that clears, registers or closes.
def best_of_folds(paths, x):
    best = None
    for path in paths:
        K.clear_session()
        model = load_model(path)
        if model.evaluate(x) > 0.5:
            best = model
    return best.predict(x)  # expect: TFS107


def best_weights(paths, x):
    best = None
    for path in paths:
        K.clear_session()
        model = load_model(path)
        if model.evaluate(x) > 0.5:
            best = model.get_weights()
    K.clear_session()
    model = load_model(paths[0])
    model.set_weights(best)
    return model.predict(x)


def cleared_at_the_end(paths, x):
    for path in paths:
        model = load_model(path)
        print(model.predict(x))
        K.clear_session()


def one_model_for_all(path, batches):
    model = load_model(path)
    for batch in batches:
        print(model.predict(batch))  # expect: TFS107
        K.clear_session()


def cleared_after_the_loop(path, batches):
    model = load_model(path)
    for batch in batches:
        print(model.predict(batch))
    K.clear_session()


# A loop with one item has no second round.
def one_item(path, batch):
    model = load_model(path)
    for each in [batch]:
        print(model.predict(each))
        K.clear_session()


def one_number(path, batch):
    model = load_model(path)
    for _ in range(1):
        print(model.predict(batch))
        K.clear_session()


def two_numbers(path, batch):
    model = load_model(path)
    for _ in range(2):
        print(model.predict(batch))  # expect: TFS107
        K.clear_session()


# Nor has one that is left.
def left(path, batches):
    model = load_model(path)
    for batch in batches:
        print(model.predict(batch))
        K.clear_session()
        break


def gone_on_with(path, batches):
    model = load_model(path)
    for batch in batches:
        print(model.predict(batch))  # expect: TFS107
        K.clear_session()
        if batch:
            continue
        print(batch)


# while, with a test and without an end.
def as_long_as(path, queue):
    model = load_model(path)
    while queue.has_more():
        print(model.predict(queue.get()))  # expect: TFS107
        K.clear_session()


def for_ever(path, queue):
    model = load_model(path)
    while True:
        print(model.predict(queue.get()))  # expect: TFS107
        K.clear_session()


def for_ever_loaded(path, queue):
    while True:
        model = load_model(path)
        print(model.predict(queue.get()))
        K.clear_session()


# A comprehension, and a loop over models.
def score(model, batch):
    scores = model.predict(batch)
    K.clear_session()
    return scores


def scores_of_batches(path, batches):
    model = load_model(path)
    return [score(model, batch) for batch in batches]  # expect: TFS107


def scores_of_some(path, batches):
    model = load_model(path)
    return [score(model, batch) for batch in batches if batch]  # expect: TFS107


def scores_of_paths(paths, batch):
    return [score(load_model(path), batch) for path in paths]


def many_models(paths, x):
    models = [load_model(path) for path in paths]
    for model in models:
        print(model.predict(x))  # expect: TFS107
        K.clear_session()


def kept_models(paths, x):
    models = []
    for path in paths:
        K.clear_session()
        models.append(load_model(path))
    return [model.predict(x) for model in models]  # expect: TFS107


# In an inner loop: one more round at a time.
def inner(path, days):
    for day in days:
        model = load_model(path)
        for batch in day:
            print(model.predict(batch))  # expect: TFS107
            K.clear_session()


def outer(path, days):
    for day in days:
        model = load_model(path)
        for batch in day:
            print(model.predict(batch))
        K.clear_session()


# A session is registered in each round: what was kept of the one before is lost.
def best_of_sessions(paths, x):
    best = None
    for path in paths:
        K.set_session(new_session())  # expect: TFS104
        model = load_model(path)
        if model.predict(x) > 0.5:
            best = model
    return best.predict(x)


def of_each_session(paths, x):
    for path in paths:
        K.set_session(new_session())
        model = load_model(path)
        print(model.predict(x))


# The registered session is cleared away at the round's end.
def growth_of_one_round(paths, x):
    K.set_session(new_session())
    for path in paths:
        print(load_model(path).predict(x))
        K.clear_session()  # expect: TFS303


def growth_of_each_round(paths, x):
    for path in paths:
        K.set_session(new_session())
        print(load_model(path).predict(x))
        K.clear_session()


# Keras' session is closed at the round's end.
def closed_at_the_end(paths, x):
    for path in paths:
        print(load_model(path).predict(x))  # expect: TFS304
        K.get_session().close()


def closed_and_cleared(paths, x):
    for path in paths:
        print(load_model(path).predict(x))
        K.get_session().close()
        K.clear_session()


# What both rounds hang on may be one and the same: of other codes nothing is said.
def on_one_device(path, batches, gpu):
    for batch in batches:
        if not gpu:
            K.set_session(new_session())
        print(load_model(path).predict(batch))


# The second round of an inner loop is not that of the loop around it.
def folds_of_seeds(paths, x):
    for _ in range(2):
        models = []
        for path in paths:
            K.clear_session()
            model = load_model(path)
            model.predict(x)
            models.append(model.to_json())
        K.clear_session()
    return models


def folds_of_seeds_kept(paths, x):
    for _ in range(2):
        models = []
        for path in paths:
            K.clear_session()
            models.append(load_model(path))
            models[0].predict(x)  # expect: TFS107
        K.clear_session()
