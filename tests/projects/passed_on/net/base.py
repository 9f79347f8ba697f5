from tensorflow.compat.v1.keras import backend as K
from tensorflow.compat.v1.keras.layers import Dense


class Base:
    @staticmethod
    def shout(text):
        print(text)

    def __init__(self, sess):
        K.set_session(sess)


class _Hidden(Base):
    pass


def build(units):
    return Dense(units)


kind = Dense
