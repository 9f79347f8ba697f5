import tensorflow as tf
from keras import backend as K
from keras.models import load_model

config = tf.ConfigProto()
config.gpu_options.allow_growth = True

# Two models, two sessions, one module.
detector_session = tf.Session(config=config)
K.set_session(detector_session)
detector = load_model("detector.h5")

reader_session = tf.Session(config=config)
K.set_session(reader_session)  # expect: TFS104
reader = load_model("reader.h5")
