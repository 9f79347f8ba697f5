"""The words that files pass on to those that import them.

A file passes on its own words, and all that is passed on by the files that it imports as a whole.
Such lists, one a file, would grow with the square of their number. So each word knows which files
have it, and each file which files' words it passes on, both as the bits of one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Callable

from .project import Taken
from .source import Source


class PassingFiles:
    """The files whose words each file passes on: its own bit, and those of what it imports."""

    def __init__(self) -> None:
        self.bits: dict[str, int] = {}
        self._passed: dict[str, int] = {}

    def add(
        self, sources: Iterable[Source], taken_from: Callable[[Source], tuple[Taken, ...]]
    ) -> None:
        """Add files that import each other; what else they import was added before.

        It is quickest where most of them stand behind those that they import.
        """
        inner: dict[str, list[str]] = {}
        for source in sources:
            self.bits[source.path] = self._passed[source.path] = 1 << len(self.bits)
            inner[source.path] = [path for path, names, _ in taken_from(source) if not names]
        changed = True
        while changed:
            changed = False
            for importer, paths in inner.items():
                before = passed = self._passed[importer]
                for path in paths:
                    passed |= self._passed.get(path, 0)
                self._passed[importer] = passed
                changed |= passed != before and len(inner) > 1

    def of(self, path: str) -> int:
        """The bits of the files whose words a file passes on."""
        return self._passed[path]


class Passing:
    """The words of one purpose that files pass on.

    Args:
        files: The files.
        common: The words that each file passes on.
    """

    def __init__(self, files: PassingFiles, common: frozenset[str]) -> None:
        self._files = files
        self._common = common
        self._having: dict[str, int] = {}

    def add(self, path: str, words: Iterable[str]) -> None:
        """Note words that a file has."""
        bit = self._files.bits[path]
        having = self._having
        for word in words:
            having[word] = having.get(word, 0) | bit

    def named(self, path: str, names: Iterable[str]) -> set[str]:
        """Those of some names that a file passes on."""
        passed = self._files.of(path)
        having = self._having
        found = {name for name in names if having.get(name, 0) & passed}
        return found | self._common.intersection(names)

    def among(self, paths: Iterable[str], words: Set[str]) -> Set[str]:
        """Those of a great many words that some files, at least one, pass on."""
        passed = 0
        for path in paths:
            passed |= self._files.of(path)
        having = self._having
        found = {word for word in having.keys() & words if having[word] & passed}
        return found | (self._common & words)
