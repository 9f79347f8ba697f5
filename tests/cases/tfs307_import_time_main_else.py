# options: --extend-select=TFS307
import tensorflow as tf

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True

# TFS307: what a script leaves out is what an import runs.
if __name__ == "__main__":
    SCRIPT_SESSION = tf.Session(config=CONFIG)
else:
    SESSION = tf.Session(config=CONFIG)  # expect: TFS307
