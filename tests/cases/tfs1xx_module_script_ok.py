import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential

# The same script in the right order.
config = tf.ConfigProto()
config.gpu_options.allow_growth = True
K.set_session(tf.Session(config=config))

model = Sequential()
model.add(Dense(1, input_dim=4))
model.compile("sgd", "mse")
model.fit([[0, 1, 2, 3]], [1])
