from tensorflow.compat.v1 import ConfigProto, GPUOptions, Session
from tensorflow.compat.v1.keras.backend import set_session


class Base:
    def __init__(self):
        self.prepare()
        self.model = self.build()

    def prepare(self):
        set_session(Session(config=ConfigProto(gpu_options=GPUOptions(allow_growth=True))))
