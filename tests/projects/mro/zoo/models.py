from tensorflow.compat.v1.keras import layers

from .bases import Registers, Root, Silent


class RegistersFirst(Registers, Silent):
    def __init__(self):
        self.dense = layers.Dense(1)  # expect: TFS101
        self.start()


class SilentFirst(Silent, Registers):
    def __init__(self):
        self.dense = layers.Dense(1)
        self.start()


class Nothing(Root):
    pass


class Diamond(Nothing, Registers):
    def __init__(self):
        self.dense = layers.Dense(1)  # expect: TFS101
        self.start()
