import keras
from keras import backend as K
from keras.engine.topology import Layer
from keras.layers import Dense
from keras.models import Model, Sequential

from othernet import OtherLayer


# Classes of the project that derive from layers and models are Keras objects.
class Attention(Layer):
    def __init__(self, units, **kwargs):
        self.units = units
        super(Attention, self).__init__(**kwargs)

    def build(self, input_shape):
        self.kernel = self.add_weight("kernel", (input_shape[-1], self.units))


class SelfAttention(Attention):
    pass


class Network(keras.Model):
    pass


class Stack(Sequential):
    pass


class Mixin:
    def describe(self):
        return type(self).__name__


class Mixed(Mixin, Dense):
    pass


class Other(OtherLayer):
    pass


def derived_layer(sess):
    layer = Attention(8)  # expect: TFS101
    K.set_session(sess)
    return layer


def derived_layer_after(sess):
    K.set_session(sess)
    return Attention(8)


# Derived at second hand.
def derived_twice(sess):
    layer = SelfAttention(8)  # expect: TFS101
    K.set_session(sess)
    return layer


def derived_models(sess, x):
    network = Network()  # expect: TFS101
    network.predict(x)  # expect: TFS103
    stack = Stack([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return network, stack


# Through a mixin.
def derived_mixed(sess):
    layer = Mixed(1)  # expect: TFS101
    K.set_session(sess)
    return layer


# What only the mixin is, or another library's class, is none.
def not_derived(sess):
    things = [Mixin(), Other(8)]
    K.set_session(sess)
    return things


# Defined in the function.
def local_class(sess):
    class Scale(Layer):
        pass

    layer = Scale()  # expect: TFS101
    K.set_session(sess)
    return layer


# Defining or naming such a class creates nothing.
def only_named(sess):
    class Scale(Layer):
        pass

    custom = {"Scale": Scale, "Model": Model}
    K.set_session(sess)
    return custom
