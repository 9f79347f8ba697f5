from keras.layers import Dense

from steps import build_and_register, register


# What is wrong in the other file alone is reported there.
def call(sess):
    build_and_register(sess)


def build_and_call(sess):
    Dense(1)  # expect: TFS101
    register(sess)
