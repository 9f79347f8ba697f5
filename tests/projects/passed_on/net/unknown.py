from tensorflow.compat.v1.keras import backend as K
from tensorflow.compat.v1.keras.layers import Dense

from . import heavy
from .heavy import *
from .broken import *
from .broken import register as third


# What is in a file that is not analysed is unknown.
def calls(sess):
    Dense(1)
    heavy.register(sess)
    third(sess)
    register(sess)


def calls_and_registers(sess):
    heavy.register = None
    Dense(1)  # expect: TFS101
    K.set_session(sess)
