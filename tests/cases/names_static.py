import tensorflow as tf
from keras import backend as K
from keras.layers import Dense


# A static method has no `self`: its first parameter is unknown as any other.
class Static:
    @staticmethod
    def build(config=None):
        if config is None:
            config = tf.ConfigProto()
        return tf.Session(config=config)  # expect: TFS201

    @staticmethod
    def given(config=None):
        return tf.Session(config=config)

    @staticmethod
    def super_less(sess):
        super().build()
        K.set_session(sess)


# A class method has the class, and what that has.
class Made:
    kind = Dense

    @classmethod
    def make(cls, sess):
        cls.build()  # expect: TFS101
        K.set_session(sess)

    @classmethod
    def build(cls):
        return cls.kind(1)

    @classmethod
    def make_later(cls, sess):
        K.set_session(sess)
        cls.build()
