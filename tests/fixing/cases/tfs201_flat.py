# A module without a block, and with all names taken.
import tensorflow as tf

config = session_config = tf_config = 1
sess = tf.compat.v1.Session()
# ---- after ----
# A module without a block, and with all names taken.
import tensorflow as tf

config = session_config = tf_config = 1
sess = tf.compat.v1.Session(
    config=tf.compat.v1.ConfigProto(
        gpu_options=tf.compat.v1.GPUOptions(allow_growth=True),
    ),
)
