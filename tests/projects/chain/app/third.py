from tensorflow.keras import layers

from .second import Second
from .setup import prepare


class Early(Second):
    def __init__(self):
        self.dense = layers.Dense(1)  # expect: TFS101
        Second.__init__(self)


class InOrder(Second):
    def __init__(self):
        Second.__init__(self)
        self.dense = layers.Dense(1)


def early():
    dense = layers.Dense(1)  # expect: TFS101
    prepare(7)
    return dense


def in_order():
    prepare(7)
    return layers.Dense(1)
