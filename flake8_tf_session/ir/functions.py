"""Functions of the IR, and what has a body as they do: lambdas, classes, modules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Callable, NamedTuple

from ..stack import fresh_stack
from ..text.source import Source
from .base import Anchor, Block, Expression


class Parameter(NamedTuple):
    """A parameter; ``kind`` is ``"/"``, ``"kw"``, ``"*"``, ``"**"``, or empty where it is plain."""

    name: str
    default: Expression | None
    kind: str


class Function:
    """A function, lambda, class body or module: its parameters, its body and its names.

    The body of a function is lowered when it is first asked for. ``path`` is its qualified name
    and ``words`` are all identifiers that stand in it or in the functions and classes inside it.
    The other names are known with the body: ``local`` are those bound in it (its parameters too),
    ``inner_words`` the words of the functions and classes inside it. ``is_coroutine`` tells whether
    it is an ``async def``.
    """

    __slots__ = (
        "_body",
        "_is_generator",
        "_lower",
        "anchor",
        "global_names",
        "inner_words",
        "is_coroutine",
        "local",
        "name",
        "nonlocal_names",
        "parameters",
        "path",
        "words",
    )

    def __init__(
        self, name: str, anchor: Anchor, path: str = "", words: Iterable[str] = ()
    ) -> None:
        self.name = name
        self.path = path or name
        self.anchor = anchor
        self.words = frozenset(words)
        self.parameters: list[Parameter] = []
        self.local: set[str] = set()
        self.global_names: set[str] = set()
        self.nonlocal_names: set[str] = set()
        self.inner_words: set[str] = set()
        self.is_coroutine = False
        self._is_generator = False
        self._body: Block = []
        self._lower: Callable[[Function], Block] | None = None

    @property
    def body(self) -> Block:
        """The statements.

        Raises:
            GivenUp: they are nested too deeply.
        """
        self._need_body()
        return self._body

    @body.setter
    def body(self, body: Block) -> None:
        self._body = body

    @property
    def is_generator(self) -> bool:
        """Whether the body yields.

        Raises:
            GivenUp: it is nested too deeply.
        """
        self._need_body()
        return self._is_generator

    @is_generator.setter
    def is_generator(self, is_generator: bool) -> None:
        self._is_generator = is_generator

    def _need_body(self) -> None:
        if self._lower is not None:
            with fresh_stack():
                self._body = self._lower(self)
            self._lower = None

    def lower_by(self, lower: Callable[[Function], Block]) -> None:
        """Leave the lowering of the body for the time when it is asked for."""
        self._lower = lower


class GivenUp(Exception):
    """Some code can't be followed to its end, for a reason: it is too deep, or takes too much."""


MODULE_NAME = "<module>"
"""What the function that stands for a module is called."""


class Program(NamedTuple):
    """A file: its source, and its module as a function without parameters."""

    source: Source
    module: Function
