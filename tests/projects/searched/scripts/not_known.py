import os
import sys

from tensorflow.compat.v1.keras import backend as K

FOLDER = os.environ["HELPERS"]

sys.path.append(FOLDER)
sys.path.append(os.path.join(FOLDER, "helpers"))
sys.path.append(os.path.join("..", "..", "..", "out_of_the_tree"))
sys.path.append("no_folder")
sys.path.append(str(os.sep) + "helpers")
sys.path.append(os.path.expanduser("helpers"))
sys.path.append(helpers=1)
sys.path.append(3)

import builders  # noqa: E402


def train(sess, x):
    model = builders.build()
    K.set_session(sess)
    model.predict(x)


# It is no call:
TEXT = "sys.path.append("
