import tensorflow as tf

if tf.__version__.startswith("1."):
    from keras import backend as K
    from keras import layers
else:
    from tensorflow.compat.v1.keras import backend as K
    from tensorflow.keras import layers


# Chosen by the version: either alternative is Keras.
def build(sess):
    layer = layers.Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


def build_after(sess):
    K.set_session(sess)
    return layers.Dense(1)
