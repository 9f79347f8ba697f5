from tensorflow.compat.v1.keras import backend as K
from tensorflow.compat.v1.keras.layers import Dense

from . import base, missing, names


def rebound(sess):
    base.kind = sess.kind
    base.kind(1)
    K.set_session(sess)


def rebound_where_nothing_is(sess):
    names.kind = Dense
    missing.kind = Dense
    missing.kind(1)
    K.set_session(sess)
