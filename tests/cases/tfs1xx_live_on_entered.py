import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# An InteractiveSession that `__init__` leaves open is in use, whatever a method registers.
class Stays:
    def __init__(self, path):
        self.session = tf.InteractiveSession(config=CONFIG)
        self.model = load_model(path)

    def predict(self, x):
        K.set_session(tf.Session(config=CONFIG))
        return self.model.predict(x)


class IsClosed:
    def __init__(self, path):
        session = tf.InteractiveSession(config=CONFIG)
        print(session.graph)
        session.close()
        self.model = load_model(path)

    def predict(self, x):
        K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
        return self.model.predict(x)


# On some paths alone: a method may be called after the others.
class StaysByChance:
    def __init__(self, path, debug):
        self.model = load_model(path)  # expect: TFS106
        if debug:
            self.session = tf.InteractiveSession(config=CONFIG)

    def predict(self, x):
        K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
        return self.model.predict(x)
