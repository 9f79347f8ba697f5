# A script: the set-up moves above the first build of the module's own flow.
import os

import keras.backend as K
import tensorflow as tf
from keras.layers import Dense
from keras.models import Sequential

TEXT = """
K.set_session(tf.Session())
"""

model = Sequential([Dense(1)])


def use_gpu(number):
    # What the session sees.
    os.environ["CUDA_VISIBLE_DEVICES"] = str(number)
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))


use_gpu(1)
model.fit(TEXT)
# ---- after ----
# A script: the set-up moves above the first build of the module's own flow.
import os

import keras.backend as K
import tensorflow as tf
from keras.layers import Dense
from keras.models import Sequential

TEXT = """
K.set_session(tf.Session())
"""


def use_gpu(number):
    # What the session sees.
    os.environ["CUDA_VISIBLE_DEVICES"] = str(number)
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))


use_gpu(1)

model = Sequential([Dense(1)])
model.fit(TEXT)
