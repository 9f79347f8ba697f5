import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS401: a method that yields, with the models of its object.
class Trainer:
    def __init__(self):
        self.encoder = load_model("encoder.h5")
        self.head = load_model("head.h5")
        self.graph = tf.compat.v1.get_default_graph()
        self.session = K.get_session()

    def encoded(self, rows):
        while True:
            for row in rows:
                yield self.encoder.predict(row), row  # expect: TFS401

    def train(self, rows):
        self.head.fit(self.encoded(rows), steps_per_epoch=3)

    def encoded_there(self, rows):
        while True:
            with self.graph.as_default(), self.session.as_default():
                scores = self.encoder.predict(rows)
            yield scores, rows

    def train_there(self, rows):
        self.head.fit(self.encoded_there(rows), steps_per_epoch=3)

    def encoded_here(self, rows):
        for row in rows:
            yield self.encoder.predict(row), row

    def train_here(self, rows):
        for x, y in self.encoded_here(rows):
            self.head.train_on_batch(x, y)
        self.head.fit(self.encoded_here(rows), workers=0)


def main(rows):
    trainer = Trainer()
    trainer.train(rows)
    trainer.train_there(rows)
    trainer.train_here(rows)


# What consumes it may change what its object has.
class Changing:
    def __init__(self):
        self.config = tf.compat.v1.ConfigProto()
        self.model = load_model("model.h5")

    def batches(self, rows):
        self.config.gpu_options.allow_growth = True
        yield rows, rows

    def train(self, rows):
        self.model.fit(self.batches(rows))
        return tf.compat.v1.Session(config=self.config)

    def train_here(self, rows):
        self.config = tf.compat.v1.ConfigProto()
        self.model.fit(self.batches(rows), workers=0)
        return tf.compat.v1.Session(config=self.config)
