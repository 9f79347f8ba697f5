"""Forked processes: they go on from the state in which they are forked."""

from __future__ import annotations

from ..domain.exits import Outcomes
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import TRUE, UNKNOWN, Arguments, Const, Member, Method, Partial, Routine, Value
from ..models import calls as models
from ..models import processes
from ..rules.base import Site
from .execution import follow
from .flow import Flow


def run_process(
    flow: Flow, target: Value, arguments: Arguments, call: int, state: State, frame: Frame
) -> None:
    """Execute a function in a process that is forked.

    What it does is of no account to the path that starts it.
    """
    while isinstance(target, Partial):
        arguments = target.arguments.followed_by(arguments)
        target = target.callee
    is_known = isinstance(target, (Member, Routine, Method))
    if not is_known or flow.is_forked or flow.thread is not None:
        return
    inside = state.fork()
    for rule in flow.rules:
        rule.forked(flow, call, inside)
    outer, flow.is_forked = frame.exits, True
    frame.exits = outer.called()
    if isinstance(target, Member):
        models.call(Site(flow, frame, call), target, arguments, inside)
    elif isinstance(target, (Routine, Method)):
        follow(flow, target, arguments, call, inside, frame)
    frame.exits, flow.is_forked = outer, False


def fork(flow: Flow, site: Site, state: State) -> Outcomes:
    """``os.fork()``: the path goes on in the parent, with the child's number, and in the child."""
    if not processes.splits(site):
        return [(UNKNOWN, state)]
    inside = state.fork()
    for rule in flow.rules:
        rule.forked(flow, site.frame.id, inside)
    return [(TRUE, state), (Const(0), inside)]
