"""What calls of TensorFlow, Keras and Python do to a path."""
