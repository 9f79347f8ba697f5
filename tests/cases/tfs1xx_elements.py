import tensorflow.compat.v1 as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Model, Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# What a comprehension made is followed into the loop that uses it.
def in_a_list(paths, x):
    nets = [load_model(path) for path in paths]
    with tf.Session(config=CONFIG):
        for net in nets:
            net.predict(x)  # expect: TFS106


def in_a_list_inside(paths, x):
    with tf.Session(config=CONFIG):
        nets = [load_model(path) for path in paths]
        for net in nets:
            net.predict(x)


def in_a_set(paths, x):
    nets = {load_model(path) for path in paths}
    with tf.Session(config=CONFIG):
        for net in nets:
            net.predict(x)  # expect: TFS106


def in_a_generator(paths, x):
    nets = tuple(load_model(path) for path in paths)
    with tf.Session(config=CONFIG):
        for net in nets:
            net.predict(x)  # expect: TFS106


def in_a_generator_at_once(paths, x):
    with tf.Session(config=CONFIG):
        for net in (load_model(path) for path in paths):
            net.predict(x)


# A dict, by its values, its items and its keys.
def in_a_dict(paths, x):
    nets = {path: load_model(path) for path in paths}
    with tf.Session(config=CONFIG):
        for net in nets.values():
            net.predict(x)  # expect: TFS106


def in_the_items_of_a_dict(paths):
    nets = {path: load_model(path) for path in paths}
    with tf.Session(config=CONFIG):
        for path, net in nets.items():
            net.predict(path)  # expect: TFS106


def in_a_dict_by_key(paths, x):
    nets = {path: load_model(path) for path in paths}
    with tf.Session(config=CONFIG):
        for path in paths:
            nets[path].predict(x)  # expect: TFS106


def in_a_dict_by_a_constant(paths, x):
    # Whichever it is, it was made as the first was.
    nets = {path: load_model(path) for path in paths}
    with tf.Session(config=CONFIG):
        nets["small"].predict(x)  # expect: TFS106


# Filled key by key.
def in_a_dict_that_is_filled(paths, x):
    nets = {}
    for path in paths:
        nets[path] = load_model(path)
    with tf.Session(config=CONFIG):
        for path in paths:
            nets[path].predict(x)  # expect: TFS106


def in_a_dict_that_is_filled_by_a_constant(paths, x):
    nets = {}
    for path in paths:
        nets[path] = load_model(path)
    with tf.Session(config=CONFIG):
        nets["small"].predict(x)  # expect: TFS106


def in_a_dict_that_is_filled_inside(paths, x):
    nets = {}
    with tf.Session(config=CONFIG):
        for path in paths:
            nets[path] = load_model(path)
            nets[path].predict(x)


# A key that is known holds another model, which is the one that is meant, or the first may be.
def in_a_dict_of_known_keys(x):
    nets = {"small": load_model("small.h5")}
    with tf.Session(config=CONFIG):
        nets["large"] = load_model("large.h5")
        nets["large"].predict(x)


def in_a_dict_of_sessions_and_others(paths, name, x):
    kept = {"session": tf.Session(config=CONFIG)}
    for path in paths:
        kept[path] = load_model(path)
    with kept[name]:
        kept["small"].predict(x)


def in_a_dict_inside(paths, x):
    with tf.Session(config=CONFIG):
        nets = {path: load_model(path) for path in paths}
        for net in nets.values():
            net.predict(x)


# Loaded again where they are used.
def loaded_again(sess, paths):
    nets = [load_model(path) for path in paths]
    K.set_session(sess)
    for net in nets:
        net.load_weights("again.h5")


def not_loaded_again(sess, paths):
    nets = [load_model(path) for path in paths]  # expect: TFS103
    K.set_session(sess)
    for net in nets:
        net.predict(1)


# By number: the first is what the first round made, any may be meant by a number that is not known.
def by_number(paths, index, x):
    nets = [load_model(path) for path in paths]
    with tf.Session(config=CONFIG):
        nets[index].predict(x)  # expect: TFS106


def first(paths, x):
    nets = [load_model(path) for path in paths]
    with tf.Session(config=CONFIG):
        nets[0].predict(x)  # expect: TFS106


def each_in_its_own(paths, one, other, x):
    nets = [load_model(path) for path in paths]
    with one.as_default():
        nets[0].load_weights("0.h5")
    with other.as_default():
        nets[1].load_weights("1.h5")
    with one.as_default():
        nets[0].predict(x)


def unpacked_each_in_its_own(x):
    actor, critic = [Sequential([Dense(1)]) for _ in range(2)]
    with tf.Session(config=CONFIG) as one:
        actor.load_weights("0.h5")
    with tf.Session(config=CONFIG) as other:
        critic.load_weights("1.h5")
    with other.as_default():
        critic.predict(x)
    return actor, one


# A slice is not followed.
def sliced(paths, x):
    nets = [load_model(path) for path in paths]
    with tf.Session(config=CONFIG):
        for net in nets[1:]:
            net.predict(x)


# Different models that are written out stand together for each.
def written_out(x):
    small, large = load_model("small.h5"), load_model("large.h5")
    with tf.Session(config=CONFIG):
        for net in (small, large):
            net.predict(x)  # expect: TFS106


def written_out_inside(x):
    with tf.Session(config=CONFIG):
        small, large = load_model("small.h5"), load_model("large.h5")
        for net in (small, large):
            net.predict(x)


def written_out_again(sess):
    small, large = load_model("small.h5"), load_model("large.h5")
    K.set_session(sess)
    for net in (small, large):
        net.load_weights("again.h5")


def in_pairs(x):
    small, large = load_model("small.h5"), load_model("large.h5")
    with tf.Session(config=CONFIG):
        for name, net in [("small", small), ("large", large)]:
            print(name)
            net.predict(x)  # expect: TFS106


def in_a_written_dict(x):
    nets = {"small": load_model("small.h5"), "large": load_model("large.h5")}
    with tf.Session(config=CONFIG):
        for name, net in nets.items():
            print(name)
            net.predict(x)  # expect: TFS106


def with_a_session_each(x):
    # Which session belongs to which is not known.
    one, other = tf.Session(config=CONFIG), tf.Session(config=CONFIG)
    with one.as_default():
        small = load_model("small.h5")
    with other.as_default():
        large = load_model("large.h5")
    for sess, net in ((one, small), (other, large)):
        with sess.as_default():
            net.predict(x)


def something_else_among_them(x):
    with tf.Session(config=CONFIG):
        for net in (load_model("small.h5"), x, [load_model("large.h5")]):
            net.predict(x)


# Numbered, and side by side with others that are known.
def numbered(x):
    nets = [load_model("small.h5"), load_model("large.h5")]
    with tf.Session(config=CONFIG):
        for index, net in enumerate(nets):
            print(index)
            net.predict(x)  # expect: TFS106


def numbered_unknown(nets, x):
    with tf.Session(config=CONFIG):
        for index, net in enumerate(nets, 1):
            print(index)
            net.predict(x)


def side_by_side(x):
    nets = [load_model("small.h5"), load_model("large.h5")]
    with tf.Session(config=CONFIG):
        for name, net in zip(("small", "large"), nets):
            print(name)
            net.predict(x)  # expect: TFS106


def side_by_side_with_unknown(names, x):
    nets = [load_model("small.h5"), load_model("large.h5")]
    with tf.Session(config=CONFIG):
        for name, net in zip(names, nets):
            print(name)
            net.predict(x)


# What a comprehension made dies with the call, if nothing else holds it.
def warmed_up(paths, x):
    nets = [load_model(path) for path in paths]
    for net in nets:
        net.predict(x)


def dead(paths, x):
    K.set_session(tf.Session(config=CONFIG))
    warmed_up(paths, x)
    K.set_session(tf.Session(config=CONFIG))


def kept(paths, x):
    K.set_session(tf.Session(config=CONFIG))
    nets = [load_model(path) for path in paths]
    K.set_session(tf.Session(config=CONFIG))  # expect: TFS104
    return nets


class Stacked:
    def __init__(self, count):
        self.stacks = [self.make(size) for size in range(count)]

    def make(self, size):
        return Sequential([Dense(size)])

    def pretrain(self, count, x):
        for index in range(count):
            self.stacks[index].fit(x, x)


def pretrained(count, x):
    stacked = Stacked(count)
    stacked.pretrain(count, x)


def stacked_twice(count, x):
    K.set_session(tf.Session(config=CONFIG))
    pretrained(count, x)
    K.set_session(tf.Session(config=CONFIG))
    pretrained(count, x)


# Objects of the file.
class Agent:
    def __init__(self):
        self.model = load_model("agent.h5")

    def act(self, x):
        return self.model.predict(x)


def agents(count, x):
    found = [Agent() for _ in range(count)]
    with tf.Session(config=CONFIG):
        for agent in found:
            agent.act(x)  # expect: TFS106


def agents_inside(count, x):
    with tf.Session(config=CONFIG):
        found = [Agent() for _ in range(count)]
        for agent in found:
            agent.act(x)


# The tensors of several models are the parts of one.
def merged(sess, nets, x):
    layers = [Dense(size) for size in (1, 2)]  # expect: TFS101
    model = Model(x, [layer(x) for layer in layers])
    K.set_session(sess)
    return model


# As keyword arguments, whose names may not be known.
def named(net=None, other=None):
    with tf.Session(config=CONFIG):
        net.predict(1)


def as_keywords(names):
    named(**{name: load_model(name) for name in names})
    named(**{name: load_model(name) for name in ("net",)})  # expect: TFS106
    for name in names:
        named(**{1: name})


def in_an_empty_dict(key):
    nets = {}
    nets[key].predict(1)
    [][key].predict(1)


# Where the element may be something else, it is not followed.
def any_path(layer, flag, x):
    outputs = [layer.output for layer in [Dense(1)]]
    print(outputs, flag, x)
