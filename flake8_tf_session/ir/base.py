"""What all nodes of the IR are: expressions and statements, and where they stand in a file."""

from __future__ import annotations

import ast

from ..text.source import Source


class Expression:
    """A node with a value; `expressions.py` has its kinds."""

    __slots__ = ()


class Statement:
    """A node that is executed; `statements.py` has its kinds."""

    __slots__ = ()


Block = list[Statement]


class Anchor:
    """A statement, or an expression in the header of a clause, and its file."""

    __slots__ = ("node", "source")

    def __init__(self, node: ast.stmt | ast.expr, source: Source) -> None:
        self.node = node
        self.source = source
