"""The order in which modules are walked: those first that the body of one needs.

That is a loop rather than recursion, so that a chain of imports may be as long as it likes, and
what a module is does not depend on how deep it was asked for.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Callable, Generic, TypeVar

_Loaded = TypeVar("_Loaded")
# The walk of a module: it stops with the path of one that it needs first, to go on after that.
Walk = Generator[str, None, _Loaded]


class Needed(Exception):
    """The body of a module needs another module, which has to be walked before."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Loader(Generic[_Loaded]):
    """Walks modules, each once. (Tarjan's algorithm, in a loop.)

    Modules whose bodies need each other, in a circle, don't see each other while they are walked,
    whichever of them was asked for first.

    Attributes:
        loaded: What became of the modules that were walked, by their paths.
    """

    def __init__(self, start: Callable[[str], Walk[_Loaded]]) -> None:
        self.loaded: dict[str, _Loaded] = {}
        self._start = start
        # Those that are walked, or in a circle with one that is, in the order of their beginnings;
        # and for each walk the first of these that it needs.
        self._order: dict[str, int] = {}
        self._lowest: list[int] = []

    def load(self, path: str) -> _Loaded | None:
        """What became of a module; None as long as it is walked.

        Raises:
            Needed: the body of another one is walked, which has to wait.
        """
        if path in self.loaded:
            return self.loaded[path]
        if path in self._order:
            self._lowest[-1] = min(self._lowest[-1], self._order[path])
            return None
        if self._lowest:
            raise Needed(path)
        try:
            self._run(path)
        finally:
            self._order.clear()
            self._lowest.clear()
        return self.loaded[path]

    def _run(self, path: str) -> None:
        walks = [self._begin(path)]
        finished: list[tuple[str, _Loaded]] = []
        while walks:
            current, walk = walks[-1]
            try:
                walks.append(self._begin(next(walk)))
            except StopIteration as end:
                walks.pop()
                finished.append((current, end.value))
                self._end(current, finished)

    def _begin(self, path: str) -> tuple[str, Walk[_Loaded]]:
        self._lowest.append(len(self._order))
        self._order[path] = len(self._order)
        return path, self._start(path)

    def _end(self, path: str, finished: list[tuple[str, _Loaded]]) -> None:
        lowest, own = self._lowest.pop(), self._order[path]
        if lowest < own:
            self._lowest[-1] = min(self._lowest[-1], lowest)
            return
        while finished and self._order[finished[-1][0]] >= own:
            member, loaded = finished.pop()
            del self._order[member]
            self.loaded[member] = loaded
