import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.disable_eager_execution()


# Cleared in every round but the last: a test that tells of another round.
def all_but_the_last(count, x):
    for index in range(count):
        model = load_model(f"{index}.h5")
        if index < count - 1:
            K.clear_session()
    return model.predict(x)


def unless_it_is_the_last(paths, x):
    for index, path in enumerate(paths):
        model = load_model(path)
        if index + 1 != len(paths):
            K.clear_session()
    return model.predict(x)


def counted_from_one(paths, x):
    for index, path in enumerate(paths, 1):
        model = load_model(path)
        if not index == len(paths):
            K.clear_session()
    return model.predict(x)


def range_from_one(count, x):
    for index in range(1, count + 1):
        model = load_model(f"{index}.h5")
        if model and index < count:
            K.clear_session()
    return model.predict(x)


def the_other_branch(count, x):
    for index in range(0, count):
        model = load_model(f"{index}.h5")
        if index == count - 1 or model.evaluate(x) > 0.9:
            break
        elif index >= count:
            return None
        else:
            K.clear_session()
    return model.predict(x)


# By the name of the number, or of what such a test said.
def until_the_last(count, x):
    last = count - 1
    for index in range(count):
        model = load_model(f"{index}.h5")
        if index == last:
            break
        K.clear_session()
    return model.predict(x)


def unless_it_is_said(paths, x):
    for index, path in enumerate(paths):
        is_last = index == len(paths) - 1
        model = load_model(path)
        if not is_last:
            K.clear_session()
    return model.predict(x)


# Tests that tell nothing of the rounds.
def until_the_best(count, best, x):
    for index in range(count):
        model = load_model(f"{index}.h5")
        if index == best:
            break
        K.clear_session()
    return model.predict(x)  # expect: TFS107


def all_but_the_first(count, x):
    for index in range(count):
        model = load_model(f"{index}.h5")
        if index > 0:
            K.clear_session()
    return model.predict(x)  # expect: TFS107


def of_another_count(count, start, x):
    for index in range(start, count, 2):
        model = load_model(f"{index}.h5")
        if index < count - 1:
            K.clear_session()
    return model.predict(x)  # expect: TFS107


def counted_from_two(paths, x):
    for index, path in enumerate(paths, start=2):
        model = load_model(path)
        if index < len(paths):
            K.clear_session()
    return model.predict(x)  # expect: TFS107


def of_elements(paths, x):
    for index, path in zip(x, paths):
        model = load_model(path)
        if not index < len(paths) - 1 < 10:
            K.clear_session()
    return model.predict(x)  # expect: TFS107


def of_pairs(pairs, x):
    for (index, path), _ in enumerate(pairs):
        model = load_model(path)
        if index < 4:
            K.clear_session()
    return model.predict(x)  # expect: TFS107


def not_told(paths, x):
    for index, path in enumerate(paths):
        model = load_model(path)
        if not index or index < 4 or index > len(paths) - 1:
            K.clear_session()
    return model.predict(x)  # expect: TFS107


# What comes in the next round is seen there.
def used_in_the_next(count, x):
    model = load_model("first.h5")
    for index in range(count):
        model.predict(x)  # expect: TFS107
        if index < count - 1:
            K.clear_session()


# A loop without an end is left by its break alone, in whichever round.
def until_it_is_good(path, x):
    while True:
        model = load_model(path)
        if model.evaluate(x) > 0.5:
            break
        K.clear_session()
    return model.predict(x)


def cleared_before_the_break(path, x):
    while True:
        model = load_model(path)
        K.clear_session()
        if model.count_params() > 5:
            break
    return model.predict(x)  # expect: TFS107


def loaded_before(path, queue, x):
    model = load_model(path)
    while True:
        if queue.empty():
            break
        K.clear_session()
    return model.predict(x)  # expect: TFS107
