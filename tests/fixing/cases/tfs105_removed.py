# The initializer has nothing of its own to initialise: it goes, with what was there for it alone.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

tf.compat.v1.disable_eager_execution()


def trained(x, y):
    model = keras.Sequential([layers.Dense(1, input_shape=(1,))])
    model.compile(optimizer="adam", loss="mse")
    model.fit(x, y)
    sess = tf.compat.v1.keras.backend.get_session()
    init = tf.compat.v1.global_variables_initializer()
    sess.run(init)
    model.save("trained.h5")
    return np.array(model.predict(x))


def scored(path, x):
    model = keras.models.load_model(path)
    score = model.predict(x)
    tf.compat.v1.keras.backend.get_session().run(tf.compat.v1.global_variables_initializer())
    return score, model


class Service:
    def __init__(self, path, config):
        config.gpu_options.allow_growth = True
        self.session = tf.compat.v1.Session(config=config)
        tf.compat.v1.keras.backend.set_session(self.session)
        self.model = keras.models.load_model(path)
        with open(path):
            self.old = self.model.predict([len(path)])

            # All of them.
            self.session.run([tf.compat.v1.global_variables_initializer()])

            print(self.model.name)


tf.compat.v1.keras.backend.get_session()
model = keras.models.load_model("m.h5")
model.predict([1])
tf.compat.v1.keras.backend.get_session().run(tf.compat.v1.global_variables_initializer())
# ---- after ----
# The initializer has nothing of its own to initialise: it goes, with what was there for it alone.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

tf.compat.v1.disable_eager_execution()


def trained(x, y):
    model = keras.Sequential([layers.Dense(1, input_shape=(1,))])
    model.compile(optimizer="adam", loss="mse")
    model.fit(x, y)
    model.save("trained.h5")
    return np.array(model.predict(x))


def scored(path, x):
    model = keras.models.load_model(path)
    score = model.predict(x)
    return score, model


class Service:
    def __init__(self, path, config):
        config.gpu_options.allow_growth = True
        self.session = tf.compat.v1.Session(config=config)
        tf.compat.v1.keras.backend.set_session(self.session)
        self.model = keras.models.load_model(path)
        with open(path):
            self.old = self.model.predict([len(path)])

            print(self.model.name)


tf.compat.v1.keras.backend.get_session()
model = keras.models.load_model("m.h5")
model.predict([1])
