"""The intermediate representation of a Python file, and its lowering from `ast`."""
