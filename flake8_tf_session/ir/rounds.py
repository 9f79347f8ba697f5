"""Tests that tell whether a loop has another round: ``if i < n - 1:``."""

from __future__ import annotations

import ast

_LESS = (ast.Lt, ast.NotEq)
_LAST = (ast.Eq, ast.GtE)
# Names of what holds in the last round alone.
_IS_LAST = frozenset(("is_last", "last"))


def counter_of(loop: ast.For | ast.AsyncFor) -> str:
    """What counts the rounds of a loop: ``i``, ``i + 1`` where it begins with 0; or nothing.

    As a test spells it that compares it with the number of rounds.
    """
    call, target = loop.iter, loop.target
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return ""
    start: ast.expr | None = None
    if call.func.id == "enumerate" and isinstance(target, ast.Tuple):
        target = target.elts[0]
        given = [*call.args[1:2], *(each.value for each in call.keywords)]
        start = given[0] if given else None
    elif call.func.id == "range" and len(call.args) < 3:
        start = call.args[0] if len(call.args) == 2 else None
    else:
        return ""
    if not isinstance(target, ast.Name):
        return ""
    if start is None or _is_number(start, 0):
        return f"{target.id} + 1"
    return target.id if _is_number(start, 1) else ""


def goes_on(test: ast.expr, counter: str) -> bool | None:
    """The outcome of a test with which a loop has another round; None if it does not tell that."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = goes_on(test.operand, counter)
        return None if inner is None else not inner
    if isinstance(test, ast.BoolOp):
        outcome = isinstance(test.op, ast.And)
        return outcome if any(goes_on(each, counter) is outcome for each in test.values) else None
    if isinstance(test, ast.Name):
        return False if test.id in _IS_LAST else None
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    left, right = test.left, test.comparators[0]
    if isinstance(right, ast.Constant):
        return None
    # `i < n - 1` is `i + 1 < n`.
    more = " + 1" if _is_one_less(right) else ""
    if f"{ast.unparse(left)}{more}" != counter:
        return None
    if isinstance(test.ops[0], _LESS):
        return True
    return False if isinstance(test.ops[0], _LAST) else None


def _is_one_less(node: ast.expr) -> bool:
    """Whether something is ``n - 1``, or by its name the last number."""
    if isinstance(node, ast.Name):
        return node.id.lower().startswith("last")
    return (
        isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and _is_number(node.right, 1)
    )


def _is_number(node: ast.expr, number: int) -> bool:
    return isinstance(node, ast.Constant) and node.value == number
