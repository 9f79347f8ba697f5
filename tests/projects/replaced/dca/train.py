import tensorflow as tf
from keras import backend as K


def train(data, network):
    K.set_session(tf.Session(config=tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))))
    network.fit(data)
