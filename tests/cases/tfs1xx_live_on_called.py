"""What was built before a flow, where another flow has all of it: it is said once."""

import tensorflow as tf
from keras import backend as K
from keras.models import load_model

GROWTH = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))


class Trainer:
    def __init__(self):
        self.net = load_model("model.h5")

    def train(self, x, y):
        K.set_session(tf.Session(config=GROWTH))
        self.net.fit(x, y)


# TFS103: who makes the object and calls the method.
def main(x, y):
    trainer = Trainer()  # expect: TFS103
    trainer.train(x, y)


MODEL = load_model("model.h5")  # expect: TFS103


def score(x):
    K.set_session(tf.Session(config=GROWTH))
    return MODEL.predict(x)


score([0])
