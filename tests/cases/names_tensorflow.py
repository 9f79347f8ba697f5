# Every import form of TensorFlow's Keras is Keras, at any level.


def from_root(sess):
    import tensorflow as tf

    layer = tf.keras.layers.Dense(1)  # expect: TFS101
    tf.keras.backend.set_session(sess)
    return layer


def from_root_in_order(sess):
    import tensorflow as tf

    tf.keras.backend.set_session(sess)
    return tf.keras.layers.Dense(1)


def unaliased_root(sess):
    import tensorflow

    layer = tensorflow.keras.layers.Dense(1)  # expect: TFS101
    tensorflow.keras.backend.set_session(sess)
    return layer


def dotted_import(sess):
    import tensorflow.keras

    layer = tensorflow.keras.layers.Dense(1)  # expect: TFS101
    tensorflow.keras.backend.set_session(sess)
    return layer


def dotted_alias(sess):
    import tensorflow.keras as keras
    import tensorflow.keras.backend as K

    layer = keras.layers.Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


def from_tensorflow(sess):
    from tensorflow import keras

    layer = keras.layers.Dense(1)  # expect: TFS101
    keras.backend.set_session(sess)
    return layer


def from_submodules(sess):
    from tensorflow.keras import backend as K
    from tensorflow.keras.layers import Dense

    layer = Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


def function_import(sess):
    from tensorflow.keras.backend import set_session
    from tensorflow.keras.models import Sequential

    model = Sequential()  # expect: TFS101
    set_session(sess)
    return model


# tensorflow.compat.v1.keras.
def compat_attribute(sess):
    import tensorflow as tf

    layer = tf.compat.v1.keras.layers.Dense(1)  # expect: TFS101
    tf.compat.v1.keras.backend.set_session(sess)
    return layer


def compat_module(sess):
    import tensorflow.compat.v1 as tf

    layer = tf.keras.layers.Dense(1)  # expect: TFS101
    tf.keras.backend.set_session(sess)
    return layer


def compat_mixed(sess):
    import tensorflow as tf
    from tensorflow.compat.v1.keras.backend import set_session

    layer = tf.keras.layers.Dense(1)  # expect: TFS101
    set_session(sess)
    return layer


def compat_from(sess):
    from tensorflow.compat import v1 as tf1

    layer = tf1.keras.layers.Dense(1)  # expect: TFS101
    tf1.keras.backend.set_session(sess)
    return layer


# tensorflow.python.keras.
def python_keras(sess):
    from tensorflow.python.keras import backend as K
    from tensorflow.python.keras.layers import Dense

    layer = Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


def python_keras_core(sess):
    from tensorflow.python import keras
    from tensorflow.python.keras.layers.core import Dense

    layer = Dense(1)  # expect: TFS101
    keras.backend.set_session(sess)
    return layer


# tensorflow.contrib.keras.
def contrib(sess):
    import tensorflow as tf

    layer = tf.contrib.keras.layers.Dense(1)  # expect: TFS101
    tf.contrib.keras.backend.set_session(sess)
    return layer


def contrib_from(sess):
    from tensorflow.contrib import keras
    from tensorflow.contrib.keras import backend as K

    layer = keras.layers.Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


# K.tf is tensorflow.
def backend_tf():
    from keras import backend as K

    config = K.tf.ConfigProto()
    config.gpu_options.allow_growth = True
    layer = K.tf.keras.layers.Dense(1)  # expect: TFS101
    K.set_session(K.tf.Session(config=config))
    return layer


def backend_tf_session():
    from keras import backend as K

    K.set_session(K.tf.Session())  # expect: TFS201


# Aliases by assignment.
def alias_backend(sess):
    import tensorflow as tf

    K = tf.keras.backend
    layers = tf.keras.layers
    layer = layers.Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


def alias_keras(sess):
    import tensorflow as tf

    keras = tf.keras
    layer = keras.layers.Dense(1)  # expect: TFS101
    keras.backend.set_session(sess)
    return layer


def alias_chain(sess):
    import tensorflow as tf

    keras = tf.keras
    Dense = keras.layers.Dense
    register = keras.backend.set_session
    layer = Dense(1)  # expect: TFS101
    register(sess)
    return layer


def alias_in_order(sess):
    import tensorflow as tf

    register = tf.keras.backend.set_session
    Dense = tf.keras.layers.Dense
    register(sess)
    return Dense(1)


# TensorFlow's own layers and variables are no Keras objects.
def plain_tensorflow(sess, x):
    import tensorflow as tf

    x = tf.layers.dense(x, 8)
    weights = tf.get_variable("w", [8, 1])
    y = tf.matmul(x, weights)
    tf.keras.backend.set_session(sess)
    return y
