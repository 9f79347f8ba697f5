# options: --extend-select=TFS305
from tensorflow import *
from tensorflow.python.keras.backend import set_session


def register(path):
    set_session(Session(config=ConfigProto(gpu_options=GPUOptions(allow_growth=True))))
