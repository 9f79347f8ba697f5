# options: --extend-select=TFS307
import tensorflow as tf
from keras import backend as K

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


def main():
    K.set_session(tf.Session(config=CONFIG))


# Run as a script, not imported.
if __name__ == "__main__":
    SESSION = tf.Session(config=CONFIG)
    K.set_session(SESSION)
    main()
