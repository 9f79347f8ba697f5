from tensorflow.compat.v1.keras.layers import Dense


class Holder:
    def __init__(self, units):
        self.units = units

    def build(self):
        return Dense(self.units)


holder = Holder(1)
