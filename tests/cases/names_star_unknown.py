from tensorflow.keras.models import load_model

import tensorflow.keras.backend as K
from settings_of_elsewhere import *


# Of the names that Python has a star import brings only TensorFlow's: this loop is executed.
def loaded_in_a_loop(sess):
    model = load_model("model.h5")
    K.set_session(sess)
    for _ in range(1):
        model.load_weights("weights.h5")
    return model


# Of any other name nothing is known.
def loaded_in_a_loop_over_rounds(sess):
    model = load_model("model.h5")  # expect: TFS103
    K.set_session(sess)
    for _ in ROUNDS:
        model.load_weights("weights.h5")
    return model
