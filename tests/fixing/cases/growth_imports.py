# Names that are imported one by one: the others are imported the same way.
try:
    from tensorflow.compat.v1 import (
        Session,  # the class
    )
except ImportError:
    from tensorflow import Session


def main():
    return Session()
# ---- after ----
# Names that are imported one by one: the others are imported the same way.
try:
    from tensorflow.compat.v1 import (
        ConfigProto, GPUOptions, Session,  # the class
    )
except ImportError:
    from tensorflow import ConfigProto, GPUOptions, Session


def main():
    return Session(config=ConfigProto(gpu_options=GPUOptions(allow_growth=True)))
