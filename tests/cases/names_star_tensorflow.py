from tensorflow.keras.backend import *
from tensorflow.keras.layers import *
from tensorflow import *


# set_session, get_value and Session by star imports.
def build(sess, path):
    layer = Dense(1)  # expect: TFS101
    value = get_value(layer.kernel)  # expect: TFS103
    set_session(sess)
    return layer, value


def open_session():
    return Session()  # expect: TFS201


def open_growing_session():
    config = ConfigProto()
    config.gpu_options.allow_growth = True
    return Session(config=config)
