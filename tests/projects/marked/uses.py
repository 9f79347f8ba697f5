import marked.missing
import plain
from circle_two import register as circular
from coded import register as coded
from marked.space.register import register as absolute
from space import register as spaced
from tensorflow.compat.v1.keras.layers import Dense


# A package without `__init__.py`, by the names of the folders that the tree is in too.
def in_a_namespace(sess):
    dense = Dense(1)  # expect: TFS101
    spaced.register(sess)
    return dense


def by_the_name_of_the_tree(sess):
    dense = Dense(1)  # expect: TFS101
    absolute(sess)
    return dense


# A package whose own text can't be read.
def in_an_unknown_package(sess):
    dense = Dense(1)  # expect: TFS101
    coded.register(sess)
    return dense


# What is missing, or passed on in a circle, is unknown.
def missing(sess):
    dense = Dense(1)
    marked.missing.register(sess)
    return dense


def in_a_circle(sess):
    dense = Dense(1)
    circular(sess)
    return dense


# A package that leads nowhere, whatever is put into it.
def put_into_a_package(sess):
    plain.kind = Dense
    plain.kind(1)
    absolute(sess)
