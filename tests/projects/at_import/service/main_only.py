import tensorflow.compat.v1 as tf


def build():
    return tf.keras.layers.Dense(1)


if __name__ == "__main__":
    dense = build()
