from keras.layers import Dense, Input
from keras.models import Model


class Autoencoder:
    def __init__(self, size):
        self.size = size
        self.model = None

    def build(self):
        inputs = Input((self.size,))
        self.model = Model(inputs, Dense(self.size)(inputs))
