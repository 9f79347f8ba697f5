"""A news recommender: how well does a title fit the titles that somebody has read?"""

import numpy as np
import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras import layers, models

tf.compat.v1.disable_eager_execution()


class BaseModel:
    def __init__(self, vectors):
        self.vectors = vectors

        config = tf.compat.v1.ConfigProto()
        config.gpu_options.allow_growth = True
        session = tf.compat.v1.Session(config=config)
        K.set_session(session)

        self.model = self._build_graph()

    def _build_graph(self):
        raise NotImplementedError

    def score(self, read, title):
        return self.model.predict([np.array([read]), np.array([title])]).item()


class NewsModel(BaseModel):
    def _build_graph(self):
        read = layers.Input(shape=(None, None), dtype="int32")
        title = layers.Input(shape=(None,), dtype="int32")
        encoder = self._build_encoder()
        user = layers.GlobalAveragePooling1D()(layers.TimeDistributed(encoder)(read))
        return models.Model([read, title], layers.Dot(axes=-1)([user, encoder(title)]))

    def _build_encoder(self):
        title = layers.Input(shape=(None,), dtype="int32")
        words = layers.Embedding(*self.vectors.shape, weights=[self.vectors])(title)
        return models.Model(title, layers.GlobalAveragePooling1D()(words))


if __name__ == "__main__":
    news = NewsModel(np.eye(4) * 2)
    print(news.score(read=[[0, 1], [1, 2]], title=[1, 3]))
