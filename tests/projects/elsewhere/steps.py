from keras import backend as K
from keras.layers import Dense


def build_and_register(sess):
    Dense(1)  # expect: TFS101
    K.set_session(sess)


def register(sess):
    K.set_session(sess)
