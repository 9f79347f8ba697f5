# options: --extend-select=TFS307
import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential

config = tf.ConfigProto()
config.gpu_options.allow_growth = True
K.set_session(tf.Session(config=config))  # expect: TFS307


def create_model():
    K.clear_session()
    return Sequential([Dense(1)])


# TFS303 in a script: the model's helper clears the session that the script registered.
model = create_model()  # expect: TFS303
