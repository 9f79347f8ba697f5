# options: --tf-session-target=2.8
import keras.backend.tensorflow_backend as KTF
import tensorflow as tf
from keras import backend as K

tf.compat.v1.disable_eager_execution()


# The backend of Keras 2.6 to 2.12 has them, but it is one module.
def register(sess):
    K.set_session(sess)


def get():
    return K.get_session()


def register_by_the_old_module(sess):
    KTF.set_session(sess)  # expect: TFS501
