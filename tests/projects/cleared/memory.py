import tensorflow as tf
from tensorflow.keras import backend as K

tf.compat.v1.disable_eager_execution()


def free():
    K.clear_session()


def look(model):
    with tf.compat.v1.keras.backend.get_session() as session:
        print(session.graph, model.name)
