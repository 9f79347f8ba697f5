# Every import form of standalone Keras is Keras, at any level.


def package(sess):
    import keras

    layer = keras.layers.Dense(1)  # expect: TFS101
    keras.backend.set_session(sess)
    return layer


def package_in_order(sess):
    import keras

    keras.backend.set_session(sess)
    return keras.layers.Dense(1)


def package_alias(sess):
    import keras as k

    layer = k.layers.Dense(1)  # expect: TFS101
    k.backend.set_session(sess)
    return layer


# import keras.layers binds keras.
def submodules(sess):
    import keras.backend
    import keras.layers

    layer = keras.layers.Dense(1)  # expect: TFS101
    keras.backend.set_session(sess)
    return layer


# import keras.layers as L binds the sub-module.
def submodule_alias(sess):
    import keras.backend as K
    import keras.layers as L

    layer = L.Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


def from_package(sess):
    from keras import backend, layers

    layer = layers.Dense(1)  # expect: TFS101
    backend.set_session(sess)
    return layer


def from_package_alias(sess):
    from keras import backend as K
    from keras import layers as L

    layer = L.Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


def from_submodule(sess):
    from keras.backend import set_session
    from keras.layers import Dense

    layer = Dense(1)  # expect: TFS101
    set_session(sess)
    return layer


def from_submodule_alias(sess):
    from keras.backend import set_session as register
    from keras.layers import Dense as Fully

    layer = Fully(1)  # expect: TFS101
    register(sess)
    return layer


# Sub-modules of layers, the engine, legacy, and the backend's own module.
def layers_core(sess):
    import keras

    layer = keras.layers.core.Dense(1)  # expect: TFS101
    keras.backend.tensorflow_backend.set_session(sess)
    return layer


def layers_core_import(sess):
    from keras.backend.tensorflow_backend import set_session
    from keras.layers.core import Dense, Dropout
    from keras.layers.recurrent import LSTM

    layers = [Dense(1)]  # expect: TFS101
    layers.append(Dropout(0.5))
    layers.append(LSTM(8))  # expect: TFS101
    set_session(sess)
    return layers


def layers_core_in_order(sess):
    from keras.backend.tensorflow_backend import set_session
    from keras.layers.core import Dense

    set_session(sess)
    return Dense(1)


def backend_module(sess):
    import keras.backend.tensorflow_backend as KTF
    from keras.layers import Dense

    layer = Dense(1)  # expect: TFS101
    KTF.set_session(sess)
    return layer


def backend_module_from(sess):
    from keras.backend import tensorflow_backend
    from keras.layers import Dense

    layer = Dense(1)  # expect: TFS101
    tensorflow_backend.set_session(sess)
    return layer


def engine(sess):
    from keras import backend as K
    from keras.engine.topology import Input
    from keras.engine.training import Model
    from keras.layers import Dense

    inputs = Input((4,))
    model = Model(inputs, Dense(1)(inputs))  # expect: TFS101
    K.set_session(sess)
    return model


def engine_package(sess):
    from keras import backend as K
    from keras.engine import Input, Model

    inputs = Input((4,))
    model = Model(inputs, inputs)  # expect: TFS101
    K.set_session(sess)
    return model


def legacy(sess):
    from keras import backend as K
    from keras.legacy.layers import MaxoutDense

    layer = MaxoutDense(8)  # expect: TFS101
    K.set_session(sess)
    return layer


# Models and layers on the package itself.
def top_level_names(sess):
    import keras

    inputs = keras.Input((4,))
    model = keras.Model(inputs, inputs)  # expect: TFS101
    other = keras.Sequential()  # expect: TFS101
    keras.backend.set_session(sess)
    return model, other


def models_module(sess, path):
    import keras

    model = keras.models.Sequential()  # expect: TFS101
    loaded = keras.models.load_model(path)  # expect: TFS103
    keras.backend.set_session(sess)
    return model, loaded


def applications(sess):
    from keras import applications
    from keras import backend as K
    from keras.applications.vgg16 import VGG16

    first = VGG16(weights=None)  # expect: TFS101
    second = applications.ResNet50()  # expect: TFS103
    third = applications.resnet50.ResNet50(weights=None)  # expect: TFS101
    K.set_session(sess)
    return first, second, third


# tf_keras is Keras.
def tf_keras_package(sess):
    import tensorflow as tf
    import tf_keras

    layer = tf_keras.layers.Dense(1)  # expect: TFS101
    tf.compat.v1.keras.backend.set_session(sess)
    return layer


def tf_keras_alias(sess):
    import tf_keras as keras
    from tf_keras.layers import Dense

    layer = Dense(1)  # expect: TFS101
    keras.backend.set_session(sess)
    return layer
