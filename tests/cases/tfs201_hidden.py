import os

import tensorflow as tf


# Whether the GPUs are hidden tells no paths apart.
def hidden_by_some(args):
    if args.gpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = args.gpu
    return tf.Session()  # expect: TFS201


def hidden_by_all(args):
    if args.gpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = args.gpu
    else:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    return tf.Session()


def hidden_with_no_config(args, given):
    config = given
    if args.cpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
        config = None
    return tf.Session(config=config)


def hidden_with_a_config(args, given):
    config = None
    if args.cpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
        config = given
    return tf.Session(config=config)  # expect: TFS201


def hidden_with_none_or_not(args, given):
    config = None if args.default else given
    if args.cpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    return tf.Session(config=config)  # expect: TFS201


def hidden_with_a_known_config(args):
    config = tf.ConfigProto()
    if args.cpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    else:
        config.gpu_options.allow_growth = True
    return tf.Session(config=config)
