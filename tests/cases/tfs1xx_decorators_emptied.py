from functools import lru_cache

from tensorflow.keras import backend as K
from tensorflow.keras.models import load_model


# Where caches are emptied, what a function returns may be new.
@lru_cache(maxsize=None)
def cached():
    return load_model("model.h5")


def emptied(sess, x):
    cached()
    K.set_session(sess)
    cached.cache_clear()
    cached().predict(x)


def not_cached(sess, x):
    model = cached()  # expect: TFS103
    K.set_session(sess)
    model.predict(x)
