"""The text that is being fixed: its lines with their own ends, and where each came from."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from ..report.ranges import Range, range_of
from ..text.source import parsed

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

Origin = tuple[int, int]
"""The line (from 1) and the column (from 0) that a character had in the first text."""


class Edit(NamedTuple):
    """A range of the text and what stands there instead, its lines ended as `ast` ends them."""

    range: Range
    text: str


class Draft:
    """A text that is never changed: each edit makes another one.

    Attributes:
        lines: The lines, with the ends that they have in the file.
        origins: For each character of each line, and for the line's end, where it stood in the
            first text; None for one that a fix has added.
    """

    def __init__(self, lines: list[str], origins: list[list[Origin | None]]) -> None:
        self.lines = lines
        self.origins = origins

    @cached_property
    def normal(self) -> str:
        """The text with the line ends that `ast` counts by."""
        return "".join(body + ("\n" if end else "") for body, end in map(_split, self.lines))

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree, for which it is parsed when somebody first asks.

        Raises:
            SyntaxError: it is no Python.
        """
        return parsed(self.normal)

    @classmethod
    def of(cls, text: str) -> Draft:
        """The first text."""
        lines = _LINE.findall(text)
        return cls(
            lines,
            [
                [(number, column) for column in range(len(_split(line)[0]) + 1)]
                for number, line in enumerate(lines, 1)
            ],
        )

    @property
    def text(self) -> str:
        """The text as it is written to the file."""
        return "".join(self.lines)

    def body(self, line: int) -> str:
        """A line without its end."""
        return _split(self.lines[line - 1])[0]

    def range_of(self, node: ast.expr | ast.stmt) -> Range:
        """The range of a node of the tree, in characters."""
        return range_of(self.lines, node)

    def segment(self, range_: Range) -> str:
        """The text of a range, its lines ended as `ast` ends them."""
        if range_.line == range_.end_line:
            return self.body(range_.line)[range_.column : range_.end_column]
        inner = [self.body(number) for number in range(range_.line + 1, range_.end_line)]
        first = self.body(range_.line)[range_.column :]
        return "\n".join([first, *inner, self.body(range_.end_line)[: range_.end_column]])

    def edited(self, edits: Iterable[Edit]) -> Draft:
        """The text with some ranges replaced, which must not overlap."""
        lines, origins = list(self.lines), list(self.origins)
        for edit in sorted(set(edits), reverse=True):
            self._replace(lines, origins, _trimmed(self.segment(edit.range), edit))
        return Draft(lines, origins)

    def moved(self, taken: list[int], before: int) -> Draft:
        """The text with whole lines, in the order given, moved above the line ``before``."""
        others = [number for number in range(1, len(self.lines) + 1) if number not in taken]
        at = others.index(before)
        order = [*others[:at], *taken, *others[at:]]
        lines = [self.lines[number - 1] for number in order]
        if not _split(self.lines[-1])[1]:
            # The last line has no end: it gets one, and the line that is the last now has none.
            lines[order.index(len(self.lines))] += _split(self.lines[0])[1]
            lines[-1] = _split(lines[-1])[0]
        return Draft(lines, [self.origins[number - 1] for number in order])

    def _replace(self, lines: list[str], origins: list[list[Origin | None]], edit: Edit) -> None:
        start, end = edit.range.line - 1, edit.range.end_line - 1
        newline = _split(self.lines[start])[1] or _split(self.lines[0])[1] or "\n"
        last, ending = _split(lines[end])
        head = _split(lines[start])[0][: edit.range.column]
        parts = (head + edit.text + last[edit.range.end_column :]).split("\n")
        known = origins[start][: edit.range.column] + [None] * len(edit.text)
        known += origins[end][edit.range.end_column :]
        lines[start : end + 1] = [part + newline for part in parts[:-1]] + [parts[-1] + ending]
        # In the edit's text a line's end is one character.
        stops = list(itertools.accumulate(len(part) + 1 for part in parts))
        origins[start : end + 1] = [known[a:b] for a, b in zip([0, *stops], stops)]


def _split(line: str) -> tuple[str, str]:
    body = line.rstrip("\r\n")
    return body, line[len(body) :]


def _trimmed(old: str, edit: Edit) -> Edit:
    """The edit without what it would replace by the same."""
    new = edit.text
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[len(old) - 1 - tail] == new[len(new) - 1 - tail]:
        tail += 1
    line, column = _advanced(edit.range.line, edit.range.column, old[:head])
    end_line, end_column = _advanced(line, column, old[head : len(old) - tail])
    return Edit(Range(line, column, end_line, end_column), new[head : len(new) - tail])


def _advanced(line: int, column: int, text: str) -> tuple[int, int]:
    lines = text.split("\n")
    if len(lines) == 1:
        return line, column + len(text)
    return line + len(lines) - 1, len(lines[-1])
