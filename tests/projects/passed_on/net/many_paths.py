from tensorflow.compat.v1.keras import backend as K
from tensorflow.compat.v1.keras.models import Sequential

from .kept import holder


# An object of another module stays what it is, however many paths there are.
def builds(sess, a, b, c, d, e):
    box = holder
    if a:
        one = Sequential()  # expect: TFS101
    if b:
        two = Sequential()  # expect: TFS101
    if c:
        three = Sequential()  # expect: TFS101
    if d:
        four = Sequential()  # expect: TFS101
    if e:
        five = Sequential()  # expect: TFS101
    box.build()  # expect: TFS101
    K.set_session(sess)
