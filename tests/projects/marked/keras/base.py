from tensorflow.compat.v1.keras import backend as K


class Base:
    def __init__(self, sess):
        K.set_session(sess)
