"""Which names of TensorFlow and Keras stand in a file: what it says of the versions it is for."""

from __future__ import annotations

import ast

from ..tensorflow.vocabulary import LIBRARIES


def library_names(tree: ast.Module) -> frozenset[str]:
    """The dotted names of TensorFlow and Keras in a file, aliases resolved whatever their scope.

    They are spelled as the file does it: ``tensorflow.Session`` is no other name of
    ``tensorflow.compat.v1.Session``. A name that several imports bind means each of them.
    """
    names = _Names()
    nodes = list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            names.imported(node)
        elif isinstance(node, ast.ImportFrom):
            names.imported_from(node)
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

    def imported(self, node: ast.Import) -> None:
        for alias in node.names:
            top = alias.name.partition(".")[0]
            if top in LIBRARIES:
                self.found.add(alias.name)
                self.bind(alias.asname or top, {alias.name if alias.asname else top})

    def imported_from(self, node: ast.ImportFrom) -> None:
        if node.level or not node.module or node.module.partition(".")[0] not in LIBRARIES:
            return
        for alias in node.names:
            if alias.name == "*":
                self._stars.append(node.module)
                continue
            dotted = f"{node.module}.{alias.name}"
            self.found.add(dotted)
            self.bind(alias.asname or alias.name, {dotted})

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
