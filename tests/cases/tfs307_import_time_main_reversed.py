# options: --extend-select=TFS307
import tensorflow as tf

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True

# The other way round it is the same guard.
if "__main__" == __name__:
    SESSION = tf.Session(config=CONFIG)

# TFS307: another test of the name is none.
if __name__ != "__main__":
    IMPORTED_SESSION = tf.Session(config=CONFIG)  # expect: TFS307
