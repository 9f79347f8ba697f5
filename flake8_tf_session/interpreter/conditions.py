"""Tests: the paths on which they hold, and those on which they do not."""

from __future__ import annotations

from ..domain import escape, lookup
from ..domain.exits import Outcomes
from ..domain.frame import Frame
from ..domain.join import merge
from ..domain.kinds import is_none, truth
from ..domain.state import State
from ..domain.values import FALSE, NONE, TRUE, UNKNOWN, Const, Unknown
from ..ir.nodes import Boolean, Compare, Conditional, Expression, Not
from .flow import Flow
from .narrowing import narrow


def branch(
    flow: Flow, test: Expression, state: State, frame: Frame, known: bool = True
) -> tuple[list[State], list[State]]:
    """The states in which a test holds, and those in which it does not.

    With ``known`` False the test's value counts for nothing (a loop's second round), but once
    the loop is left it does not hold.
    """
    yes: list[State] = []
    no: list[State] = []
    for value, after in _tested(flow, test, state, frame):
        outcome = truth(value) if known else None
        if outcome is None:
            other = after.fork()
            if not known or narrow(test, True, after, frame):
                yes.append(after)
            if narrow(test, False, other, frame, overrule=not known):
                no.append(other)
        else:
            (yes if outcome else no).append(after)
    return yes, no


def _tested(flow: Flow, test: Expression, state: State, frame: Frame) -> Outcomes:
    """Evaluate an expression of whose value only the truth counts."""
    if isinstance(test, Boolean) and not test.calls:
        return _combine(flow, test, state, frame, is_test=True)
    return flow.evaluate(test, state, frame)


def boolean(flow: Flow, node: Boolean, state: State, frame: Frame) -> Outcomes:
    """Evaluate ``a and b``, ``a or b``: an operand that is not reached is not evaluated."""
    if not node.calls:
        return _combine(flow, node, state, frame, is_test=False)
    done: Outcomes = []
    states = [state]
    for index, operand in enumerate(node.values):
        last = index == len(node.values) - 1
        following: list[State] = []
        for each in states:
            for value, after in flow.evaluate(operand, each, frame):
                outcome = truth(value)
                if last or (outcome is not None and outcome != node.is_and):
                    done.append((value, after))
                    continue
                if outcome is None:
                    stopped = after.fork()
                    if narrow(operand, not node.is_and, stopped, frame):
                        fact = FALSE if node.is_and else TRUE
                        known = fact if isinstance(value, Unknown) else value
                        done.append((known, stopped))
                    if not narrow(operand, node.is_and, after, frame):
                        continue
                following.append(after)
        states = merge(following)
    return done


def _combine(flow: Flow, node: Boolean, state: State, frame: Frame, is_test: bool) -> Outcomes:
    """No operand does anything: which of them are evaluated makes no difference."""
    outcomes: Outcomes = []
    for values, after in flow.evaluate_all(node.values, state, frame):
        value = lookup.combine(values, node.is_and)
        if isinstance(value, Unknown) and not is_test:
            escape.changed(values, after)
        outcomes.append((value, after))
    return outcomes


def not_(flow: Flow, node: Not, state: State, frame: Frame) -> Outcomes:
    """Evaluate ``not a``."""
    outcomes: Outcomes = []
    for value, after in _tested(flow, node.operand, state, frame):
        outcome = truth(value)
        outcomes.append((UNKNOWN if outcome is None else Const(not outcome), after))
    return outcomes


def compare(flow: Flow, node: Compare, state: State, frame: Frame) -> Outcomes:
    """Evaluate a comparison of two: known where one is None, or a constant."""
    outcomes: Outcomes = []
    for (left, right), after in flow.evaluate_all((node.left, node.right), state, frame):
        # Configs are compared in tests: that is a use.
        escape.used((left, right), after)
        equal: bool | None = None
        if right == NONE:
            equal = is_none(left)
        elif isinstance(left, Const) and isinstance(right, Const):
            equal = left.value == right.value
        if equal is None:
            outcomes.append((UNKNOWN, after))
        else:
            outcomes.append((Const(equal == (node.operator in ("is", "=="))), after))
    return outcomes


def conditional(flow: Flow, node: Conditional, state: State, frame: Frame) -> Outcomes:
    """Evaluate ``a if test else b``, on the paths on which the test holds or does not."""
    yes, no = branch(flow, node.test, state, frame)
    outcomes: Outcomes = []
    for states, expression in ((yes, node.body), (no, node.orelse)):
        for each in states:
            outcomes += flow.evaluate(expression, each, frame)
    return outcomes
