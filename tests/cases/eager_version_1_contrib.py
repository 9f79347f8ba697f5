# options: --extend-select=TFS305
from tensorflow.contrib import slim
from tensorflow.python.keras import backend as K


def register(sess):
    K.set_session(sess)
    return slim
