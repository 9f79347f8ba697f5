from tensorflow.compat.v1.keras import layers

import package.models.base


class Early(package.models.base.BaseModel):
    def __init__(self, hparams):
        self.attention = layers.Dense(1)  # expect: TFS101
        super().__init__(hparams)


class InOrder(package.models.base.BaseModel):
    def __init__(self, hparams):
        super().__init__(hparams)
        self.attention = layers.Dense(1)
