"""What the words of a file may lead to: the purposes of the queries in `imports.py`."""

from __future__ import annotations

from typing import NamedTuple

from ..tensorflow.vocabulary import (
    CONFIG_WORDS,
    DEVICE_WORDS,
    KERAS_WORDS,
    LIBRARIES,
    ORDER_WORDS,
    REACHED_WORDS,
    REGISTERING_WORDS,
    WEIGHT_WORDS,
)


class Purpose(NamedTuple):
    """Words that one wants to reach, and what leads to them.

    Attributes:
        words: The words.
        needs_keras: Whether they mean something else in a file without a name for Keras or a part
            of it, and where they are attributes of what methods call their objects.
        with_classes: Whether every class leads there.
        by_alias: Whether only other names for a word lead there, not what is defined with it.
    """

    words: frozenset[str]
    needs_keras: bool = False
    with_classes: bool = False
    by_alias: bool = False


SESSIONS = Purpose(REACHED_WORDS)
REGISTERING = Purpose(REGISTERING_WORDS)
KERAS = Purpose(KERAS_WORDS, needs_keras=True)
WEIGHTS = Purpose(WEIGHT_WORDS)
CONFIGS = Purpose(CONFIG_WORDS)
DEVICES = Purpose(DEVICE_WORDS)
ACTING = Purpose(ORDER_WORDS)

# A name for Keras, or for a part of it.
KERAS_NAMES = Purpose(frozenset(("keras", "tf_keras")), by_alias=True)
# What may mean something of TensorFlow or Keras: also all classes, whose order decides what a
# method is.
MEANING = Purpose(
    KERAS_WORDS | CONFIG_WORDS | DEVICE_WORDS | ORDER_WORDS | frozenset(LIBRARIES),
    with_classes=True,
)

# By each of these something is done to sessions, configs or Keras. To each lead other words.
EFFECTS = (ACTING, CONFIGS, DEVICES, KERAS)
# By these something is done to configs.
CONFIG_EFFECTS = (CONFIGS, DEVICES)
