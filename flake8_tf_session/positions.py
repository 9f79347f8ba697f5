"""Where a libcst node stands in the text, computed for the few nodes that findings name.

libcst keeps no positions; its `PositionProvider` prints a whole module to find them. Here only the
one statement that holds the node is printed, at its own indentation, and its place in the text is
known from the `ast` tree (`Anchor`).
"""

from __future__ import annotations

from typing import NamedTuple, cast

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from .program import Anchor

_EMPTY_SUITE = cst.SimpleStatementSuite([cst.Pass()])


class Range(NamedTuple):
    """A range of the text: lines from 1, columns from 0 in characters, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Positions:
    """The positions of nodes of any file."""

    def __init__(self) -> None:
        self._printed: dict[Anchor, dict[cst.CSTNode, CodeRange]] = {}

    def of_expression(self, node: cst.Call | cst.Attribute, anchor: Anchor) -> Range:
        """The range of a call or attribute, which begins on the line of its last name.

        flake8 honours ``# noqa`` on the line of the finding: in a chain over several lines that is
        the line of the name that is called.
        """
        whole = self._range(node, anchor)
        last = node.func if isinstance(node, cst.Call) else node
        if isinstance(last, cst.Attribute):
            name = self._range(last.attr, anchor)
            if name.line != whole.line:
                return Range(name.line, name.column, whole.end_line, whole.end_column)
        return whole

    def of_statement(self, anchor: Anchor) -> Range:
        """The range of a statement; of a compound one, its header."""
        range_ = self._range(anchor.node, anchor)
        if isinstance(anchor.node, cst.BaseCompoundStatement):
            # It was printed with another body, on the line where its header ends.
            return range_._replace(end_column=range_.end_column - len(" pass"))
        return range_

    def _range(self, node: cst.CSTNode, anchor: Anchor) -> Range:
        printed = self._printed.get(anchor)
        if printed is None:
            printed = self._printed[anchor] = self._print(anchor)
        start = printed[anchor.node].start
        found = printed[node]
        column = _column(anchor)

        def place(line: int, printed_column: int) -> tuple[int, int]:
            shift = column - start.column if line == start.line else 0
            return line - start.line + anchor.line, printed_column + shift

        return Range(
            *place(found.start.line, found.start.column), *place(found.end.line, found.end.column)
        )

    def _print(self, anchor: Anchor) -> dict[cst.CSTNode, CodeRange]:
        """Print the anchor's statement alone, at the indentation it has in the text."""
        line = anchor.source.lines[anchor.line - 1]
        indentation = line[: len(line) - len(line.lstrip(" \t\f"))]
        statement = _alone(anchor.node)
        module = cst.Module([statement])
        if indentation:
            block = cst.IndentedBlock([statement], indent=indentation)
            module = cst.Module([cst.If(cst.Name("_"), block)])
        wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
        ranges = dict(wrapper.resolve(PositionProvider))
        # A statement was copied without its body: the copy's range is the original's.
        if not isinstance(anchor.node, cst.BaseExpression):
            ranges[anchor.node] = ranges[_inner(statement)]
        return ranges


def _column(anchor: Anchor) -> int:
    encoded = anchor.source.lines[anchor.line - 1].encode("utf-8", "surrogatepass")
    return len(encoded[: anchor.byte_column].decode("utf-8", "surrogatepass"))


def _alone(node: cst.CSTNode) -> cst.SimpleStatementLine | cst.BaseCompoundStatement:
    """The statement as one that can be printed without what stands inside its body."""
    if isinstance(node, cst.BaseSmallStatement):
        return cst.SimpleStatementLine([node.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)])
    if isinstance(node, (cst.FunctionDef, cst.ClassDef, cst.With)):
        return node.with_changes(body=_EMPTY_SUITE, leading_lines=())
    if isinstance(node, cst.For):
        return node.with_changes(body=_EMPTY_SUITE, orelse=None, leading_lines=())
    if isinstance(node, cst.Match):
        return node.with_changes(cases=[cst.MatchCase(cst.MatchAs(), _EMPTY_SUITE)])
    return cst.SimpleStatementLine([cst.Expr(cast(cst.BaseExpression, node))])


def _inner(statement: cst.CSTNode) -> cst.CSTNode:
    """The node of a statement from `_alone` that corresponds to the anchor's."""
    if isinstance(statement, cst.SimpleStatementLine):
        return statement.body[0]
    return statement
