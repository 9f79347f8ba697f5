"""From places of the text to the nodes of its syntax tree."""

from __future__ import annotations

import ast
from typing import NamedTuple, Union, cast, get_args

from ..report.ranges import Range, first_line
from .cells import SEPARATOR
from .draft import Draft
from .observe import End

Definition = Union[ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef]
Scope = Union[ast.Module, Definition]


class Slot(NamedTuple):
    """Where a statement stands: its block and its number there, and what the block is part of."""

    statement: ast.stmt
    block: list[ast.stmt]
    number: int
    owner: ast.AST


class Places:
    """The statements and calls of a text by their places."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.calls: dict[End, ast.Call] = {}
        self.functions: dict[tuple[int, int], Definition] = {}
        self._slots: dict[ast.AST, Slot] = {}
        self._parents: dict[ast.AST, ast.AST] = {}
        pending: list[ast.AST] = [draft.tree]
        while pending:
            node = pending.pop()
            if isinstance(node, ast.Call):
                range_ = draft.range_of(node)
                self.calls[range_.end_line, range_.end_column] = node
            elif isinstance(node, get_args(Definition)):
                self.functions[node.lineno, node.col_offset] = node
            for _, value in ast.iter_fields(node):
                if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                    for index, statement in enumerate(value):
                        self._slots[statement] = Slot(statement, value, index, node)
            for child in ast.iter_child_nodes(node):
                self._parents[child] = node
                pending.append(child)

    def call(self, range_: Range) -> ast.Call | None:
        """The call that ends where a range does."""
        return self.calls.get((range_.end_line, range_.end_column))

    def slot_of(self, node: ast.AST) -> Slot:
        """The statement that a node stands in."""
        while not isinstance(node, ast.stmt):
            node = self._parents[node]
        return self._slots[node]

    def parent(self, node: ast.AST) -> ast.AST:
        """What a node is part of."""
        return self._parents[node]

    def scope_of(self, statement: ast.stmt) -> Scope:
        """The function, class or module whose own statement this is."""
        node = self._parents[statement]
        while not isinstance(node, get_args(Scope)):
            node = self._parents[node]
        return cast(Scope, node)

    def lines_around(self, place: Range) -> range:
        """The lines of the innermost function or class whose body a place is in, or all lines."""
        inside = range(len(self.draft.lines) + 1)
        for node in self.functions.values():
            start = self.draft.range_of(node.body[0])
            lines = range(start.line, (node.end_lineno or start.line) + 1)
            if start[:2] <= place[:2] and place.line in lines and lines[0] > inside[0]:
                inside = lines
        return inside

    def around(self, node: ast.AST) -> list[ast.AST]:
        """What a node stands in, from the inside, up to its statement."""
        found = []
        while not isinstance(node, ast.stmt):
            node = self._parents[node]
            found.append(node)
        return found

    def slots_at(self, range_: Range) -> list[Slot]:
        """The statements around a place, outermost first."""
        found: list[Slot] = []
        block: list[ast.stmt] = self.draft.tree.body
        while block:
            slot = next((self._slots[each] for each in block if self._holds(each, range_)), None)
            if slot is None:
                break
            found.append(slot)
            block = [
                each
                for _, value in ast.iter_fields(slot.statement)
                if isinstance(value, list)
                for part in value
                for each in ([part] if isinstance(part, ast.stmt) else getattr(part, "body", []))
                if isinstance(each, ast.stmt)
            ]
        return found

    def first_line(self, statement: ast.stmt) -> int:
        """The line on which a statement begins, with its decorators."""
        return first_line(self.draft.lines, statement)

    def commented_line(self, statement: ast.stmt) -> int:
        """The line of a statement or, if a comment belongs to it, of the comment above it."""
        slot, line = self._slots[statement], self.first_line(statement)
        indentation = self.indentation(statement)
        above = 0
        if slot.number:
            above = self.draft.range_of(slot.block[slot.number - 1]).end_line
        while (
            line - 1 > above
            and self.draft.body(line - 1).startswith(f"{indentation}#")
            and not SEPARATOR.match(self.draft.body(line - 1))
        ):
            line -= 1
        return line

    def has_own_lines(self, slot: Slot) -> bool:
        """Whether nothing but comments stands on a statement's lines beside it."""
        statement, draft = slot.statement, self.draft
        range_ = draft.range_of(statement)
        before = draft.body(range_.line)[: range_.column]
        after = draft.body(range_.end_line)[range_.end_column :].strip()
        return not before.strip(" \t\f") and (not after or after.startswith("#"))

    def indentation(self, statement: ast.stmt) -> str:
        """What stands before a statement that has lines of its own."""
        range_ = self.draft.range_of(statement)
        # A form feed before a statement starts its indentation anew.
        return self.draft.body(range_.line)[: range_.column].rpartition("\f")[2]

    def _holds(self, statement: ast.stmt, range_: Range) -> bool:
        own = self.draft.range_of(statement)
        first = self.first_line(statement)
        start = (first, 0) if first < own.line else (own.line, own.column)
        return start <= (range_.line, range_.column) < (own.end_line, own.end_column)


def unit_of(indentation: str) -> str:
    """By what a block is indented further that stands under a statement so indented."""
    return "\t" if indentation.endswith("\t") else "    "
