# A config that is made somewhere: growth goes to where it is made.
import tensorflow as tf


def named():
    config = tf.ConfigProto(allow_soft_placement=True)  # where it may
    config.gpu_options.per_process_gpu_memory_fraction = 0.4
    return tf.Session(config=config)


def annotated():
    config: tf.ConfigProto = tf.ConfigProto(
        allow_soft_placement=True,
    )
    return tf.Session(config=config)


def not_alone_on_its_line():
    config = tf.ConfigProto(); return tf.Session(config=config)


def one_line(): config = tf.ConfigProto(); return tf.Session(config=config)


def options():
    gpu_options = tf.GPUOptions(
        per_process_gpu_memory_fraction=0.4,  # of the GPU
    )
    return tf.Session(config=tf.ConfigProto(gpu_options=gpu_options))


def mapping():
    return tf.Session(config=tf.ConfigProto(gpu_options={"visible_device_list": "0"}))


def none():
    return tf.Session(config=tf.ConfigProto(gpu_options=None))


class Trainer:
    def __init__(self):
        self.config = self.make()
        self.sess = tf.Session(config=self.config)

    @staticmethod
    def make(): return tf.ConfigProto()


class Tester:
    def __init__(self):
        self.config = tf.ConfigProto()
        self.sess = tf.Session(config=self.config)


def two_names():
    config = same = tf.ConfigProto()
    return tf.Session(config=config), same
# ---- after ----
# A config that is made somewhere: growth goes to where it is made.
import tensorflow as tf


def named():
    config = tf.ConfigProto(allow_soft_placement=True)  # where it may
    config.gpu_options.allow_growth = True
    config.gpu_options.per_process_gpu_memory_fraction = 0.4
    return tf.Session(config=config)


def annotated():
    config: tf.ConfigProto = tf.ConfigProto(
        allow_soft_placement=True,
    )
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


def not_alone_on_its_line():
    config = tf.ConfigProto(
        gpu_options=tf.GPUOptions(allow_growth=True),
    ); return tf.Session(config=config)


def one_line(): config = tf.ConfigProto(
    gpu_options=tf.GPUOptions(allow_growth=True),
); return tf.Session(config=config)


def options():
    gpu_options = tf.GPUOptions(
        per_process_gpu_memory_fraction=0.4,  # of the GPU
        allow_growth=True,
    )
    return tf.Session(config=tf.ConfigProto(gpu_options=gpu_options))


def mapping():
    config = tf.ConfigProto(gpu_options={"visible_device_list": "0"})
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


def none():
    config = tf.ConfigProto(gpu_options=None)
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


class Trainer:
    def __init__(self):
        self.config = self.make()
        self.sess = tf.Session(config=self.config)

    @staticmethod
    def make(): return tf.ConfigProto(
        gpu_options=tf.GPUOptions(allow_growth=True),
    )


class Tester:
    def __init__(self):
        self.config = tf.ConfigProto()
        self.config.gpu_options.allow_growth = True
        self.sess = tf.Session(config=self.config)


def two_names():
    config = same = tf.ConfigProto(
        gpu_options=tf.GPUOptions(allow_growth=True),
    )
    return tf.Session(config=config), same
