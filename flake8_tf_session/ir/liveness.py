"""Liveness: which names a piece of a program may read. By a name that no later code reads, paths
need not be told apart.
"""

from __future__ import annotations

from collections.abc import Iterable

from .nodes import (
    Assign,
    Attribute,
    Expression,
    For,
    Function,
    Name,
    Statement,
    Target,
    Try,
    Unpack,
    While,
    With,
)

# Where a node keeps what is no part of the IR, or names that it sets.
_SKIPPED = frozenset(("anchor", "assigned", "main_guard", "node"))


def words_read(parts: Iterable[object]) -> frozenset[str]:
    """The names and attributes that statements or expressions read; of functions inside, whose
    bodies may not be known, all words.
    """
    words: set[str] = set()
    pending: list[object] = list(parts)
    while pending:
        part = pending.pop()
        if isinstance(part, Name):
            words.add(part.id)
        elif isinstance(part, Attribute):
            words.add(part.attr)
            pending.append(part.value)
        elif isinstance(part, (list, tuple)):
            pending += part
        elif isinstance(part, Function):
            words |= part.words
        elif isinstance(part, Assign):
            pending.append(part.value)
            pending += map(_operands, part.targets)
        elif isinstance(part, For):
            pending += (_operands(part.target), part.iterable, part.body, part.orelse)
        elif isinstance(part, With):
            pending.append(part.body)
            for expression, target in part.items:
                pending += (expression, None if target is None else _operands(target))
        elif isinstance(part, (Expression, Statement, Unpack)):
            pending += (getattr(part, slot) for slot in part.__slots__ if slot not in _SKIPPED)
    return frozenset(words)


def _operands(target: Target) -> object:
    """What an assignment to a target reads: not the name or attribute that it sets."""
    if isinstance(target, Name):
        return None
    return target.value if isinstance(target, Attribute) else target


def tail(statement: Statement) -> list[object]:
    """The parts of a statement that may be executed after one of its blocks."""
    if isinstance(statement, Try):
        return [statement.handlers, statement.orelse, statement.final]
    if isinstance(statement, While):
        return [statement.test, statement.orelse]
    return [statement.orelse] if isinstance(statement, For) else []
