import foreign
from keras import backend as K
from keras.layers import Dense


def layer(units):
    return Dense(units)


class Holder:
    def __init__(self, units):
        self.units = units


def nothing(units):
    return None


# Which function of a table is meant gives many paths: each is followed.
table = {"layer": layer, "holder": Holder, "nothing": nothing}
foreign.use(
    table[foreign.a](1),  # expect: TFS101
    table[foreign.b](1),  # expect: TFS101
    table[foreign.c](1),  # expect: TFS101
    table[foreign.d](1),  # expect: TFS101
)
dense = Dense(1)  # expect: TFS101
K.set_session(foreign.session)
