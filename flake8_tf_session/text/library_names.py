"""What a file says of the versions that it is for: the names of TensorFlow and Keras in it."""

from __future__ import annotations

import ast

from ..tensorflow.vocabulary import LIBRARIES
from .imported_names import ImportedNames
from .syntax import bindings


def tells_versions(word: str) -> bool:
    """Whether a word in a condition asks for a version, or whether a name exists."""
    return "version" in word.lower() or word == "hasattr"


def library_names(tree: ast.Module) -> frozenset[str]:
    """The dotted names of TensorFlow and Keras in a file, aliases resolved whatever their scope.

    They are spelled as the file does it: ``tensorflow.Session`` is no other name of
    ``tensorflow.compat.v1.Session``. A name that several imports bind means each of them.
    """
    names, found = ImportedNames(), set()
    nodes = list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for binding in bindings(node):
                if binding.is_relative or binding.module.partition(".")[0] not in LIBRARIES:
                    continue
                names.add(binding)
                if binding.member != "*":
                    found.add(binding.dotted)
    for node in nodes:
        if isinstance(node, ast.Assign):
            # `K = tf.keras.backend`
            for target in node.targets:
                if isinstance(target, ast.Name):
                    names.bind(target.id, names.of(node.value))
    for node in nodes:
        if isinstance(node, (ast.Attribute, ast.Name)):
            found |= names.of(node)
    return frozenset(found)
