from .compat import tf

growing = tf.ConfigProto()
growing.gpu_options.allow_growth = True
greedy = tf.ConfigProto()


def choose(fraction):
    config = tf.ConfigProto()
    config.gpu_options.per_process_gpu_memory_fraction = fraction
    return config
