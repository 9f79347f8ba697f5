from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Input, add, concatenate
from tensorflow.keras.models import Model, Sequential


def registered(sess):
    K.set_session(sess)
    return sess


def first_layer(sess):
    K.set_session(sess)
    return Dense(8)


def units(sess):
    K.set_session(sess)
    return 8


# Elements of a tuple from left to right.
def tuple_order(sess):
    return Dense(1), registered(sess)  # expect: TFS101


def tuple_in_order(sess):
    return registered(sess), Dense(1)


# Arguments before the call.
def argument_first(sess):
    return Dense(units(sess))


# The callee expression first, then the arguments.
def callee_first(sess, x):
    return Dense(1)(registered(sess))  # expect: TFS101


def receiver_first(sess):
    return Sequential().add(first_layer(sess))  # expect: TFS101


# Keyword arguments in the order they are written.
def keyword_order(sess):
    return dict(layer=Dense(1), sess=registered(sess))  # expect: TFS101


def keyword_in_order(sess):
    return dict(sess=registered(sess), layer=Dense(1))


# Starred arguments too.
def starred(sess):
    return [*[Dense(1)], *[registered(sess)]]  # expect: TFS101


# In a dict display the key comes before its value.
def dict_key_first(sess):
    return {Dense(1): registered(sess)}  # expect: TFS101


def dict_in_order(sess):
    return {registered(sess): Dense(1)}


# Right-hand side before target.
def value_before_target(models, sess):
    models[registered(sess)] = Dense(1)  # expect: TFS101


def target_after_value(models, sess):
    models[Dense(1)] = registered(sess)


# An augmented assignment reads its target first.
def augmented(models, sess):
    models[registered(sess)] += [Dense(1)]


# The test of a conditional expression runs before its arms.
def test_first(sess):
    return Dense(1) if registered(sess) else None


def test_builds(sess):
    return registered(sess) if Dense(1) else None  # expect: TFS101


# Its arms are exclusive.
def arms(sess, built):
    return registered(sess) if built else Dense(1)


# and and or from left to right.
def and_order(sess):
    return Dense(1) and registered(sess)  # expect: TFS101


def or_in_order(sess):
    return registered(sess) or Dense(1)


# Operators and comparisons from left to right.
def comparison(sess):
    return Dense(1) == registered(sess)  # expect: TFS101


def operator_in_order(sess):
    return [registered(sess)] + [Dense(1)]


# A subscript after what it stands on.
def subscript(sess):
    return [Dense(1)][registered(sess)]  # expect: TFS101


# Parts of an f-string from left to right.
def f_string(sess):
    return f"{Dense(1)} {registered(sess)}"  # expect: TFS101


# Defaults when def runs.
def default_argument(sess):
    def block(x, layer=Dense(1)):  # expect: TFS101
        return layer(x)

    K.set_session(sess)
    return block


def default_argument_after(sess):
    K.set_session(sess)

    def block(x, layer=Dense(1)):
        return layer(x)

    return block


# A lambda's default runs where the lambda stands, its body doesn't.
def lambda_default(sess):
    block = lambda x, layer=Dense(1): layer(x)  # expect: TFS101
    K.set_session(sess)
    return block


def lambda_body(sess):
    block = lambda x: Dense(1)(x)
    K.set_session(sess)
    return block


# Decorators when def runs.
def decorator(sess, wrap):
    @wrap(Dense(1))  # expect: TFS101
    def block(x):
        return x

    K.set_session(sess)
    return block


# Bases of a class when class runs.
def class_keyword(sess, wrap):
    class Block(wrap(Dense(1))):  # expect: TFS101
        pass

    K.set_session(sess)
    return Block


# One finding a place: creations nested in the arguments of another count once, at the outermost.
def nested(sess):
    model = Sequential([Dense(8), Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return model


def nested_lines(sess):
    model = Sequential(  # expect: TFS101
        [
            Dense(8),
            Dense(1),
        ]
    )
    K.set_session(sess)
    return model


def nested_functional(sess, left, right):
    model = Model(  # expect: TFS101
        [left, right],
        Dense(1)(
            add([Dense(8)(left), Dense(8)(right)]),
        ),
    )
    K.set_session(sess)
    return model


# Not nested in each other: the first that can hold weights stands for the model.
def side_by_side(sess):
    left = Input((4,))
    right = Input((4,))
    both = concatenate([left, right])
    scores = Dense(1)(both)  # expect: TFS101
    model = Model([left, right], scores)
    K.set_session(sess)
    return model


# Nested in the arguments of something that is no creation.
def nested_in_a_list(sess, network):
    network.extend(
        [
            Dense(8),  # expect: TFS101
            Dense(1),  # expect: TFS101
        ]
    )
    K.set_session(sess)


# The registration is among the arguments: only the layer before it is early, the model is not.
def registered_inside(sess):
    return Sequential(
        [
            Dense(8),  # expect: TFS101
            first_layer(sess),
            Dense(1),
        ]
    )


# The last name of a multi-line call.
def dotted_lines(sess):
    from tensorflow import keras

    layer = (
        keras
        .layers
        .Dense(  # expect: TFS101
            1,
        )
    )
    keras.backend.set_session(sess)
    return layer
