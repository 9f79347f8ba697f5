import tensorflow.compat.v1 as tf


class Root:
    def start(self):
        pass


class Registers(Root):
    def start(self):
        config = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))
        tf.keras.backend.set_session(tf.Session(config=config))


class Silent(Root):
    def start(self):
        print("started")
