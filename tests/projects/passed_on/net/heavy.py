from tensorflow.compat.v1.keras.layers import Dense  # expect: TFS900
from tensorflow.compat.v1.keras import backend as K

from .settings import a, b, c, d, e, f

print(
    Dense if a else print,
    Dense if b else print,
    Dense if c else print,
    Dense if d else print,
    Dense if e else print,
    Dense if f else print,
)


def register(sess):
    K.set_session(sess)
