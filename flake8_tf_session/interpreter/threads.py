"""Threads and request handlers: executed from the state in which they are started."""

from __future__ import annotations

from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import ANY_ARGUMENTS, Arguments, Member, Method, Partial, Routine, Value
from ..models import calls as models
from ..rules.base import Site
from .execution import follow
from .flow import Flow


def run_thread(
    flow: Flow, target: Value, arguments: Arguments, call: int, state: State, frame: Frame
) -> None:
    """Execute a function as another thread does, which starts with nothing entered.

    What it does is of no account to the path that starts it.
    """
    if not flow.options.follow_threads:
        return
    while isinstance(target, Partial):
        arguments = target.arguments.followed_by(arguments)
        target = target.callee
    if not isinstance(target, (Member, Routine, Method)) or flow.thread is not None:
        return
    inside = state.fork()
    inside.entered, inside.graphs, inside.keras_session = (), (), None
    inside.memory = {}
    outer, flow.thread = frame.exits, call
    frame.exits = outer.called()
    if isinstance(target, Member):
        models.call(Site(flow, frame, call), target, arguments, inside)
    else:
        follow(flow, target, arguments, call, inside, frame)
    frame.exits, flow.thread = outer, None


def run_handlers(flow: Flow, ends: list[State], frame: Frame) -> None:
    """Execute the functions that a web server got, as its threads do after the flow's end."""
    if flow.host.source.serves_in_one_thread:
        return
    for end in ends:
        for handler, chain in flow.handlers.items():
            run_thread(flow, handler, ANY_ARGUMENTS, chain, end, frame)
