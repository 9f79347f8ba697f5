try:
    from keras import backend as K
    from keras.layers import Dense
except ImportError:
    from tensorflow.keras import backend as K
    from tensorflow.keras.layers import Dense

try:
    import tensorflow.compat.v1 as tf
except ImportError:
    import tensorflow as tf

try:
    from keras.models import load_model
except ImportError:
    load_model = None

try:
    import cPickle as pickle
except ImportError:
    import pickle


# Imported in try/except ImportError: either alternative is Keras.
def alternatives(sess):
    layer = Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


def alternatives_in_order(sess):
    K.set_session(sess)
    return Dense(1)


# Nothing else in its place when Keras is missing.
def only_one_alternative(sess, path):
    model = load_model(path)  # expect: TFS103
    K.set_session(sess)
    return model


# TensorFlow in the same way.
def session():
    return tf.Session()  # expect: TFS201


# Alternatives that are not Keras are not.
def other_alternatives(sess, path):
    layer = pickle.load(path)
    K.set_session(sess)
    return layer


# In a function.
def local_alternatives(sess):
    try:
        from tensorflow.keras.layers import LSTM
    except ImportError:
        from keras.layers import LSTM
    layer = LSTM(8)  # expect: TFS101
    K.set_session(sess)
    return layer
