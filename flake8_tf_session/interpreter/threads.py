"""Threads: their functions are executed from the state in which they are started."""

from __future__ import annotations

from typing import Callable

from ..domain import lookup
from ..domain.exits import Exits, Outcomes
from ..domain.facts import STANDALONE
from ..domain.frame import Frame
from ..domain.state import State, is_implicit
from ..domain.values import Graph, Member, Method, Partial, Routine, Session, Suspended, Value
from ..models import calls as models
from ..rules.base import Running, Site
from ..rules.events import Touch
from ..rules.losses import Switch, causes_of
from .execution import execute, follow
from .flow import Flow, Started, Stored


def run_thread(flow: Flow, started: Started, state: State, frame: Frame) -> None:
    """Execute a function as another thread does, which starts with nothing entered.

    What it does is of no account to the path that starts it, but for where it puts weights.
    """
    if flow.options.follow_threads:
        ends = run_function(flow, started, state, frame)
        if flow.thread is None:
            flow.started.append((started, stored_models(state, ends)))
        _keep_weights(flow, started.call, state, ends)


def _keep_weights(flow: Flow, call: int, state: State, ends: list[State]) -> None:
    """Let a path find weights where a thread that it has started puts them, on one of its ways.

    Standalone Keras has one session for all threads.
    """
    own = Session(flow.chains.intern(call, "session"))
    for id_, creation in state.keras_objects.items():
        homes = (end.weights_in[id_] for end in ends if id_ in end.weights_in)
        for home in homes if not state.has(id_, STANDALONE) else ():
            path = flow.chains.path(home.chain)
            if call not in path or home.graph != creation.graph:
                continue
            place = home.place or path[min(path.index(call) + 1, len(path) - 1)]
            if is_implicit(home.session) and home.session.id < state.implicit.id:
                # One that Keras has made for the thread.
                home = home._replace(session=own)
            is_entered = home.session != state.keras_session
            state.weights_in[id_] = home._replace(place=place, entered=is_entered)
            break


def run_function(flow: Flow, started: Started, state: State, frame: Frame) -> list[State]:
    """Execute a function in a thread; the states at its ends."""
    target, arguments, call, _ = started
    while isinstance(target, Partial):
        arguments = target.arguments.followed_by(arguments)
        target = target.callee
    routine = target.function if isinstance(target, Method) else target
    if isinstance(routine, Routine):
        flow.host.threaded.add(routine.function)

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
) -> list[State]:
    """Do something in a thread; the states at its ends."""
    inside = state.fork()
    # Its default graph and its session are its own, another one's after it too.
    own = Graph(flow.chains.intern(call, ("graph", state.generation)))
    inside.entered, inside.graphs, inside.keras_session = (), ((own, None),), None
    inside.generation += 1
    inside.memory, inside.said = {}, frozenset()
    outer = frame.exits, flow.thread
    # A thread that a thread starts finds what the main one has kept.
    found = state.keras_session, state.enters_another
    session, is_hidden = found if flow.thread is None else flow.thread[2:4]
    thread = Running(call, own, session, is_hidden, set())
    frame.exits, flow.thread = Exits([]), thread
    outcomes = run(inside)
    ends = [end for _, end in outcomes] + frame.exits.stopped
    frame.exits, flow.thread = outer
    if flow.thread is None and thread.lost:
        _tell_lost(Site(flow, frame, call), frozenset(thread.lost), state)
    return ends


def _tell_lost(site: Site, ids: frozenset[int], state: State) -> None:
    """Tell the rules that a thread uses in the main thread's session what a `set_session` has lost
    to that.
    """
    lost = frozenset(
        each.id
        for each in causes_of(ids, state)
        if all(isinstance(cause, Switch) for cause in each.causes)
    )
    touch = Touch("a thread", lost, frozenset(), state.current, gives=False, uses=True)
    for rule in site.flow.rules if lost and not state.fails else ():
        rule.weights_touched(site, touch, state)


def stored_models(state: State, ends: list[State]) -> list[Stored]:
    """What models a thread has stored, that was started in a state."""
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
