# The module of the session has no configs: they come from their own.
from tensorflow.python.client.session import Session


def main():
    return Session()
# ---- after ----
# The module of the session has no configs: they come from their own.
from tensorflow.python.client.session import Session
from tensorflow.core.protobuf.config_pb2 import ConfigProto


def main():
    config = ConfigProto()
    config.gpu_options.allow_growth = True
    return Session(config=config)
