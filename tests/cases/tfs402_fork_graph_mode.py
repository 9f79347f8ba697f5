"""Models in forked processes, in graph mode: whatever needs a session hangs."""

from multiprocessing import Pool, Process

import tensorflow as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model

tf.compat.v1.disable_eager_execution()
CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True
MODEL = load_model("model.h5")


# TFS402: the weights are read or given.
def saved():
    Process(target=lambda: MODEL.save("copy.h5")).start()  # expect: TFS402
    Process(target=MODEL.get_weights).start()  # expect: TFS402


def given(path):
    Process(target=lambda: MODEL.load_weights(path)).start()  # expect: TFS402


def score(x):
    K.set_session(tf.compat.v1.Session(config=CONFIG))
    MODEL.load_weights("model.h5")  # expect: TFS402
    return MODEL.predict(x)


def main(xs):
    with Pool(2) as workers:
        workers.map(score, xs)


# TFS402: there was a session, if not yet any weights.
def registered(xs):
    K.set_session(tf.compat.v1.Session(config=CONFIG))
    model = Sequential([Dense(1)])
    Process(target=lambda: model.predict(xs)).start()  # expect: TFS402


# No finding: nothing is run.
def looked_at():
    Process(target=lambda: MODEL.summary()).start()


# No finding: what was cleared is not used.
def cleared(xs):
    def work():
        K.clear_session()
        model = Sequential([Dense(1)])
        model.predict(xs)

    Process(target=work).start()
