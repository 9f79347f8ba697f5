import foreign
from keras import backend as K
from keras.layers import Dense

a, b, c, d, e, f = foreign.flags

# An expression of too many outcomes: what differs is joined.
foreign.use(
    Dense if a else print,
    Dense if b else print,
    Dense if c else print,
    Dense if d else print,
    Dense if e else print,
    Dense if f else print,
)
layer = Dense(1)  # expect: TFS101
K.set_session(foreign.session)
kind = Dense


# Which layers it builds may be known or not.
def build(sess):
    Dense(1)  # expect: TFS101
    K.set_session(sess)


def build_later(sess):
    K.set_session(sess)
    Dense(1)
