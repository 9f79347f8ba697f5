import tensorflow as tf


class BaseModel:
    def __init__(self, hparams):
        gpu_options = tf.compat.v1.GPUOptions(allow_growth=True)
        sess = tf.compat.v1.Session(config=tf.compat.v1.ConfigProto(gpu_options=gpu_options))
        tf.compat.v1.keras.backend.set_session(sess)
        self.model = self._build_graph()

    def _build_graph(self):
        raise NotImplementedError
