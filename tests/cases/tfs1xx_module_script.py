import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential

# A module's body is a flow.
model = Sequential()  # expect: TFS101
model.add(Dense(1, input_dim=4))
model.compile("sgd", "mse")

config = tf.ConfigProto()
config.gpu_options.allow_growth = True
K.set_session(tf.Session(config=config))

model.fit([[0, 1, 2, 3]], [1])
