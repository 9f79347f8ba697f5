import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential


class Agent:
    layer = Dense(1)  # expect: TFS101

    def __init__(self):
        self.model = Sequential([Dense(1)])


# A class body runs in the module's flow, a constructor where it is called.
agent = Agent()  # expect: TFS101

config = tf.ConfigProto()
config.gpu_options.allow_growth = True
K.set_session(tf.Session(config=config))

late = Agent()


# A class that changes what an inherited __init__ knows nothing of.
class Named:
    def __init__(self, name):
        self.name = name


class Shouted(Named):
    def shout(self):
        return self.name.upper()
