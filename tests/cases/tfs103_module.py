import tensorflow as tf
from keras import backend as K
from keras.models import load_model

# Loaded at module level, registered below.
model = load_model("model.h5")  # expect: TFS103

config = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))
session = tf.Session(config=config)
K.set_session(session)


# The function's flow starts with nothing registered and nothing pending.
def predict(x):
    return model.predict(x)
