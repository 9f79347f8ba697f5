"""What lowering knows of the place in a file that it has come to."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from ..text.source import Source
from .nodes import Function

# So far apart are the numbers of the calls on two lines.
_CALLS_A_LINE = 1 << 20


class Surroundings(NamedTuple):
    """What surrounds a function.

    Attributes:
        fallbacks: In how many places that tell versions apart it stands.
        versions: The names for whether a version is this or that.
        alternatives: The names that are imported from here or there, by the version.
    """

    fallbacks: int
    versions: Set[str]
    alternatives: Set[str]


class Context:
    """Where in a module, or in the body of a function, lowering is.

    Attributes:
        source: The file.
        scope: The function or class body that binds names here.
        anchor: The statement, or the header of a clause.
        fallbacks: In how many places that tell versions apart this stands.
        versions: The names for whether a version is this or that.
        alternatives: The names that are imported from here or there, by the version.
        calls: The number of the last call.
        comprehensions: How many loops of comprehensions there were.
        counter: What counts the rounds of the loop around it, if anything does.
        renamed: How the names of comprehensions around are spelled: they are not the scope's.
    """

    def __init__(
        self, source: Source, scope: Function, line: int, surroundings: Surroundings
    ) -> None:
        self.source = source
        self.scope = scope
        self.anchor = scope.anchor
        self.fallbacks = surroundings.fallbacks
        self.versions = set(surroundings.versions)
        self.alternatives = set(surroundings.alternatives)
        self.calls = line * _CALLS_A_LINE
        self.comprehensions = 0
        self.counter = ""
        self.renamed: dict[str, str] = {}
        self._outer: list[tuple[Function, dict[str, str]]] = []

    def enter(self, function: Function) -> None:
        """Go on in a lambda or class body."""
        self._outer.append((self.scope, self.renamed))
        self.scope = function
        self.renamed = {}

    def leave(self) -> None:
        """Go on in what is around it."""
        inner = self.scope
        inner.local -= inner.global_names | inner.nonlocal_names
        self.scope, self.renamed = self._outer.pop()

    def bind(self, name: str) -> None:
        """Note that the scope binds a name."""
        self.scope.local.add(name)

    def bind_import(self, name: str) -> None:
        """Note that an import binds a name."""
        self.bind(name)
        if self.fallbacks:
            self.alternatives.add(name)
