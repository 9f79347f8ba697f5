# Growth that is asked for too late: where its object is made, with its comment on the line.
import tensorflow as tf

ON = True


def of_the_config():
    config = tf.ConfigProto()
    sess = tf.Session(config=config)
    config.gpu_options.allow_growth = True  # not all of it
    return sess


def of_the_options():
    options = tf.GPUOptions()
    config = tf.ConfigProto(gpu_options=options)
    sess = tf.Session(config=config)
    options.allow_growth = True
    return sess


def copied_already():
    options = tf.GPUOptions()
    config = tf.ConfigProto(gpu_options=options)
    options.allow_growth = True
    return tf.Session(config=config)


def copied_already_in_a_helper():
    options = tf.GPUOptions()
    config = tf.ConfigProto(gpu_options=options)
    ask(options)
    return tf.Session(config=config)


def ask(options):
    options.allow_growth = True


def in_another_block(gpu):
    config = tf.ConfigProto()
    sess = tf.Session(config=config)
    if gpu:
        config.gpu_options.allow_growth = True
    return sess


def unknown(growth):
    config = tf.ConfigProto()
    sess = tf.Session(config=config)
    config.gpu_options.allow_growth = growth
    return sess


def no_plain_assignment():
    config = tf.ConfigProto()
    sess = tf.Session(config=config)
    config.gpu_options.allow_growth: bool = True
    return sess


def by_a_name():
    config = tf.ConfigProto()
    sess = tf.Session(config=config)
    config.gpu_options.allow_growth = ON
    return sess


def under_another_name():
    config = tf.ConfigProto()
    same = config
    sess = tf.Session(config=config)
    same.gpu_options.allow_growth = True
    return sess


def shares_its_line():
    config = tf.ConfigProto()
    sess = tf.Session(config=config); config.gpu_options.allow_growth = True
    return sess


def explained():
    config = tf.ConfigProto()
    sess = tf.Session(config=config)
    # The others need some of it.
    config.gpu_options.allow_growth = True
    return sess


def parted():
    config = tf.ConfigProto()
    sess = tf.Session(config=config)

    config.gpu_options.allow_growth = True

    return sess


def last(found):
    config = tf.ConfigProto()
    found.append(tf.Session(config=config))

    config.gpu_options.allow_growth = True
# ---- after ----
# Growth that is asked for too late: where its object is made, with its comment on the line.
import tensorflow as tf

ON = True


def of_the_config():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True  # not all of it
    sess = tf.Session(config=config)
    return sess


def of_the_options():
    options = tf.GPUOptions()
    options.allow_growth = True
    config = tf.ConfigProto(gpu_options=options)
    sess = tf.Session(config=config)
    return sess


def copied_already():
    options = tf.GPUOptions()
    options.allow_growth = True
    config = tf.ConfigProto(gpu_options=options)
    return tf.Session(config=config)


def copied_already_in_a_helper():
    options = tf.GPUOptions(allow_growth=True)
    config = tf.ConfigProto(gpu_options=options)
    ask(options)
    return tf.Session(config=config)


def ask(options):
    options.allow_growth = True


def in_another_block(gpu):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    if gpu:
        config.gpu_options.allow_growth = True
    return sess


def unknown(growth):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    config.gpu_options.allow_growth = growth
    return sess


def no_plain_assignment():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    config.gpu_options.allow_growth: bool = True
    return sess


def by_a_name():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    config.gpu_options.allow_growth = ON
    return sess


def under_another_name():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    same = config
    sess = tf.Session(config=config)
    same.gpu_options.allow_growth = True
    return sess


def shares_its_line():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config); config.gpu_options.allow_growth = True
    return sess


def explained():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    # The others need some of it.
    config.gpu_options.allow_growth = True
    return sess


def parted():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)

    return sess


def last(found):
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    found.append(tf.Session(config=config))
