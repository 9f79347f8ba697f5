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
        ConfigProto, Session,  # the class
    )
except ImportError:
    from tensorflow import ConfigProto, Session


def main():
    config = ConfigProto()
    config.gpu_options.allow_growth = True
    return Session(config=config)
