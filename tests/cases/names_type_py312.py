from keras import backend as K
from keras.layers import Dense


# A type alias binds its name.
def alias(sess):
    type Dense = int
    Dense(1)
    K.set_session(sess)


def alias_of_another(sess):
    type Sparse = int
    Dense(1)  # expect: TFS101
    K.set_session(sess)
