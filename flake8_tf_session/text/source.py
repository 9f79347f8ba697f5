"""The text of one file, and what it says: each fact is found once, when it is first asked for.

So is what finds it: of most files no more is asked than whether they name a library.
"""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Callable, TypeVar

from ..stack import fresh_stack
from .spelled_imports import Spelled, spelled_imports

if TYPE_CHECKING:
    from .word_index import WordIndex

MARK = "\ufeff"
"""The byte order mark, which is no part of the program."""

_TOKEN = re.compile(r"\w+")
# Of ASCII, what words consist of, and a blank for all else.
_WORDS = "".join(char if _TOKEN.match(char) else " " for char in map(chr, range(128)))

Made = TypeVar("Made")


class Source:
    """The text of a file, and what was made of it.

    Attributes:
        path: The absolute path, or the name of a text that is no file.
        text: The text, its lines ended as `ast` ends them.
        has_tree: Whether a syntax tree could be made where one was needed.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.has_tree = True
        self._tree: ast.Module | None = None
        self._made: dict[Callable[[Source], Any], Any] = {}

    @property
    def tree(self) -> ast.Module:
        """The syntax tree: the one that was given, or a new one.

        A tree is a great many objects. Of a file that is read beside the one that is checked it is
        needed again soon, where its module is walked, or not at all.

        Raises:
            SyntaxError, ValueError, RecursionError, MemoryError: the text has none.
        """
        return _last_parsed(self) if self._tree is None else self._tree

    @contextmanager
    def with_tree(self, tree: ast.Module) -> Iterator[None]:
        """Have a syntax tree for a while; what is made meanwhile may keep it, and goes then too."""
        before = dict(self._made)
        self._tree = tree
        try:
            yield
        finally:
            self._tree = None
            self._made = before
            _last_parsed.cache_clear()

    def made(self, make: Callable[[Source], Made]) -> Made:
        """What a function makes of the source: the same for whoever asks with the same function."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Whatever looks like a word in the text: all words of its index, and more."""
        text = self.text
        # Most texts are ASCII, and these are split in half the time.
        words = text.translate(_WORDS).split() if text.isascii() else _TOKEN.findall(text)
        return frozenset(map(sys.intern, set(words)))

    def mentions(self, words: Iterable[str]) -> bool:
        """Whether one of some words stands anywhere in the text, in a longer word too."""
        return any(word in self.text for word in words)

    @cached_property
    def names_library(self) -> bool:
        """Whether the text names TensorFlow or Keras."""
        return "tensorflow" in self.text or "keras" in self.text

    @cached_property
    def index(self) -> WordIndex:
        """The words of the file; none if it has no syntax tree."""
        from .indexing import index_of
        from .word_index import WordIndex

        with fresh_stack():
            try:
                tree = self.tree
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                self.has_tree = False
                return WordIndex()
            return index_of(tree)

    @cached_property
    def users(self) -> dict[str, list[str]]:
        """By word, the names of the file that are defined with it."""
        from .word_index import users_of

        return users_of(self.index.definitions)

    @cached_property
    def alias_users(self) -> dict[str, list[str]]:
        """By word, the aliases of the file that are defined with it."""
        from .word_index import users_of

        return users_of(self.index.aliases)

    @cached_property
    def tells_versions(self) -> bool:
        """Whether the file may tell versions apart."""
        from .library_names import tells_versions

        return any(map(tells_versions, self.index.words))

    @cached_property
    def forces_growth(self) -> bool:
        """Whether the file sets ``TF_FORCE_GPU_ALLOW_GROWTH``."""
        from ..tensorflow.vocabulary import FORCE_GROWTH
        from .process_settings import sets_variable

        return FORCE_GROWTH in self.text and sets_variable(self.tree, FORCE_GROWTH)

    @cached_property
    def library_names(self) -> frozenset[str]:
        """The names of TensorFlow and Keras in the file; none if it has no syntax tree."""
        from .library_names import library_names

        try:
            tree = self.tree
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return frozenset()
        return library_names(tree)

    @cached_property
    def is_version_1(self) -> bool:
        """Whether the file has a name that only TensorFlow 1 has."""
        from ..tensorflow.vocabulary import is_version_1

        return any(map(is_version_1, self.library_names))

    @cached_property
    def shows_graph_mode(self) -> bool:
        """Whether the file has a name that is of use in graph mode alone."""
        from ..tensorflow.vocabulary import is_of_graph_mode

        return self.names_library and any(map(is_of_graph_mode, self.library_names))

    @cached_property
    def proves_graph_mode(self) -> bool:
        """Whether the file has a name that a program which runs eagerly can't have."""
        from ..tensorflow.vocabulary import proves_graph_mode

        return self.names_library and any(map(proves_graph_mode, self.library_names))

    @cached_property
    def enters_eager(self) -> bool:
        """Whether the file lets TensorFlow 1 run eagerly."""
        from ..tensorflow.vocabulary import enters_eager

        return self.names_library and any(map(enters_eager, self.library_names))

    @cached_property
    def serves_in_one_thread(self) -> bool:
        """Whether the file starts a web server that may call its handlers in one thread."""
        from .process_settings import may_be_unthreaded

        return "threaded" in self.text and may_be_unthreaded(self.tree)

    @cached_property
    def imports(self) -> tuple[Spelled, ...]:
        """What looks like an import in the text."""
        return spelled_imports(self.text)


@lru_cache(maxsize=64)
def _last_parsed(source: Source) -> ast.Module:
    return parsed(source.text)


def parsed(text: str) -> ast.Module:
    """The syntax tree of a text; what Python would warn of is left to where the text is run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def normalized(text: str) -> str:
    """The text with the line ends that `ast` counts by."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")
