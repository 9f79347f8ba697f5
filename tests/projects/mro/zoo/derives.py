from tensorflow.compat.v1.keras import backend as K

from .derived import layered


class Early:
    def __init__(self, sess):
        self.model = self.build()
        K.set_session(sess)


class InOrder:
    def __init__(self, sess):
        K.set_session(sess)
        self.model = self.build()


def early(sess):
    return layered(Early, sess)  # expect: TFS101


def in_order(sess):
    return layered(InOrder, sess)
