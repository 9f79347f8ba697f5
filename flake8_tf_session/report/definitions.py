"""The definitions of a file: its top-level statements, which libcst parses when they are asked for.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from typing import TYPE_CHECKING

from ..failures import is_failure
from ..text.project import Source
from .ranges import first_line

if TYPE_CHECKING:
    from .visitor import Definition

# libcst's parser has no limit of its own: what is nested deeper overflows the stack, which ends
# Python.
DEPTH_LIMIT = 5_500


class _Block:
    """Top-level statements that share their lines: nearly always one."""

    def __init__(self, first: int, statement: ast.stmt) -> None:
        self.first = self.last = first
        self.statements: list[ast.stmt] = []
        self.add(statement)

    def add(self, statement: ast.stmt) -> None:
        """Add a statement that begins on the last line."""
        assert statement.end_lineno is not None
        self.last = statement.end_lineno
        self.statements.append(statement)


class Definitions:
    """The definitions of a file."""

    def __init__(self, source: Source) -> None:
        self._lines = lines = source.lines
        self._blocks: list[_Block] = []
        self._parsed: dict[_Block, Definition | None] = {}
        for statement in source.tree.body:
            first = first_line(lines, statement)
            while first > 1 and lines[first - 2].endswith("\\"):
                first -= 1
            if self._blocks and first <= self._blocks[-1].last:
                self._blocks[-1].add(statement)
            else:
                self._blocks.append(_Block(first, statement))
        self._firsts = [block.first for block in self._blocks]

    def at(self, line: int) -> Definition | None:
        """What stands on a line; None if libcst can't parse it."""
        block = self._blocks[bisect_right(self._firsts, line) - 1]
        if block not in self._parsed:
            self._parsed[block] = self._parse(block)
        return self._parsed[block]

    def _parse(self, block: _Block) -> Definition | None:
        # Importing libcst takes longer than checking most files: only one with a finding pays.
        from .visitor import Definition

        lines = self._lines[block.first - 1 : block.last]
        if _is_too_deep(block.statements, sum(map(len, lines))):
            return None
        try:
            return Definition(lines, block.first)
        except BaseException as error:
            if not is_failure(error):
                raise
            return None


def _is_too_deep(statements: list[ast.stmt], length: int) -> bool:
    """Whether statements of some length are nested too deeply for libcst, as it builds them."""
    if length <= DEPTH_LIMIT:
        # Each level has a character at least.
        return False
    pending: list[tuple[ast.AST, int]] = [(statement, 0) for statement in statements]
    while pending:
        current, depth = pending.pop()
        # `a or b or c` is one node here, and one in the other there.
        depth += len(current.values) if isinstance(current, ast.BoolOp) else 1
        if depth > DEPTH_LIMIT:
            return True
        pending += [(child, depth) for child in ast.iter_child_nodes(current)]
    return False
