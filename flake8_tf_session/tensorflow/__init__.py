"""The names of TensorFlow and Keras that the linter knows."""
