"""Call strings: the identity of whatever a flow does or makes.

A call string, ``chain`` in the code, is a node together with the calls that led to its frame. It is
interned as a number, which is the same on every path and in every run: the id of a call's frame, of
the object that the call creates, and the place of an event.
"""

from __future__ import annotations

from itertools import takewhile

from ..ir.nodes import Function

# The id of the frame of the module that is checked.
MODULE = 0
# What stands in a chain for the second round of a loop.
_AGAIN = "again"


class CallStrings:
    """The chains of one file; ``functions`` tells what the frame of a call executes."""

    def __init__(self, module: Function) -> None:
        self._ids: dict[tuple[int, object], int] = {}
        self._links: list[tuple[int, object]] = [(-1, module)]
        self.functions: dict[int, Function] = {MODULE: module}

    def intern(self, parent: int, node: object) -> int:
        """The number of a node in the frame (or beside the object) ``parent``."""
        key = (parent, node)
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = len(self._links)
            self._links.append(key)
        return found

    def root(self, function: Function) -> int:
        """The chain of an entry, which nothing has called."""
        id_ = self.intern(-1, function)
        self.functions[id_] = function
        return id_

    def again(self, parent: int) -> int:
        """What the nodes of a frame continue in the second round of a loop in it."""
        id_ = self.intern(parent, _AGAIN)
        self.functions[id_] = self.functions[parent]
        return id_

    def is_again(self, chain: int) -> bool:
        """Whether a chain leads through the second round of a loop."""
        while chain >= 0:
            chain, node = self._links[chain]
            if node == _AGAIN:
                return True
        return False

    def path(self, chain: int) -> list[int]:
        """The chain as numbers from the entry's first node to the last; the entry left out."""
        path = []
        parent = self._links[chain][0]
        while parent >= 0:
            if not isinstance(self._links[chain][1], (str, int)):
                path.append(chain)
            chain = parent
            parent = self._links[chain][0]
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
        while self._links[chain][0] >= 0:
            chain = self._links[chain][0]
        return chain

    def node(self, chain: int) -> object:
        """The last node of a chain."""
        return self._links[chain][1]

    def function_of(self, chain: int) -> Function | None:
        """The function in whose frame the chain's last node stands."""
        return self.functions.get(self._links[chain][0])
