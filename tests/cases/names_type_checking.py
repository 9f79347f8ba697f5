import typing
from typing import TYPE_CHECKING

from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense

if TYPE_CHECKING:
    from library import Dense as Other
else:
    Other = Dense


# What stands under TYPE_CHECKING is never executed.
def registered_for_types(sess, x):
    layer = Dense(1)
    if TYPE_CHECKING:
        K.set_session(sess)
    return layer(x)


def registered_otherwise(sess, x):
    layer = Dense(1)  # expect: TFS101
    if not typing.TYPE_CHECKING:
        K.set_session(sess)
    return layer(x)


def named_otherwise(sess):
    layer = Other(1)  # expect: TFS101
    K.set_session(sess)
    return layer
