from .compat import K, tf
from .options import choose, greedy, growing
from .parts import Attention, Ranker, build


def late_layer():
    attention = Attention()  # expect: TFS101
    K.set_session(tf.Session(config=growing))
    return attention


def late_model():
    ranker = Ranker(3)  # expect: TFS101
    K.set_session(tf.Session(config=growing))
    return ranker


def late_build():
    model = build(3)  # expect: TFS101
    K.set_session(tf.Session(config=growing))
    return model


def in_order():
    K.set_session(tf.Session(config=growing))
    return Attention(), Ranker(3), build(3)


def without_growth():
    K.set_session(tf.Session(config=greedy))  # expect: TFS201


def without_growth_from_a_helper():
    K.set_session(tf.Session(config=choose(0.5)))  # expect: TFS201


def given_growth_here():
    config = choose(0.5)
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))
