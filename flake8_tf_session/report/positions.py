"""Where a node of the program form stands in the text: asked for the few that findings name."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..ir.nodes import Anchor

if TYPE_CHECKING:
    from .visitor import Flagged


class Range(NamedTuple):
    """A range of the text: lines from 1, columns from 0 in characters, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Positions:
    """The positions of nodes of any file."""

    def __init__(self) -> None:
        self._flagged: dict[Anchor, Flagged] = {}

    def of_expression(self, node: ast.Call | ast.Attribute, anchor: Anchor) -> Range:
        """The range of a call or attribute, which begins on the line of its last name.

        flake8 honours ``# noqa`` on the line of the finding: in a chain over several lines that is
        the line of the name that is called.

        Raises:
            BaseException: libcst can't parse its statement.
        """
        whole, name = self._flag(anchor).links[node]
        if name.line == whole.line:
            return whole
        return whole._replace(line=name.line, column=name.column)

    def of_statement(self, anchor: Anchor) -> Range:
        """The range of a statement; of a compound one, its header.

        Raises:
            BaseException: libcst can't parse it.
        """
        return self._flag(anchor).whole

    def _flag(self, anchor: Anchor) -> Flagged:
        # Importing libcst takes longer than checking most files: only one with a finding pays.
        from .visitor import flag

        flagged = self._flagged.get(anchor)
        if flagged is None:
            flagged = self._flagged[anchor] = flag(anchor.source.lines, anchor.node)
        return flagged


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
