"""``try`` statements: what their handlers and ``finally`` find."""

from __future__ import annotations

from ..domain import lookup
from ..domain.exits import Exits
from ..domain.frame import Frame
from ..domain.join import merge
from ..domain.state import State
from ..domain.values import UNKNOWN
from ..ir.nodes import Block, Handler, Try
from .binding import set_name
from .flow import Flow


def try_(flow: Flow, node: Try, state: State, frame: Frame) -> list[State]:
    """Execute a ``try`` statement; the states at its normal end."""
    body, inner = frame.exits.inner_try(), frame.exits.inner()
    after = flow.block(node.body, [state], frame, body)
    thrown, body.raises = body.raises, []
    inner.add(body)
    assert body.boundaries is not None
    # Where an exception that is not caught here starts from.
    passed = body.boundaries
    handled: list[State] = []
    if node.handlers:
        passed = merge(passed + [each.fork() for each in thrown])
        for handler in node.handlers:
            starts = [each.fork() for each in passed]
            handled += _handler(flow, handler, starts, frame, inner)
        if any(lookup.catches_all(handler.type) for handler in node.handlers):
            thrown, passed = [], []
    inner.raises += thrown
    after = flow.block(node.orelse, merge(after), frame, inner)
    after = merge(after + handled)
    if passed and frame.exits.boundaries is not None:
        frame.exits.boundaries.extend(flow.block(node.final, merge(passed), frame))
    return _finally(flow, node.final, after, frame, inner)


def _handler(
    flow: Flow, handler: Handler, starts: list[State], frame: Frame, exits: Exits
) -> list[State]:
    if handler.type is not None:
        starts = [after for each in starts for _, after in flow.evaluate(handler.type, each, frame)]
    if handler.name is not None:
        for each in starts:
            set_name(handler.name, UNKNOWN, each, frame)
    return flow.block(handler.body, starts, frame, exits)


def _finally(
    flow: Flow, final: Block, after: list[State], frame: Frame, inner: Exits
) -> list[State]:
    """Execute a ``finally`` on every way out of its ``try``."""
    if final:
        after = flow.block(final, after, frame)
        inner.returns = [
            (value, later)
            for value, each in inner.returns
            for later in flow.block(final, [each], frame)
        ]
        inner.raises = flow.block(final, inner.raises, frame)
        inner.breaks = flow.block(final, inner.breaks, frame)
        inner.continues = flow.block(final, inner.continues, frame)
    frame.exits.add(inner)
    return after
