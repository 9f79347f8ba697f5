from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model


# A loop's body may run before what follows the loop.
def built_in_a_loop(sess, sizes):
    layers = []
    for size in sizes:
        layers.append(Dense(size))  # expect: TFS101
    K.set_session(sess)
    return layers


def built_in_a_loop_after(sess, sizes):
    K.set_session(sess)
    layers = []
    for size in sizes:
        layers.append(Dense(size))
    return layers


# Inside one round.
def one_round(sess, paths):
    for path in paths:
        model = load_model(path)  # expect: TFS103
        K.set_session(sess)
        model.summary()
    return model


def one_round_in_order(sess, paths):
    for path in paths:
        K.set_session(sess)
        model = load_model(path)
        model.summary()


# The body may run zero times: then nothing is registered before the build.
def zero_rounds(sess, flags):
    for flag in flags:
        K.set_session(flag)
    layer = Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


# A loop over a non-empty literal runs at least once.
def literal(sess, other):
    for chosen in (sess,):
        K.set_session(chosen)
    layer = Dense(1)
    K.set_session(sess)
    return layer


# A literal without elements never runs, an unknown one may not.
def unknown_iterable(sess, sessions):
    for chosen in sessions:
        K.set_session(chosen)
    layer = Dense(1)  # expect: TFS101
    K.set_session(sess)
    return layer


# A provably non-empty range.
def ranged(sess):
    layer = Dense(1)
    for _ in range(3):
        return layer
    K.set_session(sess)


# A range that may be empty.
def maybe_empty_range(sess, count):
    layer = Dense(1)  # expect: TFS101
    for _ in range(count):
        return layer
    K.set_session(sess)


# while True runs at least once.
def forever(sess, queue):
    layer = Dense(1)
    while True:
        print(queue.get())
        return layer
    K.set_session(sess)


# Another condition may be false at once.
def maybe_never(sess, queue):
    layer = Dense(1)  # expect: TFS101
    while queue.get():
        return layer
    K.set_session(sess)


# break leaves the loop: what follows it in the body isn't reached, what follows the loop is.
def break_before(sess, names):
    for name in names:
        if name == "small":
            layer = Dense(1)
            break
        K.set_session(sess)
        layer = Dense(8)
    return layer


def break_out(sess, names):
    layer = None
    for name in names:
        if name == "small":
            layer = Dense(1)  # expect: TFS101
            break
    K.set_session(sess)
    return layer


# while True ends only by its break.
def forever_with_break(sess, queue):
    while True:
        model = Sequential([Dense(queue.get())])  # expect: TFS101
        if queue.empty():
            break
    K.set_session(sess)
    return model


# continue ends the round; the loop's end is reached from there.
def continue_out(sess, names):
    for name in names:
        if name:
            Dense(1)  # expect: TFS101
            continue
        print(name)
    K.set_session(sess)


# else runs when no break did.
def loop_else(sess, names):
    layer = Dense(1)  # expect: TFS101
    for name in names:
        if name == "found":
            break
    else:
        K.set_session(sess)
    return layer


# After a break else doesn't run.
def break_skips_else(sess, names):
    layer = None
    for name in names:
        if name == "found":
            layer = Dense(1)
            break
    else:
        K.set_session(sess)
    return layer


# What is iterated over is evaluated before the first round.
def iterable_builds(sess):
    for layer in [Dense(1)]:  # expect: TFS101
        K.set_session(sess)
        layer.name


def iterable_after(sess, sizes):
    for size in sizes:
        K.set_session(sess)
        for layer in [Dense(size)]:
            layer.name


# The test of a while.
def while_test(sess):
    while Dense(1).built:  # expect: TFS101
        K.set_session(sess)
        break


# An async loop is a loop.
async def async_loop(sess, queue):
    async for size in queue:
        Dense(size)  # expect: TFS101
    K.set_session(sess)


# A model has layers: the loop over them is not skipped.
def layers_given_again(sess, path, values):
    model = load_model(path)
    K.set_session(sess)
    for layer in model.layers:
        layer.set_weights(values)
    return model


def layers_read(sess, path):
    model = load_model(path)  # expect: TFS103
    K.set_session(sess)
    for layer in model.layers:
        layer.get_weights()
