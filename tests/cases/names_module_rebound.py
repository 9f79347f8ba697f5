import keras.backend
from keras.layers import Dense

# At module level each use has the value of its moment.
early = Dense(1)  # expect: TFS101
keras.backend.set_session(early.session)


class Dense:
    def __init__(self, units):
        self.units = units


own = Dense(1)
keras.backend.set_session(early.session)
