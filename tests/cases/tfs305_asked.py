# options: --extend-select=TFS305
import tensorflow as tf


# A file that asks whether execution is eager knows what it does.
def registered_in_graph_mode(session):
    if tf.executing_eagerly():
        raise RuntimeError("a session needs graph mode")
    tf.compat.v1.keras.backend.set_session(session)
