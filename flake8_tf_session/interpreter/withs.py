"""``with`` statements: what their managers do before and after the body, which always runs.

The project's own managers are executed: a generator function up to where it yields, where the body
runs, and from there on every way out of the body; the methods of a class before and after it. Where
that can't be known, the session in use is unknown.
"""

from __future__ import annotations

from functools import partial
from typing import Callable, NamedTuple

from ..domain import escape, lookup
from ..domain.exits import Exits, Outcomes
from ..domain.frame import Frame
from ..domain.join import merge
from ..domain.state import Entered, State
from ..domain.values import (
    NO_ARGUMENTS,
    NONE,
    UNKNOWN,
    Arguments,
    ExitStack,
    Instance,
    Method,
    Routine,
    Session,
    Suspended,
    Unknown,
    Value,
)
from ..ir.nodes import With
from ..models import contexts
from ..rules.base import Site
from .binding import bind
from .execution import execute, may_act
from .flow import Flow

_EXCEPTION = Arguments((UNKNOWN, UNKNOWN, UNKNOWN), (), complete=True)


class _Item(NamedTuple):
    """One manager of a ``with`` statement being executed, and the block that it is entered for."""

    flow: Flow
    node: With
    number: int
    block: int
    frame: Frame


def with_(flow: Flow, node: With, state: State, frame: Frame) -> list[State]:
    """Execute a ``with`` statement; the states after it."""
    return _execute_item(flow, node, 0, state, frame)


def _execute_item(flow: Flow, node: With, index: int, state: State, frame: Frame) -> list[State]:
    if index == len(node.items):
        return flow.block(node.body, [state], frame)
    item = _Item(flow, node, index, flow.place(frame, (node, index)), frame)
    after: list[State] = []
    for manager, ready in flow.evaluate(node.items[index][0], state, frame):
        if isinstance(manager, Suspended) and manager.is_manager:
            after += _run_generator(item, manager, ready)
        else:
            after += _run_object(item, manager, ready)
    return after


def _run_body(item: _Item, value: Value, state: State, exits: Exits) -> list[State]:
    """Execute the rest of the statement: its other managers and its body."""
    flow, node, frame = item.flow, item.node, item.frame
    target = node.items[item.number][1]
    starts = [state]
    if target is not None:
        starts = bind(flow, target, value, state, frame, None)
    outer, frame.exits = frame.exits, exits
    ends = [
        end for start in starts for end in _execute_item(flow, node, item.number + 1, start, frame)
    ]
    frame.exits = outer
    return ends


# --- objects -----------------------------------------------------------------------------------


def _run_object(item: _Item, manager: Value, state: State) -> list[State]:
    """Enter an object, run the body, and leave the object."""
    after: list[State] = []
    method = _method(item, manager, "enter", state)
    for value, inside in _enter(item, manager, method, state):
        entry = None if method is None else (state, inside.fork())
        after += _surround(item, value, inside, partial(_leave, item, manager, entry))
    return after


def _surround(
    item: _Item, value: Value, state: State, leave: Callable[[list[State]], list[State]]
) -> list[State]:
    """Run the body, and leave its manager on every way out of it."""
    exits = item.frame.exits
    inner = exits.inner_with()
    after = leave(_run_body(item, value, state, inner))
    for returned, each in inner.returns:
        exits.returns += [(returned, end) for end in leave([each])]
    exits.raises += leave(inner.raises)
    exits.breaks += leave(inner.breaks)
    exits.continues += leave(inner.continues)
    if exits.boundaries is not None:
        exits.boundaries += leave(inner.boundaries or [])
    return after


def _method(item: _Item, manager: Value, name: str, state: State) -> Method | None:
    """A method of the project's by which a manager is entered or left."""
    if not isinstance(manager, Instance):
        return None
    name = f"__a{name}__" if item.node.is_async else f"__{name}__"
    found = lookup.class_attribute(manager.cls, name, state)
    return Method(found, manager) if isinstance(found, Routine) else None


def _enter(item: _Item, manager: Value, method: Method | None, state: State) -> Outcomes:
    """Enter an object; the state given stays as it is."""
    if method is not None:
        known = execute(item.flow, method, NO_ARGUMENTS, item.block, state, item.frame)
        if known is not None:
            return known
    inside = state.fork()
    if method is not None:
        _enter_unknown(item.flow, method, item.block, inside)
        return [(UNKNOWN, inside)]
    expression = item.node.items[item.number][0]
    value = contexts.enter(manager, expression, item.block, inside)
    if isinstance(value, Unknown):
        escape.given((manager,), inside)
    return [(value, inside)]


def _leave(
    item: _Item, manager: Value, entry: tuple[State, State] | None, states: list[State]
) -> list[State]:
    """The states after an object was left; ``entry`` is what a method of the project's entered."""
    after: list[State] = []
    for state in states:
        method = _method(item, manager, "exit", state)
        known = None
        if method is not None:
            call = item.flow.chains.intern(item.block, "exit")
            known = execute(item.flow, method, _EXCEPTION, call, state, item.frame)
        if known is None and method is not None:
            escape.given((method,), state)
        for end in [state] if known is None else [end for _, end in known]:
            if entry is not None:
                before, inside = entry
                if known is None and inside.keras_session != before.keras_session:
                    end.keras_session = UNKNOWN
                _lose_entered(item, before, inside, end)
            item.flow.switches += isinstance(manager, Session)
            contexts.leave(manager, item.block, end)
            after.append(end)
    return after


# --- what is not known -------------------------------------------------------------------------


def _enter_unknown(flow: Flow, manager: Method | Routine, block: int | None, state: State) -> None:
    """Enter a manager of the project of which it is not known what it does."""
    escape.given((manager,), state)
    if may_act(flow, manager, state):
        state.entered = (*state.entered, Entered(UNKNOWN, block))


def _lose_entered(item: _Item, before: State, inside: State, state: State) -> None:
    """Let go of what a manager entered, and is not known to have left when it was left itself."""
    state.entered = tuple(
        Entered(UNKNOWN, None)
        if each.block == item.block or (each in inside.entered and each not in before.entered)
        else each
        for each in state.entered
    )
    state.graphs = tuple(
        (UNKNOWN, None) if each in inside.graphs and each not in before.graphs else each
        for each in state.graphs
    )


# --- generators --------------------------------------------------------------------------------


def _run_generator(item: _Item, manager: Suspended, state: State) -> list[State]:
    """Run the body where the function of its manager yields, and then the rest of that function.

    A return, break or continue waits for that rest, an exception is raised where it yields.
    """
    callee = _callee(manager)
    exits = item.frame.exits
    thrown = len(exits.raises)
    yielded: list[Frame] = []

    def body(inside: State, value: Value, generator: Frame) -> list[State]:
        yielded.append(generator)
        return _run_yielded(item, value, inside, generator)

    known = execute(item.flow, callee, manager.arguments, manager.call, state, item.frame, body)
    if not yielded and known != []:
        # It may yield where that is not seen.
        _enter_unknown(item.flow, callee, item.block, state)
        escape.given(manager.arguments.values(), state)
        inside = state.fork()
        leave = partial(_leave_unknown, item, inside)
        return _surround(item, UNKNOWN, state, leave)
    for each in exits.raises[thrown:]:
        each.leaving = state.leaving
    after: list[State] = []
    for _, end in known or ():
        if len(end.leaving) == len(state.leaving):
            after.append(end)
        else:
            _leave_body(end, exits)
    return after


def _run_yielded(item: _Item, value: Value, state: State, generator: Frame) -> list[State]:
    """Run the body in the place of a ``yield``: the states from which the generator goes on."""
    inner = item.frame.exits.inner_with()
    ends = _run_body(item, value, state, inner)
    generator.exits.raises += inner.raises + merge(inner.boundaries or [])
    ways: list[tuple[str, Outcomes]] = [
        ("returns", inner.returns),
        ("breaks", [(NONE, each) for each in inner.breaks]),
        ("continues", [(NONE, each) for each in inner.continues]),
    ]
    for way, outcomes in ways:
        for returned, each in outcomes:
            each.leaving = (*each.leaving, (way, returned))
            ends.append(each)
    return ends


def _leave_body(state: State, exits: Exits) -> None:
    """Go on with the return, break or continue that had to wait for the generator's rest."""
    *rest, (way, returned) = state.leaving
    state.leaving = tuple(rest)
    if way == "returns":
        exits.returns.append((returned, state))
    else:
        getattr(exits, way).append(state)


def _callee(manager: Suspended) -> Routine | Method:
    if manager.receiver is None:
        return manager.function
    return Method(manager.function, manager.receiver)


def _leave_unknown(item: _Item, inside: State, states: list[State]) -> list[State]:
    for state in states:
        _lose_entered(item, inside, inside, state)
    return states


# --- stacks of managers ------------------------------------------------------------------------


def enter_context(
    flow: Flow, site: Site, stack: ExitStack, manager: Value, state: State
) -> Outcomes:
    """Enter a manager that a stack leaves when it is left itself.

    What one of the project's does then is not known.
    """
    frame = site.frame
    caught: Outcomes = []

    def body(inside: State, value: Value, generator: Frame) -> list[State]:
        caught.append((value, inside))
        return []

    callee: Routine | Method
    known: Outcomes | None
    if isinstance(manager, Suspended) and manager.is_manager:
        callee = _callee(manager)
        known = execute(flow, callee, manager.arguments, manager.call, state, frame, body)
        if known is None or (known and not caught):
            escape.given(manager.arguments.values(), state)
            known = None
        else:
            known = caught
    else:
        found = None
        if isinstance(manager, Instance):
            found = lookup.class_attribute(manager.cls, "__enter__", state)
        if not isinstance(found, Routine):
            assert site.node is not None
            expression = site.node.arguments[0].value
            return [(contexts.enter(manager, expression, stack.id, state), state)]
        callee = Method(found, manager)
        known = execute(flow, callee, NO_ARGUMENTS, site.chain, state, frame)
    if known is None:
        _enter_unknown(flow, callee, None, state)
        return [(UNKNOWN, state)]
    for _, end in known:
        if _differ(state, end):
            end.entered = (*end.entered, Entered(UNKNOWN, None))
    return known


def _differ(before: State, after: State) -> bool:
    return (
        before.entered != after.entered
        or before.graphs != after.graphs
        or before.keras_session != after.keras_session
    )
