import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential

# The guard is a branch of the module's flow: the model above it is built before.
model = Sequential([Dense(1)])  # expect: TFS101

if __name__ == "__main__":
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))
    model.fit([[1]], [1])
