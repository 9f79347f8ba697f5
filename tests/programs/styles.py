"""How random programs spell what they use, and what of their own is the same in each."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Choices; those of one number are always the same."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(number)

    def pick(self, choices: Sequence[T]) -> T:
        """One of them."""
        return self.random.choice(choices)

    def weighted(self, choices: dict[T, int]) -> T:
        """One of them, by weight."""
        return self.random.choices(list(choices), list(choices.values()))[0]

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.random.randrange(100) < percent


# --- import styles --------------------------------------------------------------------------------

# Each style: the import lines, and how its names are spelled.
TENSORFLOW = [
    ("import tensorflow as tf", "tf.{}"),
    ("import tensorflow", "tensorflow.{}"),
    ("import tensorflow.compat.v1 as tf", "tf.{}"),
    ("from tensorflow.compat import v1 as tf", "tf.{}"),
    ("import tensorflow as tf", "tf.compat.v1.{}"),
    ("from tensorflow.compat.v1 import *", "{}"),
    (
        "from tensorflow import Session, InteractiveSession, Graph\n"
        "from tensorflow import global_variables_initializer, reset_default_graph\n"
        "from tensorflow import variables_initializer, global_variables\n"
        "from tensorflow import disable_eager_execution, get_default_graph, reduce_sum, train",
        "{}",
    ),
    (
        "import tensorflow as tf\nfrom tensorflow.python.client.session import Session",
        {"Session": "Session", "": "tf.{}"},
    ),
    (
        "import tensorflow as tf\nfrom tensorflow.python.client import session",
        {"Session": "session.Session", "": "tf.{}"},
    ),
]
BACKEND = [
    ("from tensorflow.keras import backend as K", "K.{}"),
    ("import keras.backend as K", "K.{}"),
    ("from keras import backend as K", "K.{}"),
    ("import keras", "keras.backend.{}"),
    ("import keras.backend.tensorflow_backend as KTF", "KTF.{}"),
    ("from tensorflow.python.keras import backend as K", "K.{}"),
    ("import tf_keras", "tf_keras.backend.{}"),
    ("import tensorflow.keras.backend as K", "K.{}"),
    ("import tensorflow.compat.v1.keras.backend as K", "K.{}"),
    ("from tensorflow.compat.v1.keras import backend", "backend.{}"),
    (
        "from keras.backend.tensorflow_backend import set_session, get_session, clear_session\n"
        "from keras.backend import get_value, set_value",
        "{}",
    ),
    ("from tensorflow.compat.v1.keras.backend import *", "{}"),
    ("import tensorflow as tf0\nK = tf0.keras.backend", "K.{}"),
    (
        "try:\n    from keras import backend as K\nexcept ImportError:\n"
        "    from tensorflow.keras import backend as K",
        "K.{}",
    ),
    (
        "try:\n    import tensorflow.contrib.keras.backend as K\nexcept ImportError:\n"
        "    import tensorflow.compat.v1.keras.backend as K",
        "K.{}",
    ),
    ("import tensorflow.contrib.keras as keras", "keras.backend.{}"),
]
LAYERS = [
    (
        "from tensorflow.keras.layers import Activation, Dense, Dropout, Embedding, Flatten, Input",
        "{}",
    ),
    ("from keras.layers import *", "{}"),
    ("from keras import layers", "layers.{}"),
    (
        "from keras.layers.core import Activation, Dense, Dropout, Flatten\n"
        "from keras.layers import Embedding, Input",
        "{}",
    ),
    ("import tensorflow.keras.layers as L", "L.{}"),
    ("import tensorflow as tf1", "tf1.keras.layers.{}"),
    ("from keras import layers as kl\nDense = kl.Dense", {"Dense": "Dense", "": "kl.{}"}),
    ("import tf_keras.layers", "tf_keras.layers.{}"),
]
MODELS = [
    ("from tensorflow.keras.models import Sequential, Model, load_model, clone_model", "{}"),
    ("from keras.models import *", "{}"),
    ("from keras import models", "models.{}"),
    ("import tensorflow as tf2", "tf2.keras.models.{}"),
    (
        "from tensorflow.keras import Sequential, Model\nfrom keras import models as km",
        {"Sequential": "Sequential", "Model": "Model", "": "km.{}"},
    ),
    ("import tensorflow.compat.v1.keras.models as M", "M.{}"),
]


# Functions and classes of a program's own, in which sessions come back.
OWN = {
    "swap": """\
def swap(sess):
    kept = get_session()
    set_session(sess)
    return kept
""",
    "restore": """\
def restore(kept):
    set_session(kept)
""",
    "using": """\
from contextlib import contextmanager

@contextmanager
def using(sess):
    kept = get_session()
    set_session(sess)
    try:
        yield sess
    finally:
        set_session(kept)
""",
    "passing": """\
from contextlib import contextmanager

@contextmanager
def passing(sess):
    kept = get_session()
    set_session(sess)
    yield sess
    set_session(kept)
""",
    "Using": """\
class Using:
    def __init__(self, sess):
        self.sess = sess

    def __enter__(self):
        self.kept = get_session()
        set_session(self.sess)
        return self.sess

    def __exit__(self, *exc):
        set_session(self.kept)
""",
    "entering": """\
from contextlib import contextmanager

@contextmanager
def entering(sess):
    with sess.as_default():
        yield sess
""",
    "Entering": """\
class Entering:
    def __init__(self, sess):
        self.block = sess.as_default()

    def __enter__(self):
        return self.block.__enter__()

    def __exit__(self, *exc):
        self.block.__exit__(*exc)
""",
}


class Names:
    """How this program spells what it uses."""

    def __init__(self, dice: Dice, standalone: bool = True) -> None:
        """Choose the spellings; only of TensorFlow's Keras, unless it may be standalone."""
        self.lines: list[str] = []
        self.spelled: dict[str, str | dict[str, str]] = {}
        families = {"tf": TENSORFLOW, "K": BACKEND, "layers": LAYERS, "models": MODELS}
        for family, styles in families.items():
            some = [s for s in styles if standalone or not re.search(r"(from|import) keras", s[0])]
            lines, spelling = dice.pick(some)
            if lines not in self.lines:
                self.lines.append(lines)
            self.spelled[family] = spelling
        self.starred = any("v1 import *" in lines for lines in self.lines)

    def __call__(self, family: str, name: str) -> str:
        spelling = self.spelled[family]
        if isinstance(spelling, str):
            return spelling.format(name)
        return spelling[name] if name in spelling else spelling[""].format(name)
