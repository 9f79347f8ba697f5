"""The abstract interpreter: executes the IR of a file in Python's order, path by path."""
