# options: --extend-select=TFS305
import tensorflow as tf

CONFIG = tf.compat.v1.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS305: to mention tf.compat.v1.disable_eager_execution() in a comment is not to call it.
def register():
    """Needs disable_eager_execution()."""
    sess = tf.compat.v1.Session(config=CONFIG)
    tf.compat.v1.keras.backend.set_session(sess)  # expect: TFS305
