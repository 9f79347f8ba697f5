# options: --extend-select=TFS305
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential


# Nothing in the file says which TensorFlow it is for.
def build(sess):
    K.set_session(sess)
    return Sequential([Dense(1)])
