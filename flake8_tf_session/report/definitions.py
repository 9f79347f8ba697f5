"""The definitions of a file, of which libcst parses those in which something is asked for."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Union

from ..failures import UnparsableError
from ..text.source import Source
from .ranges import first_line

if TYPE_CHECKING:
    from .visitor import Definition

# libcst's parser has no limit of its own: what is nested deeper overflows the stack, which ends
# Python.
DEPTH_LIMIT = 5_500
# Statements with a header and a body of others.
_Outer = Union[
    Union[ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef],
    Union[ast.With, ast.AsyncWith, ast.For, ast.AsyncFor, ast.While, ast.If],
]
_OUTER = (
    *(ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef),
    *(ast.With, ast.AsyncWith, ast.For, ast.AsyncFor, ast.While, ast.If),
)


class _Block(NamedTuple):
    """Statements of a body that share lines, nearly always one, and the numbers of these."""

    statements: list[ast.stmt]
    lines: range


class Definitions:
    """The definitions of a file.

    A definition is a statement of the top level, whole lines as they stand. Of a class that is the
    header and the part of its body in which something is asked for, say the method ``__init__``; of
    a function, a block of ``with``, ``for``, ``while`` or ``if`` likewise. The other lines of it
    are left out: libcst would take longer for them than all else takes together.
    """

    def __init__(self, source: Source) -> None:
        self._lines = source.lines
        self._tree = source.tree
        self._blocks: dict[ast.AST, list[_Block]] = {}
        self._parsed: dict[int, Definition | None] = {}

    def at(self, line: int) -> Definition | None:
        """The definition to which a line belongs; None if libcst can't parse it."""
        around: list[_Outer] = []
        numbers: list[int] = []
        block = self._block_at(line, self._tree)
        while (outer := _opened(block.statements[-1], line)) is not None:
            around.append(outer)
            numbers += range(block.lines.start, first_line(self._lines, outer.body[0]))
            block = self._block_at(line, outer)
        numbers += block.lines
        if block.lines.start not in self._parsed:
            depth = _depth([*_headers(around), *block.statements])
            definition = None if depth > DEPTH_LIMIT else _parsed(self._lines, numbers)
            self._parsed[block.lines.start] = definition
        return self._parsed[block.lines.start]

    def _block_at(self, line: int, owner: ast.Module | _Outer) -> _Block:
        """The block of a body that has a line; the first one for a line of the header."""
        if owner not in self._blocks:
            self._blocks[owner] = _blocks(self._lines, owner.body)
        blocks = self._blocks[owner]
        return next((each for each in reversed(blocks) if each.lines.start <= line), blocks[0])


def _opened(statement: ast.stmt, line: int) -> _Outer | None:
    """A statement in whose header or body a line stands; None for another clause, as ``else``."""
    if not isinstance(statement, _OUTER):
        return None
    end = statement.body[-1].end_lineno
    return statement if end is not None and line <= end else None


def _blocks(lines: Sequence[str], body: list[ast.stmt]) -> list[_Block]:
    """The statements of a body by the lines that they share."""
    blocks: list[_Block] = []
    for statement in body:
        assert statement.end_lineno is not None
        statements, first = [statement], first_line(lines, statement)
        while first > 1 and lines[first - 2].endswith("\\"):
            first -= 1
        if blocks and first < blocks[-1].lines.stop:
            before = blocks.pop()
            statements, first = [*before.statements, statement], before.lines.start
        blocks.append(_Block(statements, range(first, statement.end_lineno + 1)))
    return blocks


def _parsed(lines: Sequence[str], numbers: list[int]) -> Definition | None:
    """Parse the lines with some numbers, as if there were no others."""
    # Importing libcst takes longer than checking most files: only one with a finding pays.
    from .visitor import Definition

    text = [lines[number - 1] for number in numbers]
    try:
        return Definition(text, numbers)
    except UnparsableError:
        return None


def _headers(around: list[_Outer]) -> Iterator[ast.AST]:
    """What stands in the headers of classes, functions and blocks."""
    for node in around:
        yield from (each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.stmt))


def _depth(nodes: list[ast.AST]) -> int:
    """How deep nodes are, as libcst builds them."""
    deepest = 0
    pending = [(node, 1) for node in nodes]
    while pending:
        current, depth = pending.pop()
        # `a or b or c` is one node here, and one in the other there.
        depth += len(current.values) if isinstance(current, ast.BoolOp) else 1
        deepest = max(deepest, depth)
        pending += [(child, depth) for child in ast.iter_child_nodes(current)]
    return deepest
