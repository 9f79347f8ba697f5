"""Simple statements."""

from __future__ import annotations

from ..domain import escape
from ..domain.frame import Frame
from ..domain.kinds import truth
from ..domain.state import State
from ..domain.values import NONE, UNKNOWN, Instance
from ..ir.nodes import (
    Assert,
    Assign,
    Attribute,
    AugmentedAssign,
    Break,
    Continue,
    Delete,
    Evaluate,
    Name,
    Raise,
    Return,
    Subscript,
    Target,
    Unpack,
)
from .binding import bind, operands, rebind, scope
from .flow import Flow
from .narrowing import narrow


def evaluate(flow: Flow, node: Evaluate, state: State, frame: Frame) -> list[State]:
    """Execute an expression statement."""
    return [after for _, after in flow.evaluate(node.value, state, frame)]


def assign(flow: Flow, node: Assign, state: State, frame: Frame) -> list[State]:
    """Assign a value to its targets."""
    states = []
    for value, after in flow.evaluate(node.value, state, frame):
        reached = [after]
        for target in node.targets:
            reached = [
                later for each in reached for later in bind(flow, target, value, each, frame, node)
            ]
        states += reached
    return states


def augmented_assign(flow: Flow, node: AugmentedAssign, state: State, frame: Frame) -> list[State]:
    """Execute ``target += value``: what the target is then is not known."""
    states = []
    for values, after in flow.evaluate_all((node.target, node.value), state, frame):
        escape.changed(values, after)
        if isinstance(node.target, Subscript):
            rebind(flow, node.target.value, UNKNOWN, UNKNOWN, after, frame)
        else:
            rebind(flow, node.target, values[0], UNKNOWN, after, frame)
        states.append(after)
    return states


def delete(flow: Flow, node: Delete, state: State, frame: Frame) -> list[State]:
    """Execute ``del``."""
    states = [state]
    for target in node.targets:
        states = [after for each in states for after in _unbind(flow, target, each, frame)]
    return states


def _unbind(flow: Flow, target: Target, state: State, frame: Frame) -> list[State]:
    if isinstance(target, Name):
        state.unset(scope(target.id, state, frame), target.id)
        return [state]
    if isinstance(target, Unpack):
        states = [state]
        for inner in target.targets:
            states = [after for each in states for after in _unbind(flow, inner, each, frame)]
        return states
    states = []
    for values, after in flow.evaluate_all(operands(target), state, frame):
        if isinstance(target, Attribute) and isinstance(values[0], Instance):
            after.unset(values[0].id, target.attr)
        states.append(after)
    return states


def return_(flow: Flow, node: Return, state: State, frame: Frame) -> list[State]:
    """Return from a function; out of the flow, the value lives on."""
    if node.value is None:
        frame.exits.returns.append((NONE, state))
        return []
    outcomes = flow.evaluate(node.value, state, frame)
    if frame.caller is None:
        for value, after in outcomes:
            escape.held((value,), after)
    frame.exits.returns += outcomes
    return []


def raise_(flow: Flow, node: Raise, state: State, frame: Frame) -> list[State]:
    """Raise an exception."""
    for values, after in flow.evaluate_all(node.items, state, frame):
        escape.changed(values, after)
        frame.exits.raises.append(after)
    return []


def assert_(flow: Flow, node: Assert, state: State, frame: Frame) -> list[State]:
    """Go on where it may hold: like any statement it may raise, which is no path of its own."""
    held = []
    for value, after in flow.evaluate(node.test, state, frame):
        outcome = truth(value)
        if outcome or (outcome is None and narrow(node.test, True, after, frame)):
            held.append(after)
        else:
            frame.exits.raises += [end for _, end in flow.evaluate_all(node.message, after, frame)]
    return held


def break_(flow: Flow, node: Break, state: State, frame: Frame) -> list[State]:
    """Leave the loop."""
    frame.exits.breaks.append(state)
    return []


def continue_(flow: Flow, node: Continue, state: State, frame: Frame) -> list[State]:
    """Go on with the loop's next round."""
    frame.exits.continues.append(state)
    return []
