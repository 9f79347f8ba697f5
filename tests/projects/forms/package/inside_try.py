from tensorflow.compat.v1.keras import layers

try:
    from .models.base import BaseModel
except ImportError:
    from models.base import BaseModel


class Early(BaseModel):
    def __init__(self, hparams):
        self.attention = layers.Dense(1)  # expect: TFS101
        super().__init__(hparams)


class InOrder(BaseModel):
    def __init__(self, hparams):
        super().__init__(hparams)
        self.attention = layers.Dense(1)
