import news.models.base
from tensorflow.compat.v1.keras import layers


class Early(news.models.base.Base):
    def __init__(self):
        self.attention = layers.Dense(1)  # expect: TFS101
        super().__init__()

    def build(self):
        return self.attention


class InOrder(news.models.base.Base):
    def build(self):
        return layers.Dense(1)
