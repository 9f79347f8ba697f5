"""Threads: their functions are executed from the state in which they are started."""

from __future__ import annotations

from typing import Callable

from ..domain import lookup
from ..domain.exits import Exits, Outcomes
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import Graph, Member, Method, Partial, Routine, Suspended, Value
from ..models import calls as models
from ..rules.base import Running, Site
from .execution import execute, follow
from .flow import Flow, Started, Stored


def run_thread(flow: Flow, started: Started, state: State, frame: Frame) -> None:
    """Execute a function as another thread does, which starts with nothing entered.

    What it does is of no account to the path that starts it.
    """
    if flow.options.follow_threads and flow.thread is None:
        flow.started.append((started, run_function(flow, started, state, frame)))


def run_function(flow: Flow, started: Started, state: State, frame: Frame) -> list[Stored]:
    """Execute a function in a thread; what models it stores."""
    target, arguments, call, _ = started
    while isinstance(target, Partial):
        arguments = target.arguments.followed_by(arguments)
        target = target.callee

    def run(inside: State) -> Outcomes:
        if isinstance(target, (Routine, Method)):
            return follow(flow, target, arguments, call, inside, frame)
        if isinstance(target, Suspended):
            callee, receiver = target.function, target.receiver
            method = callee if receiver is None else Method(callee, receiver)
            return execute(flow, method, target.arguments, call, inside, frame, _go_on) or []
        if isinstance(target, Member):
            models.call(Site(flow, frame, call), target, arguments, inside)
        return []

    return run_in_thread(flow, call, run, state, frame)


def _go_on(state: State, value: Value, frame: Frame) -> list[State]:
    """Go on behind a ``yield``: something consumes the generator."""
    return [state]


def run_in_thread(
    flow: Flow, call: int, run: Callable[[State], Outcomes], state: State, frame: Frame
) -> list[Stored]:
    """Do something in a thread; what models it stores."""
    inside = state.fork()
    # Its default graph and its session are its own, another one's after it too.
    own = Graph(flow.chains.intern(call, ("graph", state.generation)))
    inside.entered, inside.graphs, inside.keras_session = (), ((own, None),), None
    inside.generation += 1
    inside.memory = {}
    outer, flow.thread = frame.exits, Running(call, own, state.keras_session)
    frame.exits = Exits([])
    outcomes = run(inside)
    ends = [end for _, end in outcomes] + frame.exits.stopped
    frame.exits, flow.thread = outer, None
    stored = [Stored(_stored_models(state, end), end) for end in ends]
    return [each for each in stored if each.names]


def _stored_models(before: State, after: State) -> frozenset[tuple[int, str]]:
    """The names and attributes that hold Keras objects which were made since, with their owners."""
    made = after.keras_objects.keys() - before.keras_objects.keys()
    if not made:
        return frozenset()
    return frozenset(
        (owner, name)
        for owner, table in after.store.items()
        if table is not before.store.get(owner)
        for name, value in table.items()
        if name[0] != "<" and not made.isdisjoint(lookup.keras_ids((value,)))
    )
