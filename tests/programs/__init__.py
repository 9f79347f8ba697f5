"""Random programs, judged by real TensorFlow and compared with the linter."""
