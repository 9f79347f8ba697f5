"""Call strings: the identity of whatever a flow does or makes.

A call string, ``chain`` in the code, is a node together with the calls that led to its frame. It is
interned as a number, which is the same on every path and in every run: the id of a call's frame, of
the object that the call creates, and the place of an event.

Each file that is walked has chains of its own, whose numbers are its alone: those of a module that
others import are told by its path, so that they are the same whoever asks for it first, and kept
with what is known of the module.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from typing import NamedTuple

from ..ir.nodes import Function

# The id of the frame of the module that is checked.
MODULE = 0
# A chain's number has so many bits below the number of its file.
_BITS = 32


class _Again(NamedTuple):
    """What stands in a chain for the second round of a loop."""

    loop: object


class CallStrings:
    """The chains of one file; ``functions`` tells what the frame of a call executes.

    Attributes:
        module: The id of the frame of the file's module.
    """

    def __init__(self, module: Function, file: int, others: Mapping[int, CallStrings]) -> None:
        """Begin those of a file by its number (0 if it is checked), beside those of others."""
        self.module = file << _BITS
        self.functions: dict[int, Function] = {self.module: module}
        self._file = file
        self._others = others
        self._ids: dict[tuple[int, object], int] = {}
        self._links: list[tuple[int, object]] = [(-1, module)]

    def intern(self, parent: int, node: object) -> int:
        """The number of a node in the frame (or beside the object) ``parent``."""
        key = (parent, node)
        found = self._ids.get(key)
        if found is None:
            # What another module has made is what it is there.
            found = self._of(parent)._ids.get(key) if parent >= 0 else None
            if found is None:
                found = self.module + len(self._links)
                self._links.append(key)
            self._ids[key] = found
        return found

    def root(self, function: Function) -> int:
        """The chain of an entry, which nothing has called."""
        id_ = self.intern(-1, function)
        self.functions[id_] = function
        return id_

    def again(self, parent: int, loop: object) -> int:
        """What the nodes of a frame continue in the second round of a loop in it."""
        id_ = self.intern(parent, _Again(loop))
        self.functions[id_] = self.functions[parent]
        return id_

    def is_again(self, chain: int) -> bool:
        """Whether a chain leads through the second round of a loop."""
        while chain >= 0:
            chain, node = self._link(chain)
            if isinstance(node, _Again):
                return True
        return False

    def path(self, chain: int) -> list[int]:
        """The chain as numbers from the entry's first node to the last; the entry left out."""
        path = []
        parent, node = self._link(chain)
        while parent >= 0:
            if not isinstance(node, (str, int, _Again)):
                path.append(chain)
            chain = parent
            parent, node = self._link(chain)
        path.reverse()
        return path

    def shared(self, one: int, other: int) -> int:
        """How many nodes the paths of two chains begin with that are the same.

        All of the first, if the other happened before its flow: it is the same wherever in that.
        """
        if not self.is_one_flow(one, other):
            return len(self.path(one))
        pairs = zip(self.path(one), self.path(other))
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    def is_one_flow(self, one: int, other: int) -> bool:
        """Whether two chains begin with the same entry."""
        return self._entry(one) == self._entry(other)

    def _entry(self, chain: int) -> int:
        """The chain of the entry with which a chain begins; of itself, if nothing called it."""
        parent = self._link(chain)[0]
        while parent >= 0:
            chain, parent = parent, self._link(parent)[0]
        return chain

    def node(self, chain: int) -> object:
        """The last node of a chain."""
        return self._link(chain)[1]

    def function_of(self, chain: int) -> Function | None:
        """The function in whose frame the chain's last node stands."""
        parent = self._link(chain)[0]
        return self._of(parent).functions.get(parent) if parent >= 0 else None

    def _of(self, chain: int) -> CallStrings:
        """The chains of the file in which a chain was made."""
        file = chain >> _BITS
        return self if file == self._file else self._others[file]

    def _link(self, chain: int) -> tuple[int, object]:
        of = self._of(chain)
        return of._links[chain - of.module]


def file_of(chain: int) -> int:
    """The number of the file that a chain is of."""
    return chain >> _BITS
