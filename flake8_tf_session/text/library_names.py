"""What a file says of the versions that it is for: the names of TensorFlow and Keras in it."""

from __future__ import annotations

import ast

from ..tensorflow.vocabulary import LIBRARIES
from .syntax import bindings


def tells_versions(word: str) -> bool:
    """Whether a word in a condition asks for a version, or whether a name exists."""
    return "version" in word.lower() or word == "hasattr"


def library_names(tree: ast.Module) -> frozenset[str]:
    """The dotted names of TensorFlow and Keras in a file, aliases resolved whatever their scope.

    They are spelled as the file does it: ``tensorflow.Session`` is no other name of
    ``tensorflow.compat.v1.Session``. A name that several imports bind means each of them.
    """
    names = _Names()
    nodes = list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names.imported(node)
    for node in nodes:
        if isinstance(node, ast.Assign):
            # `K = tf.keras.backend`
            for target in node.targets:
                if isinstance(target, ast.Name):
                    names.bind(target.id, names.of(node.value))
    for node in nodes:
        if isinstance(node, (ast.Attribute, ast.Name)):
            names.found |= names.of(node)
    return frozenset(names.found)


class _Names:
    """The names that were found, and what the file's own names mean."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self._bound: dict[str, set[str]] = {}
        self._stars: list[str] = []

    def bind(self, name: str, dotted: set[str]) -> None:
        """Let a name of the file mean others."""
        if dotted:
            self._bound.setdefault(name, set()).update(dotted)

    def imported(self, node: ast.Import | ast.ImportFrom) -> None:
        """Take in what an import names, and what the file calls that."""
        for name, module, member, is_relative, is_alias in bindings(node):
            top = module.partition(".")[0]
            if is_relative or top not in LIBRARIES:
                continue
            if member == "*":
                self._stars.append(module)
                continue
            dotted = f"{module}.{member}" if member else module
            self.found.add(dotted)
            self.bind(name, {dotted if member or is_alias else top})

    def of(self, node: ast.expr) -> set[str]:
        """What an expression may name."""
        attributes = []
        while isinstance(node, ast.Attribute):
            attributes.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return set()
        known = self._bound.get(node.id, {f"{star}.{node.id}" for star in self._stars})
        return {".".join((dotted, *reversed(attributes))) for dotted in known}
