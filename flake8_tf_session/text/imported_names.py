"""What the names of a file mean by its imports, whatever their scope."""

from __future__ import annotations

import ast

from .syntax import Binding, attributes_of


class ImportedNames:
    """The dotted names that a file's own names mean: each, if several imports bind one."""

    def __init__(self) -> None:
        self._bound: dict[str, set[str]] = {}
        self._stars: list[str] = []

    def bind(self, name: str, dotted: set[str]) -> None:
        """Let a name of the file mean others."""
        if dotted:
            self._bound.setdefault(name, set()).update(dotted)

    def add(self, binding: Binding) -> None:
        """Take in what an import binds."""
        if binding.member == "*":
            self._stars.append(binding.module)
        elif binding.member or binding.is_alias:
            self.bind(binding.name, {binding.dotted})
        else:
            self.bind(binding.name, {binding.module.partition(".")[0]})

    def of(self, node: ast.expr) -> set[str]:
        """What an expression may name."""
        first, attributes = attributes_of(node)
        if not isinstance(first, ast.Name):
            return set()
        known = self._bound.get(first.id, {f"{star}.{first.id}" for star in self._stars})
        return {".".join((dotted, *attributes)) for dotted in known}
