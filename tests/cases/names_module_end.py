from keras import backend as K
from keras.layers import Dense


# Module names have the value they have at the module's end: there K is another.
def build(sess):
    layer = Dense(1)
    K.set_session(sess)
    return layer


# ... and LSTM is Keras', although it is imported below.
def build_recurrent(sess):
    from keras import backend

    layer = LSTM(8)  # expect: TFS101
    backend.set_session(sess)
    return layer


class Backend:
    def set_session(self, sess):
        self.sess = sess


K = Backend()

from keras.layers import LSTM
