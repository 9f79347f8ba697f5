import keras
import tensorflow as tf
from keras import backend as K
from keras import layers, models
from keras.applications.vgg16 import VGG16, decode_predictions, preprocess_input


# Layers, whatever the spelling.
def spellings(sess):
    first = layers.Dense(1)  # expect: TFS101
    second = layers.core.Dense(1)  # expect: TFS101
    third = keras.layers.convolutional.Conv2D(8, 3)  # expect: TFS101
    fourth = tf.keras.layers.Bidirectional(layers.LSTM(8))  # expect: TFS101
    K.set_session(sess)
    return first, second, third, fourth


# The functional ones hold no weights.
def functional(sess, left, right):
    total = layers.add([left, right])
    both = layers.concatenate([left, right])
    product = layers.multiply([left, right])
    K.set_session(sess)
    return total, both, product


def functional_after(sess, left, right):
    K.set_session(sess)
    return layers.concatenate([left, right])


# models.*
def from_json(sess, text):
    model = models.model_from_json(text)  # expect: TFS101
    K.set_session(sess)
    return model


def from_yaml(sess, text):
    model = models.model_from_yaml(text)  # expect: TFS101
    K.set_session(sess)
    return model


def cloned(sess, model):
    copy = models.clone_model(model)  # expect: TFS101
    K.set_session(sess)
    return copy


# applications.* but not their preprocess_input.
def preprocessed(sess, images):
    images = preprocess_input(images)
    K.set_session(sess)
    return images


def preprocessed_module(sess, images):
    images = keras.applications.resnet50.preprocess_input(images)
    K.set_session(sess)
    return images


def decoded(sess, scores):
    names = decode_predictions(scores)
    K.set_session(sess)
    return names


def application(sess, images):
    model = VGG16(weights=None)  # expect: TFS101
    K.set_session(sess)
    return model.predict(preprocess_input(images))


# What such a module only re-exports is no Keras object.
def reexported(sess):
    keras.layers.core.K.set_learning_phase(1)
    zeros = keras.layers.core.np.zeros(3)
    keras.models.K.set_floatx("float16")
    K.set_session(sess)
    return zeros


# InputSpec is no layer.
def input_spec(sess):
    spec = layers.InputSpec(ndim=3)
    other = keras.engine.InputSpec(ndim=3)
    K.set_session(sess)
    return spec, other


def input_layer(sess):
    layer = layers.InputLayer((4,))
    K.set_session(sess)
    return layer


# The rest of Keras creates no layer and no model.
def rest_of_keras(sess, words):
    optimizer = keras.optimizers.Adam(0.1)
    stop = keras.callbacks.EarlyStopping()
    penalty = keras.regularizers.l2(0.01)
    start = keras.initializers.RandomNormal()
    tokenizer = keras.preprocessing.text.Tokenizer()
    labels = keras.utils.to_categorical(words)
    K.set_image_data_format("channels_last")
    K.set_learning_phase(0)
    K.set_session(sess)
    return optimizer, stop, penalty, start, tokenizer, labels


# Naming a layer creates nothing.
def only_named(sess):
    kinds = {"dense": layers.Dense, "lstm": layers.LSTM}
    K.set_session(sess)
    return kinds


# Calling an existing layer creates none either.
def only_called(sess, layer, x):
    y = layer(x)
    K.set_session(sess)
    return y
