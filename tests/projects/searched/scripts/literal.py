import sys

from tensorflow.compat.v1.keras import backend as K

sys.path.append("helpers")

import builders  # noqa: E402


def train(sess, x):
    model = builders.build()  # expect: TFS103
    K.set_session(sess)
    model.predict(x)


def train_registered(sess, x):
    builders.build_registered(sess).predict(x)
