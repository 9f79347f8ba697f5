# options: --tf-session-target=2.2
import keras.backend.tensorflow_backend as KTF
import tensorflow as tf
from keras import backend as K

tf.compat.v1.disable_eager_execution()


# Which Keras is used with it is not known.
def register(sess):
    K.set_session(sess)
    KTF.set_session(sess)


def register_in_tensorflow(sess):
    tf.keras.backend.set_session(sess)  # expect: TFS501
