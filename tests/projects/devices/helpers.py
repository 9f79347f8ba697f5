import machine
import tensorflow as tf
from machine import Machine, hide_gpus, number_threads, use_first_gpu, use_gpu


# A helper of another file hides all GPUs.
def hidden():
    hide_gpus()
    return tf.compat.v1.Session()


def hidden_by_a_module():
    machine.hide_gpus()
    return tf.compat.v1.Session()


def hidden_by_a_method(name):
    Machine(name).hide()
    return tf.compat.v1.Session()


# It may: which one is seen is not known.
def chosen(number):
    use_gpu(number)
    return tf.compat.v1.Session()


# Another one is seen.
def seen():
    use_first_gpu()
    return tf.compat.v1.Session()  # expect: TFS201


# Another variable.
def threads():
    number_threads(2)
    return tf.compat.v1.Session()  # expect: TFS201


# Nothing calls it, or it comes too late.
def not_called():
    return tf.compat.v1.Session(), hide_gpus  # expect: TFS201


def late():
    session = tf.compat.v1.Session()  # expect: TFS201
    hide_gpus()
    return session
