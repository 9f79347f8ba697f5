"""Models that take turns: a method registers, or enters, the session that its object keeps, and
uses a model.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from ..tensorflow.vocabulary import READING_METHODS, REGISTERING_WORDS
from .source import Source
from .syntax import last_name

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class _Function(NamedTuple):
    """What a function does itself, by the names of functions and attributes."""

    calls: frozenset[str]
    made: frozenset[str]
    used: frozenset[str]
    entered: frozenset[str]


def attributes_in_turn(source: Source) -> frozenset[str]:
    """The attributes that a function registers or enters, and does not set, where it uses a model
    of another attribute that it does not set; with what the functions do that it calls, by their
    names.
    """
    functions: dict[str, list[_Function]] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, _FUNCTIONS):
            inner = list(_own_nodes(node))
            facts = (
                frozenset(filter(None, map(fact, inner)))
                for fact in (_called, _set, _used, _entered)
            )
            functions.setdefault(node.name, []).append(_Function(*facts))
    found: set[str] = set()
    for function in (each for namesakes in functions.values() for each in namesakes):
        parts = _reached(function, functions)
        made = frozenset().union(*(part.made for part in parts))
        if any(part.used - made for part in parts):
            found |= frozenset().union(*(part.entered for part in parts)) - made
    return frozenset(found)


def _own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes in a function, but for those in functions inside."""
    pending = [function]
    while pending:
        yield (node := pending.pop())
        inner = ast.iter_child_nodes(node)
        pending += [each for each in inner if not isinstance(each, _FUNCTIONS)]


def _reached(function: _Function, functions: dict[str, list[_Function]]) -> list[_Function]:
    """A function, and those that it calls, directly or not."""
    found = [function]
    seen: set[str] = set()
    for each in found:
        names = (each.calls & functions.keys()) - seen
        seen |= names
        found += (called for name in sorted(names) for called in functions[name])
    return found


def _called(node: ast.AST) -> str | None:
    return last_name(node.func) if isinstance(node, ast.Call) else None


def _set(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        return node.attr
    return None


def _used(node: ast.AST) -> str | None:
    """The attribute of which a call reads or trains the weights."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        used = node.func.value
        if node.func.attr in READING_METHODS and isinstance(used, ast.Attribute):
            return used.attr
    return None


def _entered(node: ast.AST) -> str | None:
    """The attribute that a call registers, or that a ``with`` enters as it is or as the default."""
    used: ast.expr | None = None
    if isinstance(node, ast.Call) and last_name(node.func) in REGISTERING_WORDS:
        used = next(iter((*node.args, *(keyword.value for keyword in node.keywords))), None)
    elif isinstance(node, ast.withitem):
        used = node.context_expr
        if isinstance(used, ast.Call) and last_name(used.func) == "as_default":
            used = getattr(used.func, "value", None)
    return used.attr if isinstance(used, ast.Attribute) else None
