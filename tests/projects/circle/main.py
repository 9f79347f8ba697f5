from keras.layers import Dense

from one import last


# Two files that import each other lead to a session through both, and back.
def early(sess):
    Dense(1)  # expect: TFS101
    last(sess)


def late(sess):
    last(sess)
    Dense(1)
