from tensorflow.compat.v1.keras import layers, models

from .base_model import BaseModel


class EarlyLayer(BaseModel):
    def __init__(self, hparams):
        self.attention = layers.Dense(1)  # expect: TFS101
        super().__init__(hparams)

    def _build_graph(self):
        return models.Sequential([self.attention])


class EarlyGraph(BaseModel):
    def __init__(self, hparams):
        self.model = self._build_graph()  # expect: TFS102
        super().__init__(hparams)

    def _build_graph(self):
        return models.Sequential([layers.Dense(1)])


class InOrder(BaseModel):
    def __init__(self, hparams):
        super().__init__(hparams)
        self.attention = layers.Dense(1)

    def _build_graph(self):
        return models.Sequential([layers.Dense(1)])
