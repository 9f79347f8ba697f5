"""The kinds of statement."""

from __future__ import annotations

from typing import NamedTuple

from .base import Anchor, Block, Expression, Statement
from .expressions import Argument, Attribute, Name, Subscript, Target
from .functions import Function


class Evaluate(Statement):
    """An expression statement."""

    __slots__ = ("value",)

    def __init__(self, value: Expression) -> None:
        self.value = value


class Assign(Statement):
    """``targets = value``."""

    __slots__ = ("anchor", "targets", "value")

    def __init__(self, targets: list[Target], value: Expression, anchor: Anchor) -> None:
        self.targets = targets
        self.value = value
        self.anchor = anchor


class AugmentedAssign(Statement):
    """``target += value`` and the like."""

    __slots__ = ("target", "value")

    def __init__(self, target: Name | Attribute | Subscript, value: Expression) -> None:
        self.target = target
        self.value = value


class Delete(Statement):
    """``del targets``."""

    __slots__ = ("targets",)

    def __init__(self, targets: list[Target]) -> None:
        self.targets = targets


class Return(Statement):
    """``return value``."""

    __slots__ = ("value",)

    def __init__(self, value: Expression | None) -> None:
        self.value = value


class Raise(Statement):
    """``raise …``."""

    __slots__ = ("items",)

    def __init__(self, items: list[Expression]) -> None:
        self.items = items


class Assert(Statement):
    """``assert test, message``; ``message`` has one expression or none."""

    __slots__ = ("message", "test")

    def __init__(self, test: Expression, message: list[Expression]) -> None:
        self.test = test
        self.message = message


class Break(Statement):
    """``break``."""

    __slots__ = ()


class Continue(Statement):
    """``continue``."""

    __slots__ = ()


class Import(Statement):
    """``import a.b as c``: pairs of dotted name and alias."""

    __slots__ = ("anchor", "names")

    def __init__(self, names: list[tuple[str, str | None]], anchor: Anchor) -> None:
        self.names = names
        self.anchor = anchor


class ImportFrom(Statement):
    """``from module import name as alias``; ``names`` is None for a star, ``level`` counts dots."""

    __slots__ = ("anchor", "level", "module", "names")

    def __init__(
        self,
        module: str,
        level: int,
        names: list[tuple[str, str | None]] | None,
        anchor: Anchor,
    ) -> None:
        self.module = module
        self.level = level
        self.names = names
        self.anchor = anchor


class If(Statement):
    """``if``/``elif``/``else``.

    ``main_guard`` is True where the test holds only in a module that is run as a script, False
    where it holds only in one that is imported, None where it asks something else. ``goes_on`` is
    the outcome of the test with which the loop that ``counter`` counts has another round.
    """

    __slots__ = ("body", "counter", "goes_on", "main_guard", "orelse", "test")

    def __init__(
        self, test: Expression, body: Block, orelse: Block, main_guard: bool | None
    ) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse
        self.main_guard = main_guard
        self.counter = ""
        self.goes_on: bool | None = None


class While(Statement):
    """``while``/``else``."""

    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expression, body: Block, orelse: Block) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse


class For(Statement):
    """``for``/``else``; ``counter`` is what counts its rounds, if anything does."""

    __slots__ = ("body", "counter", "iterable", "orelse", "target")

    def __init__(
        self, target: Target, iterable: Expression, body: Block, orelse: Block, counter: str
    ) -> None:
        self.target = target
        self.iterable = iterable
        self.body = body
        self.orelse = orelse
        self.counter = counter


class Handler(NamedTuple):
    """An ``except`` clause; ``type`` is None for a bare one."""

    type: Expression | None
    name: str | None
    body: Block


class Try(Statement):
    """``try`` with its handlers, ``else`` and ``finally``."""

    __slots__ = ("body", "final", "handlers", "orelse")

    def __init__(self, body: Block, handlers: list[Handler], orelse: Block, final: Block) -> None:
        self.body = body
        self.handlers = handlers
        self.orelse = orelse
        self.final = final


class With(Statement):
    """``with item as target, …``, or ``async with``."""

    __slots__ = ("anchor", "body", "is_async", "items")

    def __init__(
        self,
        items: list[tuple[Expression, Target | None]],
        body: Block,
        anchor: Anchor,
        is_async: bool,
    ) -> None:
        self.items = items
        self.body = body
        self.is_async = is_async
        self.anchor = anchor


class Case(NamedTuple):
    """A ``case``: the names its pattern binds, whether it always matches, guard and body.

    ``takes_none`` tells whether it matches None (None if that can't be known), ``takes_others``
    whether anything else.
    """

    names: list[str]
    always: bool
    takes_none: bool | None
    takes_others: bool
    guard: Expression | None
    body: Block


class Match(Statement):
    """``match subject``."""

    __slots__ = ("cases", "subject")

    def __init__(self, subject: Expression, cases: list[Case]) -> None:
        self.subject = subject
        self.cases = cases


class FunctionDef(Statement):
    """A ``def`` statement."""

    __slots__ = ("decorators", "function")

    def __init__(self, function: Function, decorators: list[Expression]) -> None:
        self.function = function
        self.decorators = decorators


class ClassDef(Statement):
    """A ``class`` statement; its body is a scope like a function's.

    ``assigned`` are the names of all attributes that are assigned anywhere in the file.
    """

    __slots__ = ("assigned", "bases", "decorators", "keywords", "scope")

    def __init__(
        self,
        bases: list[Argument],
        keywords: list[Argument],
        decorators: list[Expression],
        scope: Function,
        assigned: set[str],
    ) -> None:
        self.assigned = assigned
        self.bases = bases
        self.keywords = keywords
        self.decorators = decorators
        self.scope = scope
