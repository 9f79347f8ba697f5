import tensorflow as tf


# Session() without a config after set_memory_growth(..., True), whatever loop that stood in.
def in_a_loop():
    for gpu in tf.config.experimental.list_physical_devices("GPU"):
        tf.config.experimental.set_memory_growth(gpu, True)
    return tf.compat.v1.Session()


# ... or branch.
def in_a_branch():
    gpus = tf.config.experimental.list_physical_devices("GPU")
    if gpus:
        tf.config.experimental.set_memory_growth(gpus[0], True)
    return tf.compat.v1.Session()


# By keyword.
def by_keyword(gpu):
    tf.config.experimental.set_memory_growth(device=gpu, enable=True)
    return tf.compat.v1.Session()


# A session with a config of its own doesn't take it.
def own_config(gpu):
    tf.config.experimental.set_memory_growth(gpu, True)
    return tf.compat.v1.Session(config=tf.compat.v1.ConfigProto())  # expect: TFS201


# False.
def memory_growth_false(gpu):
    tf.config.experimental.set_memory_growth(gpu, False)
    return tf.compat.v1.Session()  # expect: TFS201


# Afterwards.
def afterwards(gpu):
    sess = tf.compat.v1.Session()  # expect: TFS201
    tf.config.experimental.set_memory_growth(gpu, True)
    return sess


# Something else of tf.config.
def other_setting(gpu):
    tf.config.experimental.set_visible_devices(gpu, "GPU")
    return tf.compat.v1.Session()  # expect: TFS201


# In a helper.
def let_grow():
    for gpu in tf.config.experimental.list_physical_devices("GPU"):
        tf.config.experimental.set_memory_growth(gpu, True)


def in_a_helper():
    let_grow()
    return tf.compat.v1.Session()
