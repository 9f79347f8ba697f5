"""Where a node of the IR stands in the text: asked for the few that findings name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple, Union

from ..ir.nodes import Anchor
from ..text.source import Source
from .definitions import Definitions
from .ranges import Range, first_line, range_of

if TYPE_CHECKING:
    from .visitor import Link

_Linked = Union[ast.Call, ast.Attribute]
_Compound = Union[ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.With, ast.AsyncWith]
_COMPOUND = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.With, ast.AsyncWith)


class _Flagged(NamedTuple):
    """What the visitor flagged of a statement: its calls and attributes, and its header."""

    links: dict[_Linked, Link]
    header: Range | None


class Positions:
    """The positions of nodes of any file: those of libcst, or else of Python's own tree."""

    def __init__(self) -> None:
        self._definitions: dict[Source, Definitions] = {}
        self._flagged: dict[Anchor, _Flagged] = {}

    def of_expression(self, node: _Linked, anchor: Anchor) -> Range:
        """The range of a call or attribute, which begins on the line of its last name.

        flake8 honours ``# noqa`` on the line of the finding: in a chain over several lines that is
        the line of the name that is called.
        """
        whole, name = self._flag(anchor).links.get(node) or _in_tree(node, anchor)
        if name.line == whole.line:
            return whole
        return whole._replace(line=name.line, column=name.column)

    def of_statement(self, anchor: Anchor) -> Range:
        """The range of a statement; of a compound one, its header."""
        lines, node = anchor.source.lines, anchor.node
        if not isinstance(node, _COMPOUND):
            return range_of(lines, node)
        header = self._flag(anchor).header
        if header is not None:
            return header
        # Python's own tree has no place for its end.
        return range_of(lines, node)._replace(
            end_line=node.lineno, end_column=len(lines[node.lineno - 1].rstrip())
        )

    def _flag(self, anchor: Anchor) -> _Flagged:
        flagged = self._flagged.get(anchor)
        if flagged is None:
            flagged = self._flagged[anchor] = self._visit(anchor)
        return flagged

    def _visit(self, anchor: Anchor) -> _Flagged:
        lines, node = anchor.source.lines, anchor.node
        definitions = self._definitions.get(anchor.source)
        if definitions is None:
            definitions = self._definitions[anchor.source] = Definitions(anchor.source)
        definition = definitions.at(node.lineno)
        if definition is None:
            return _Flagged({}, None)
        named = _header(lines, node) if isinstance(node, _COMPOUND) else range_of(lines, node)
        links, header = definition.flag(named)
        return _Flagged(dict(zip(_links(node), links)), header)


def _header(lines: list[str], node: _Compound) -> Range:
    """What stands before the body of a statement, its decorators included."""
    start, first = range_of(lines, node), first_line(lines, node)
    if first < start.line:
        start = start._replace(line=first, column=0)
    body = range_of(lines, node.body[0])
    line = first_line(lines, node.body[0])
    return Range(start.line, start.column, line, 0 if line < body.line else body.column)


def _in_tree(node: _Linked, anchor: Anchor) -> tuple[Range, Range]:
    """A call or attribute and the last name of it, as Python's own tree has them."""
    lines = anchor.source.lines
    last = node.func if isinstance(node, ast.Call) else node
    name = range_of(lines, last)
    if isinstance(last, ast.Attribute):
        name = Range(name.end_line, name.end_column - len(last.attr), *name[2:])
    return range_of(lines, node), name


def _links(node: ast.AST) -> list[_Linked]:
    """The calls and attributes of a statement's header or an expression, as the visitor meets
    them.
    """
    links: list[_Linked] = []
    pending: list[ast.AST] = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, (ast.Call, ast.Attribute)):
            links.append(current)
        pending += reversed(_parts(current))
    return links


def _parts(node: ast.AST) -> list[ast.AST]:
    """The parts of a node, in the order of the text; not the body of a statement."""
    parts: list[ast.AST] = []
    for child in ast.iter_child_nodes(node):
        if not hasattr(child, "lineno"):
            # It has no place of its own: parameters, say.
            parts += _parts(child)
        elif not isinstance(child, ast.stmt):
            parts.append(child)
    if not isinstance(node, (ast.JoinedStr, ast.FormattedValue)):
        # Their parts are misplaced before Python 3.12, but in their order.
        parts.sort(key=lambda each: (each.lineno, each.col_offset))  # type: ignore[attr-defined]
    return parts
