"""Handlers: what frameworks run in threads of their own, executed from the end of a flow.

What one thread has stored the next one finds: a model that it did not load itself.
"""

from __future__ import annotations

from ..domain import lookup
from ..domain.exits import Outcomes
from ..domain.frame import Frame
from ..domain.frameworks import framework_of, names_run
from ..domain.state import State
from ..domain.values import ANY_ARGUMENTS, Arguments, Class, Method, Routine, Value
from ..rules.base import Site
from ..tensorflow.vocabulary import THREAD_LOCAL_WORDS
from .calls import apply
from .execution import execute, follow
from .flow import Flow, Started, Stored
from .parameters import given_by_framework
from .threads import run_function, run_in_thread, stored_models


def run_handlers(flow: Flow, ends: list[State], frame: Frame) -> None:
    """Execute what frameworks got, as their threads do after the flow's end; then, after each
    thread that has stored a model, all that runs in threads once more.
    """
    if not flow.options.follow_threads or not (flow.handlers or flow.started):
        return
    handlers: list[Started] = []
    if not flow.host.source.serves_in_one_thread:
        handlers = [
            Started(target, _arguments(target, ends or flow.stopped, frame), call, repeats=True)
            for target, call in flow.handlers.items()
        ]
    visits = [*flow.started]
    for end in _started(flow, ends or flow.stopped, frame):
        visits += [(handler, _run(flow, handler, end, frame)) for handler in handlers]
    if flow.host.mentions(THREAD_LOCAL_WORDS):
        # What is stored may be for one thread alone.
        return
    runs = dict.fromkeys(started for started, _ in visits)
    seen: set[tuple[int, str]] = set()
    for one, ways in visits:
        for names, after in ways:
            if names <= seen:
                continue
            seen |= names
            for other in runs:
                if other is not one or one.repeats:
                    _run(flow, other, after, frame)


def _arguments(target: Value, ends: list[State], frame: Frame) -> Arguments:
    """What a framework gives what it runs, as far as it is known."""
    routine = target.function if isinstance(target, Method) else target
    if not isinstance(routine, Routine) or not ends:
        return ANY_ARGUMENTS
    return given_by_framework(routine.function, frame, ends[0])


def _started(flow: Flow, ends: list[State], frame: Frame) -> list[State]:
    """Execute what the main thread runs before the handlers; its own flow says what is wrong."""
    outer, flow.only_threads = flow.only_threads, True
    for target, call in flow.starters.items():
        assert isinstance(target, Routine)
        ends = [
            after for end in ends for after in _after_start(flow, target, call, end.fork(), frame)
        ]
    flow.only_threads = outer
    return ends


def _after_start(flow: Flow, target: Routine, call: int, state: State, frame: Frame) -> list[State]:
    """The states after what the main thread runs first; of a manager, where it yields."""
    arguments = given_by_framework(target.function, frame, state)
    if target.wrapper != "contextmanager":
        return [after for _, after in follow(flow, target, arguments, call, state, frame)]
    entered: list[State] = []

    def body(inside: State, value: Value, generator: Frame) -> list[State]:
        entered.append(inside)
        return []

    execute(flow, target, arguments, call, state, frame, body)
    return entered or [state]


def _run(flow: Flow, started: Started, state: State, frame: Frame) -> list[Stored]:
    """Execute what is run in a thread: a function, or the methods of an object that is made there;
    what models it stores.
    """
    cls, arguments, call, _ = started
    if not isinstance(cls, Class):
        return stored_models(state, run_function(flow, started, state, frame))
    used = framework_of(cls)
    stored: list[Stored] = []
    for name in () if used is None else names_run(cls, used, state):
        method = lookup.class_attribute(cls, name, state)
        if not isinstance(method, Routine):
            continue

        def run(inside: State, method: Routine = method) -> Outcomes:
            site = Site(flow, frame, flow.chains.intern(call, method.function))
            return [
                outcome
                for value, made in apply(flow, cls, arguments, site, inside)
                for outcome in follow(flow, Method(method, value), arguments, call, made, frame)
            ]

        stored += stored_models(state, run_in_thread(flow, call, run, state, frame))
    return stored
