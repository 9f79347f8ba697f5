from tensorflow.compat.v1.keras import backend as K, layers

from . import base
from .base import _Hidden, build


class Early(_Hidden):
    def __init__(self, sess):
        self.layer = build(1)  # expect: TFS101
        super().__init__(sess)


class Late(_Hidden):
    def __init__(self, sess):
        super().__init__(sess)
        self.layer = layers.Dense(1)


def as_it_is(sess):
    base.Base.shout("one")
    base.kind(1)  # expect: TFS101
    K.set_session(sess)
