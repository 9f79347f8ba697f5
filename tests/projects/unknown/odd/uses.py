from tensorflow.compat.v1 import Session, keras

from ......beyond import above
from . import absent
from .broken import broken
from .missing import missing


def calls(session: Session):
    dense = keras.layers.Dense(1)
    broken()
    absent.register()
    above()
    missing()
    return dense
