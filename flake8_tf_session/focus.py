"""The focus: which part of a file libcst parses at a time.

A file is parsed in units: the module with its classes, and the body of each function once a flow
enters it. What stands between statements (comments, empty lines) is in no unit. Lines are taken
out by the `ast` tree that is there anyway, and the statements that stay correspond to the tree's.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import NamedTuple, Union

FunctionNode = Union[ast.FunctionDef, ast.AsyncFunctionDef]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_BLOCKS = ("body", "orelse", "finalbody")
_CLAUSES = ("handlers", "cases")
# libcst's parser has no limit of its own: deeper expressions overflow the stack, which ends Python.
DEPTH_LIMIT = 5_500


class Unit(NamedTuple):
    """A part of a file.

    Attributes:
        text: What libcst parses.
        left_out: The functions whose bodies are not in the text; each is a unit of its own.
    """

    text: str
    left_out: frozenset[FunctionNode]


class _Cut(NamedTuple):
    """Lines that are left out, the last exclusive, and what stands for them."""

    start: int
    end: int
    instead: str


def module_unit(lines: Sequence[str], tree: ast.Module) -> Unit:
    """The module of a file, given by its lines, without the bodies of functions.

    Raises:
        RecursionError: libcst would not survive it.
    """
    cuts, left_out = _cuts(lines, tree.body)
    return Unit(_without(lines, 1, len(lines) + 1, cuts), left_out)


def body_unit(lines: Sequence[str], function: FunctionNode) -> Unit:
    """The body of a function, under a header of its own, without those of inner functions.

    Raises:
        RecursionError: libcst would not survive it.
    """
    cuts, left_out = _cuts(lines, function.body)
    header = "async def _():\n" if isinstance(function, ast.AsyncFunctionDef) else "def _():\n"
    first, end = _first_line(lines, function.body[0]), _last_line(function) + 1
    return Unit(f"{header}{_without(lines, first, end, cuts)}\n\n", left_out)


def _cuts(
    lines: Sequence[str], statements: Sequence[ast.stmt]
) -> tuple[list[_Cut], frozenset[FunctionNode]]:
    """What to leave out of statements."""
    cuts: list[_Cut] = []
    left_out: set[FunctionNode] = set()
    pending: list[Sequence[ast.AST]] = [statements]
    while pending:
        end = 0
        for node in pending.pop():
            if isinstance(node, ast.stmt):
                start = _first_line(lines, node)
                # After a backslash even an empty line belongs to the statement.
                if end and end < start and not lines[end - 2].endswith("\\"):
                    cuts.append(_Cut(end, start, ""))
                end = _last_line(node) + 1
                _check_depth(lines, node, start)
                if isinstance(node, _FUNCTIONS):
                    first = _first_line(lines, node.body[0])
                    indentation = lines[first - 1][: node.body[0].col_offset]
                    if not indentation or indentation.isspace():
                        cuts.append(_Cut(first, end, indentation + "pass"))
                        left_out.add(node)
                    continue
            pending += [block for name in _BLOCKS if (block := getattr(node, name, None))]
            pending += [block for name in _CLAUSES if (block := getattr(node, name, None))]
    return sorted(cuts), frozenset(left_out)


def _check_depth(lines: Sequence[str], statement: ast.stmt, start: int) -> None:
    """Check how deep the expressions of a statement are, as libcst builds them.

    Raises:
        RecursionError: too deep.
    """
    body = getattr(statement, "body", None)
    end = _last_line(body[0] if isinstance(body, list) and body else statement)
    if sum(map(len, lines[start - 1 : end])) <= DEPTH_LIMIT:
        # Each level has a character at least.
        return
    pending: list[tuple[ast.AST, int]] = [(statement, 0)]
    while pending:
        node, depth = pending.pop()
        # `a or b or c` is one node here, and one in the other there.
        depth += len(node.values) if isinstance(node, ast.BoolOp) else 1
        if depth > DEPTH_LIMIT:
            raise RecursionError(f"expressions are nested deeper than {DEPTH_LIMIT}")
        pending += [
            (child, depth)
            for child in ast.iter_child_nodes(node)
            if not isinstance(child, (ast.stmt, ast.excepthandler))
        ]


def _without(lines: Sequence[str], start: int, end: int, cuts: Sequence[_Cut]) -> str:
    """Lines of a text, numbered from 1 and the last exclusive, with what stands for the cuts."""
    kept: list[str] = []
    for cut in cuts:
        kept += lines[start - 1 : cut.start - 1]
        if cut.instead:
            kept.append(cut.instead)
        start = cut.end
    kept += lines[start - 1 : end - 1]
    return "\n".join(kept)


def _first_line(lines: Sequence[str], statement: ast.stmt) -> int:
    """The line on which a statement begins, that of its first decorator included."""
    decorators = getattr(statement, "decorator_list", None)
    if not decorators:
        return statement.lineno
    line: int = decorators[0].lineno
    # The decorator's own line may be inside parentheses.
    while not lines[line - 1].lstrip(" \t\f").startswith("@"):
        line -= 1
    return line


def _last_line(statement: ast.stmt) -> int:
    assert statement.end_lineno is not None
    return statement.end_lineno
