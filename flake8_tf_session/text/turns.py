"""Models that take turns: a method registers, or enters, the session that its object keeps."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..tensorflow.vocabulary import REGISTERING_WORDS
from .source import Source
from .syntax import last_name

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def attributes_in_turn(source: Source) -> frozenset[str]:
    """The attributes that a function registers or enters without setting them, nor as a part of
    one that does: functions are told by their names.
    """
    calls: dict[str, set[str]] = {}
    own: dict[str, set[str]] = {}
    in_use: dict[str, set[str]] = {}
    for function in ast.walk(source.tree):
        if isinstance(function, _FUNCTIONS):
            tables = [table.setdefault(function.name, set()) for table in (calls, own, in_use)]
            for node in _own_nodes(function):
                for table, each in zip(tables, (_called(node), _set(node), _in_use(node))):
                    table.update(() if each is None else (each,))
    for name in calls:
        parts = _reached(name, calls)
        made = set().union(*(own[part] for part in parts))
        for part in parts:
            in_use[part] -= made
    return frozenset().union(*in_use.values())


def _own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes in a function, but for those in functions inside."""
    pending = [function]
    while pending:
        yield (node := pending.pop())
        inner = ast.iter_child_nodes(node)
        pending += [each for each in inner if not isinstance(each, _FUNCTIONS)]


def _reached(name: str, calls: dict[str, set[str]]) -> set[str]:
    """The functions that one calls, directly or not, and itself."""
    found: set[str] = set()
    pending = [name]
    while pending:
        each = pending.pop()
        if each not in found:
            found.add(each)
            pending += calls[each] & calls.keys()
    return found


def _called(node: ast.AST) -> str | None:
    return last_name(node.func) if isinstance(node, ast.Call) else None


def _set(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        return node.attr
    return None


def _in_use(node: ast.AST) -> str | None:
    """The attribute that a call registers, or that a ``with`` enters as it is or as the default."""
    used: ast.expr | None = None
    if isinstance(node, ast.Call) and last_name(node.func) in REGISTERING_WORDS:
        used = next(iter((*node.args, *(keyword.value for keyword in node.keywords))), None)
    elif isinstance(node, ast.withitem):
        used = node.context_expr
        if isinstance(used, ast.Call) and last_name(used.func) == "as_default":
            used = getattr(used.func, "value", None)
    return used.attr if isinstance(used, ast.Attribute) else None
