import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.callbacks import Callback

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


class Growth(Callback):
    def on_train_begin(self, logs=None):
        K.set_session(tf.Session(config=CONFIG))


class Watch(Callback):
    def on_epoch_end(self, epoch, logs=None):
        self.best = self.model.get_weights()
