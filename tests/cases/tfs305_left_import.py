# options: --extend-select=TFS305
from tensorflow.compat.v1 import ConfigProto, Session, disable_eager_execution
from tensorflow.compat.v1.keras.backend import set_session

CONFIG = ConfigProto()
CONFIG.gpu_options.allow_growth = True


# Left under an imported name.
def register():
    set_session(Session(config=CONFIG))


def main():
    disable_eager_execution()
    register()
