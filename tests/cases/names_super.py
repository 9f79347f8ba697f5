from keras import backend as K
from keras.layers import Dense


class Base:
    def build(self):
        return Dense(1)

    @classmethod
    def make(cls):
        return Dense(1)


# `super()` in both styles, in methods and class methods.
class Bare(Base):
    def run(self, sess):
        super().build()  # expect: TFS101
        K.set_session(sess)

    @classmethod
    def start(cls, sess):
        super().make()  # expect: TFS101
        K.set_session(sess)

    @classmethod
    def start_later(cls, sess):
        K.set_session(sess)
        super().make()


class Named(Base):
    def run(self, sess):
        super(Named, self).build()  # expect: TFS101
        K.set_session(sess)

    def run_later(self, sess):
        K.set_session(sess)
        super(Named, self).build()


# Of something unknown it is unknown.
class Unknown(Base):
    def run(self, other, sess):
        super(Unknown, other).build()
        K.set_session(sess)

    def run_of_class(self, sess):
        super(Unknown).build()
        K.set_session(sess)


def no_method(sess):
    super().build()
    K.set_session(sess)
