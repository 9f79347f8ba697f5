from tensorflow.compat.v1.keras.layers import Dense


# What is derived here has an `__init__` that only the caller knows.
def layered(base, sess):
    class Layered(base):
        def build(self):
            return Dense(1)

    return Layered(sess)
