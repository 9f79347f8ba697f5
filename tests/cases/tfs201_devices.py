import os

import tensorflow as tf


# A config that hides all GPUs.
def no_gpu():
    return tf.Session(config=tf.ConfigProto(device_count={"GPU": 0}))


def no_gpu_and_cpus():
    config = tf.ConfigProto(device_count={"CPU": 4, "GPU": 0})
    return tf.Session(config=config)


# Also by item assignment.
def no_gpu_assigned():
    config = tf.ConfigProto()
    config.device_count["GPU"] = 0
    return tf.Session(config=config)


# One GPU is a GPU.
def one_gpu():
    return tf.Session(config=tf.ConfigProto(device_count={"GPU": 1}))  # expect: TFS201


def one_gpu_assigned():
    config = tf.ConfigProto()
    config.device_count["GPU"] = 1
    return tf.Session(config=config)  # expect: TFS201


# The CPUs say nothing about the GPUs.
def cpus():
    return tf.Session(config=tf.ConfigProto(device_count={"CPU": 1}))  # expect: TFS201


# A count that can't be known.
def unknown_count(gpus):
    return tf.Session(config=tf.ConfigProto(device_count={"GPU": gpus}))


# An InteractiveSession.
def interactive_no_gpu():
    return tf.InteractiveSession(config=tf.ConfigProto(device_count={"GPU": 0}))


# A path on which CUDA_VISIBLE_DEVICES was set to "" or "-1" first.
def hidden():
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    return tf.Session()


def hidden_by_nothing():
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    return tf.Session(config=tf.ConfigProto())


# Another device is visible.
def visible():
    os.environ["CUDA_VISIBLE_DEVICES"] = "0"
    return tf.Session()  # expect: TFS201


# Not first.
def hidden_too_late():
    sess = tf.Session()  # expect: TFS201
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    return sess


# On one path only.
def hidden_in_a_branch(cpu):
    if cpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    return tf.Session()  # expect: TFS201


def hidden_in_each_branch(quiet):
    if quiet:
        os.environ["CUDA_VISIBLE_DEVICES"] = ""
    else:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    return tf.Session()


# By a helper.
def hide():
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"


def hidden_by_a_helper():
    hide()
    return tf.Session()


# Another variable.
def other_variable():
    os.environ["CUDA_DEVICE_ORDER"] = "-1"
    return tf.Session()  # expect: TFS201
