"""Executing functions of the project."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain import escape, lookup, reachability
from ..domain.call_strings import MODULE
from ..domain.exits import Outcomes
from ..domain.frame import Frame, OnYield
from ..domain.join import merge
from ..domain.state import State
from ..domain.values import (
    NONE,
    UNKNOWN,
    Arguments,
    Method,
    Routine,
    Sequence,
    Suspended,
    Value,
)
from ..ir.nodes import Assert, Block, Constant, Function, GivenUp, Raise, Try
from .arguments import pass_parameters
from .flow import Flow
from .limits import CALL_DEPTH_LIMIT, FAR_STEP_LIMITS


def follow(
    flow: Flow,
    callee: Routine | Method,
    arguments: Arguments,
    call: int,
    state: State,
    frame: Frame,
) -> Outcomes:
    """Call a function of the project; the state given is used up."""
    routine, receiver = _resolved(callee)
    if routine.wrapper == "contextmanager" and routine.function.is_generator:
        return [(Suspended(routine, receiver, arguments, call), state)]
    if routine.wrapper == "cache":
        return _follow_cached(flow, callee, arguments, call, state, frame)
    known = None
    if not routine.function.is_generator:
        known = execute(flow, callee, arguments, call, state, frame)
    if known is None:
        # A generator lives on with the variables around it.
        values = (callee, *arguments.values())
        is_too_far = _is_too_far(flow, routine)
        if flow.options.follow_threads and routine.function.is_generator and not is_too_far:
            # It runs where it is consumed.
            escape.held(values, state)
            return [(Suspended(routine, receiver, arguments, call), state)]
        reached = escape.given(values, state)
        if is_too_far:
            _lose(reached, state)
        return [(UNKNOWN, state)]
    return known


def _follow_cached(
    flow: Flow,
    callee: Routine | Method,
    arguments: Arguments,
    call: int,
    state: State,
    frame: Frame,
) -> Outcomes:
    """Call a function that returns the same for the same arguments, if it can be told that they are
    the same and nothing empties its cache.
    """
    routine, receiver = _resolved(callee)
    plain = routine.wrapped("")
    function = plain if receiver is None else Method(plain, receiver)
    passed = Sequence((receiver or NONE, *arguments.values()), is_list=False)
    cache = flow.chains.intern(routine.module, routine.function)
    is_known = UNKNOWN not in escape.parts_of((passed,)) and arguments.complete
    if not is_known or flow.host.mentions(_EMPTIES_CACHE):
        return follow(flow, function, arguments, call, state, frame)
    result = state.get(cache, "result")
    if result is not None and state.get(cache, "passed") == passed:
        return [(result, state)]
    outcomes = follow(flow, function, arguments, call, state, frame)
    for value, after in outcomes:
        escape.used((value,), after)
        after.set(cache, "passed", escape.bounded(passed, after))
        after.set(cache, "result", escape.bounded(value, after))
    return outcomes


_EMPTIES_CACHE = frozenset(("cache_clear",))


def execute(
    flow: Flow,
    callee: Routine | Method,
    arguments: Arguments,
    call: int,
    before: State,
    frame: Frame,
    on_yield: OnYield | None = None,
) -> Outcomes | None:
    """Execute a function of the project; the state given stays as it is.

    Returns:
        What it returns on each path; None if it is an unknown call: of a function that is being
        executed already, that raises whatever it is given, or that takes too much.

    Raises:
        GivenUp: calls are nested too deeply.
    """
    routine, receiver = _resolved(callee)
    own = receiver
    if own is None and routine.owner is not None and arguments.positional:
        # `Base.__init__(self)`: its `super()` needs to know.
        own = arguments.positional[0]
    if not _is_followed(flow, routine, own):
        return None
    inner = Frame(call, routine.function, routine.module, routine.frames, routine.owner, own)
    inner.on_yield = on_yield
    inner.caller = frame
    inner.exits = frame.exits.called()
    flow.chains.functions[call] = routine.function
    state = before.fork()
    pass_parameters(inner, routine, receiver, arguments, state)
    flow.active.append(routine.function)
    ends = flow.block(routine.function.body, [state], inner)
    flow.active.pop()
    outcomes: Outcomes = [(NONE, end) for end in ends] + inner.exits.returns
    if not outcomes and _counts_as_unknown(flow, routine.function):
        return None
    passed = (*arguments.values(), *(() if receiver is None else (receiver,)))
    _leave(inner, passed, outcomes, before)
    frame.exits.raises += inner.exits.raises
    return _merge_outcomes(outcomes)


def may_act(flow: Flow, callee: Routine | Method, state: State) -> bool:
    """Whether a function of the project that is not executed may do something to sessions."""
    routine, receiver = _resolved(callee)
    return routine.module == MODULE or flow.modules.matters(routine, receiver, flow.need)


def _resolved(callee: Routine | Method) -> tuple[Routine, Value | None]:
    """The function that is called, and the receiver that it is bound to."""
    if isinstance(callee, Method):
        return callee.function, callee.receiver
    return callee, None


def _is_followed(flow: Flow, routine: Routine, own: Value | None) -> bool:
    """Decide whether a call is executed, and note it where it leads to another file."""
    function = routine.function
    if flow.active.count(function) > flow.suspended.count(function):
        return False
    if routine.module != MODULE:
        if _is_too_far(flow, routine):
            return False
        if not flow.modules.matters(routine, own, flow.need):
            return False
        flow.can_degrade = True
        flow.entries.note_other(routine)
    if len(flow.active) >= CALL_DEPTH_LIMIT:
        raise GivenUp(f"calls are nested deeper than {CALL_DEPTH_LIMIT}")
    return True


def _is_too_far(flow: Flow, routine: Routine) -> bool:
    """Whether a function of another file is not followed since that takes too much."""
    if routine.module == MODULE:
        return False
    return flow.is_degraded or flow.far_steps > FAR_STEP_LIMITS[flow.need]


def _lose(values: Iterable[Value], state: State) -> None:
    """Let Keras objects be unknown: what could be followed, and is not, may keep them or not."""
    for id_ in lookup.keras_ids(values) & state.keras_objects.keys():
        state.keras_objects[id_] = state.keras_objects[id_]._replace(held=False)


def _counts_as_unknown(flow: Flow, function: Function) -> bool:
    """Whether a function that reaches no end is taken for one that is not known.

    A building method counts whatever it does: where it reads what is not there yet, its call is too
    early.
    """
    return function.name in flow.options.build_methods or _always_raises(function.body)


def _leave(inner: Frame, passed: tuple[Value, ...], outcomes: Outcomes, before: State) -> None:
    """Let go of the variables of a function that ended, on each way out of it."""
    function = inner.function
    raised: Outcomes = [(NONE, end) for end in inner.exits.raises]
    for value, end in (*outcomes, *raised):
        if inner.on_yield is None and end.keras_objects:
            reachability.mark_unreachable(inner, (value, *passed), before, end)
        if function.inner_words:
            escape.end_frame(inner.id, function, end)
        else:
            end.store.pop(inner.id, None)


def _always_raises(body: Block) -> bool:
    """Whether code ends by an exception whatever it is given, as an abstract method does."""
    return any(
        isinstance(statement, Raise)
        or (isinstance(statement, Assert) and isinstance(statement.test, Constant))
        or (
            isinstance(statement, Try) and not statement.handlers and _always_raises(statement.body)
        )
        for statement in body
    )


def _merge_outcomes(outcomes: Outcomes) -> Outcomes:
    """Join the paths through a callee that end alike, with the same value."""
    if len(outcomes) < 2:
        return outcomes
    by_value: dict[Value, list[State]] = {}
    for value, state in outcomes:
        by_value.setdefault(value, []).append(state)
    return [(value, state) for value, states in by_value.items() for state in merge(states)]
