import tensorflow as tf

session = tf.compat.v1.Session()  # expect: TFS201

import no_gpu
