"""The libcst visitor: walks the definitions in which a flow went wrong, and flags the headers,
calls and attributes that findings name.

A lossless tree knows the place of every name on every Python; Python's own tree misplaces what
stands in f-strings before 3.12, and has no place for a header's end. Only such definitions are
parsed by libcst: where nothing is found, it is not even imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Union

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from ..failures import UnparsableError, is_failure
from .ranges import Range

_Compound = Union[cst.ClassDef, cst.FunctionDef, cst.With]


class Link(NamedTuple):
    """A call or attribute, and the last name of it."""

    whole: Range
    name: Range


class Flagged(NamedTuple):
    """What was flagged in a range that was named.

    Attributes:
        links: The calls and attributes in it, outer ones first.
        header: The header of the class, function or `with` block that begins in it, without
            decorators, if one does.
    """

    links: list[Link]
    header: Range | None


class Definition:
    """A class, function or other statement of a file, as libcst sees it (see `Definitions`)."""

    def __init__(self, lines: Sequence[str], numbers: Sequence[int]) -> None:
        """Parse whole lines, which have some numbers in the file.

        Raises:
            UnparsableError: libcst can't parse them.
        """
        # The module that libcst makes of them ends on a line of its own.
        lines = [*lines, ""]
        self._numbers = [*numbers, numbers[-1] + 1]
        # A form feed begins the indentation anew: libcst keeps nothing of what was before.
        self._dropped = [_indentation(line).rfind("\f") + 1 for line in lines]
        text = "\n".join(line[dropped:] for line, dropped in zip(lines, self._dropped))
        self._module, self._places = _parsed(text)

    def flag(self, named: Range) -> Flagged:
        """Flag what stands in a range of the file."""
        visitor = DefinitionVisitor(self, named)
        self._module.visit(visitor)
        return Flagged(visitor.links, visitor.header)

    def range_of(self, node: cst.CSTNode) -> Range:
        """The range of a node in the file."""
        start, end = self._places[node].start, self._places[node].end
        return Range(
            self._numbers[start.line - 1],
            start.column + self._dropped[start.line - 1],
            self._numbers[end.line - 1],
            end.column + self._dropped[end.line - 1],
        )


class DefinitionVisitor(cst.CSTVisitor):
    """Walks a definition to what was named in it: a statement of a class's ``__init__`` or another
    method, of a function, or the header of one of them; and flags what stands there.
    """

    def __init__(self, definition: Definition, named: Range) -> None:
        super().__init__()
        self._range_of = definition.range_of
        self._start, self._end = named[:2], named[2:]
        self.links: list[Link] = []
        self.header: Range | None = None

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Go only where something was named."""
        range_ = self._range_of(node)
        return range_[:2] < self._end and range_[2:] > self._start and super().on_visit(node)

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._flag_header(node)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._flag_header(node)

    def visit_With(self, node: cst.With) -> None:
        self._flag_header(node)

    def visit_Call(self, node: cst.Call) -> None:
        self._flag(node, node.func)

    def visit_Attribute(self, node: cst.Attribute) -> None:
        self._flag(node, node)

    def _flag_header(self, node: _Compound) -> None:
        start, colon = self._range_of(node), self._range_of(node.whitespace_before_colon)
        if start[:2] >= self._start:
            self.header = Range(*start[:2], colon.end_line, colon.end_column + len(":"))

    def _flag(self, node: cst.BaseExpression, last: cst.BaseExpression) -> None:
        name = last.attr if isinstance(last, cst.Attribute) else last
        whole = self._range_of(node)
        if self._start <= whole[:2] and whole[2:] <= self._end:
            self.links.append(Link(whole, self._range_of(name)))


def _parsed(text: str) -> tuple[cst.Module, Mapping[cst.CSTNode, CodeRange]]:
    """The tree of a text, and the places of its nodes."""
    try:
        wrapper = _Wrapper(cst.parse_module(text), unsafe_skip_copy=True)
        return wrapper.module, wrapper.resolve(PositionProvider)
    except BaseException as error:
        # Its parser panics with an exception that is no `Exception`.
        if not is_failure(error):
            raise
        raise UnparsableError from error


class _Wrapper(MetadataWrapper):
    """What finds out positions, without the walk that libcst also makes for visitors in a batch:
    there are none.
    """

    def visit_batched(self, visitors: Iterable[Any], *_: object) -> cst.CSTNode:
        return self.module


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t\f"))]
