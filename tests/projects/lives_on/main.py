"""What other files have built lives on."""

from multiprocessing import Process

import tensorflow as tf
from base import Scorer, work
from keras import backend as K
from keras.models import load_model

GROWTH = tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True))


# TFS104: the inherited `__init__` loaded the model.
class Server(Scorer):
    def score(self, x):
        K.set_session(tf.Session(config=GROWTH))  # expect: TFS104
        return self.net.predict(x)

    # TFS402: the process has that model.
    def run(self):
        self.net.predict([0])  # expect: TFS402

    def start(self):
        Process(target=self.run).start()


# TFS402: a function of another file is what the process runs.
def start(net_file, xs):
    net = load_model(net_file)
    process = Process(target=work, args=(net, xs))
    process.start()  # expect: TFS402
