import os
import sys

from tensorflow.compat.v1.keras import backend as K

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "helpers"))

from builders import build, build_registered  # noqa: E402


def train(sess, x):
    model = build()  # expect: TFS103
    K.set_session(sess)
    model.predict(x)


def train_registered(sess, x):
    build_registered(sess).predict(x)
