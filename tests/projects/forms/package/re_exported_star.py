from tensorflow.compat.v1.keras import layers

from .models import Exported


class Early(Exported):
    def __init__(self, hparams):
        self.attention = layers.Dense(1)  # expect: TFS101
        super().__init__(hparams)


class InOrder(Exported):
    def __init__(self, hparams):
        super().__init__(hparams)
        self.attention = layers.Dense(1)
