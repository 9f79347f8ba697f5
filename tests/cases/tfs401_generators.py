import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import Sequence

tf.compat.v1.disable_eager_execution()


def build():
    model = Sequential([Dense(1, input_shape=(1,))])
    model.compile("sgd", "mse")
    return model


# TFS401: a generator that Keras consumes runs in another thread.
def hard(model, rows):
    while True:
        yield model.predict(rows), rows  # expect: TFS401


def train(rows):
    model = build()
    model.fit(hard(model, rows), steps_per_epoch=3)


def entered(model, rows, graph, session):
    while True:
        with graph.as_default(), session.as_default():
            scores = model.predict(rows)
        yield scores, rows


def train_entered(rows):
    model = build()
    batches = entered(model, rows, tf.compat.v1.get_default_graph(), K.get_session())
    model.fit_generator(batches, steps_per_epoch=3)


# For validation as well, and to evaluate.
def checked(model, rows):
    yield model.predict(rows), rows  # expect: TFS401


def train_with_validation(rows):
    model = build()
    model.fit(rows, rows, validation_data=checked(model, rows))


# It uses none.
def plain(rows):
    while True:
        yield rows, rows


def train_plainly(rows):
    build().fit(plain(rows), steps_per_epoch=3)


# Consumed in the main thread: by a loop, or without workers. Or by processes.
def local(model, rows):
    yield model.predict(rows), rows


def train_by_hand(rows):
    model = build()
    for x, y in local(model, rows):
        model.train_on_batch(x, y)


def train_without_workers(rows):
    model = build()
    model.fit(local(model, rows), workers=0)


def train_with_processes(rows):
    model = build()
    model.fit(local(model, rows), use_multiprocessing=True)


# A manager that is given by mistake, and a generator that is entered by one.
def enter_by_mistake(rows):
    model = build()
    with local(model, rows):
        model.predict(rows)


# The items of a Sequence.
class Batches(Sequence):
    def __init__(self, model, rows):
        self.model = model
        self.rows = rows

    def __getitem__(self, index):
        return self.model.predict(self.rows[index])  # expect: TFS401

    def __len__(self):
        return len(self.model.predict(self.rows))


def train_on_a_sequence(rows):
    model = build()
    model.fit(Batches(model, rows))


class Rows(Sequence):
    def __getitem__(self, index):
        return index


def train_on_rows(rows):
    build().fit(Rows())
