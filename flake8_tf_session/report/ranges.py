"""Ranges of a text, and how the places of a syntax tree become such: from bytes to characters."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import NamedTuple


class Range(NamedTuple):
    """A range of the text: lines from 1, columns from 0 in characters, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def column_of(line: str, byte_column: int) -> int:
    """The column in characters of what `ast` places by the bytes of UTF-8 before it."""
    if line.isascii():
        return min(byte_column, len(line))
    return len(line.encode("utf-8", "surrogatepass")[:byte_column].decode("utf-8", "surrogatepass"))


def range_of(lines: Sequence[str], node: ast.expr | ast.stmt) -> Range:
    """The range of a node of the syntax tree."""
    assert node.end_lineno is not None and node.end_col_offset is not None
    return Range(
        node.lineno,
        column_of(lines[node.lineno - 1], node.col_offset),
        node.end_lineno,
        column_of(lines[node.end_lineno - 1], node.end_col_offset),
    )


def first_line(lines: Sequence[str], statement: ast.stmt) -> int:
    """The line on which a statement begins, that of its first decorator included.

    Lines count from 1.
    """
    decorators = getattr(statement, "decorator_list", None)
    if not decorators:
        return statement.lineno
    line: int = decorators[0].lineno
    # The decorator's own line may be inside parentheses.
    while not lines[line - 1].lstrip(" \t\f").startswith("@"):
        line -= 1
    return line
