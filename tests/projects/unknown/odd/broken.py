import tensorflow as tf

def broken(:
    tf.keras.backend.set_session(tf.Session())
