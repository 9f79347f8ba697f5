"""Walking the bodies of modules, statement by statement."""

from __future__ import annotations

from collections.abc import Generator
from typing import Callable, NamedTuple

from ..domain.exits import Exits
from ..domain.frame import Frame
from ..domain.state import State
from ..ir.nodes import Block, ClassDef, FunctionDef, GivenUp, Import, ImportFrom
from .bases import joined
from .flow import Flow
from .handlers import run_handlers
from .loading import Needed
from .results import Failure
from .spending import failure_of


class Walked(NamedTuple):
    """A flow that was walked.

    Attributes:
        flow: The flow.
        frame: The frame in which it began.
        ends: The states at its normal ends.
        all_ends: These, and those after which nothing comes.
        failures: What took too much.
        last: The states before the last statement that was reached.
    """

    flow: Flow
    frame: Frame
    ends: list[State]
    all_ends: list[State]
    failures: list[Failure]
    last: list[State]

    @property
    def bases(self) -> list[State]:
        """The states from which functions inside it begin.

        No path reaches an end where one statement always fails: what stands above it counts.
        """
        return self.all_ends or self.last


def walk_body(
    flow: Flow, frame: Frame, restarted: Callable[[], Flow]
) -> Generator[str, None, Walked]:
    """Walk the body of a module; it stops with the path of each module that has to be walked before
    it can go on.

    ``restarted`` gives the flow that goes on behind a statement that takes too much.
    """
    states = [State(flow.modules)]
    states[0].store[frame.id] = {}
    raised: list[State] = []
    failures: list[Failure] = []
    before = states
    function = frame.function
    for index, statement in enumerate(function.body):
        if failures and not isinstance(statement, (Import, ImportFrom, FunctionDef, ClassDef)):
            continue
        before = states
        try:
            states, exits = yield from _walk_statement(index, states, flow, frame)
            raised += exits.raises
        except (GivenUp, RecursionError) as error:
            # What follows defines names that functions need: it is walked once more, simply.
            failures.append(failure_of(function, flow, error))
            flow.settle([])
            states = [joined(before, flow.modules)]
            flow = restarted()
        if not states:
            break
    try:
        run_handlers(flow, states, frame)
    except (GivenUp, RecursionError) as error:
        failures.append(failure_of(function, flow, error))
    return Walked(flow, frame, states, states + raised + flow.stopped, failures, before)


def _walk_statement(
    index: int, states: list[State], flow: Flow, frame: Frame
) -> Generator[str, None, tuple[list[State], Exits]]:
    """Walk a statement of a module's body from some states, which stay as they are."""
    body: Block = [frame.function.body[index]]
    while True:
        mark = flow.mark()
        frame.blocks = [(frame.function.body, index)]
        frame.exits = exits = Exits(flow.stopped)
        try:
            return flow.block(body, [each.fork() for each in states], frame), exits
        except Needed as needed:
            # Nothing wrong was said so far: what is walked once more is the same once more.
            flow.rewind(mark)
            yield needed.path


def end_of(walk: Generator[str, None, Walked]) -> Walked:
    """The end of the walk of the file's own module, which waits for no other."""
    try:
        next(walk)
    except StopIteration as end:
        walked: Walked = end.value
        return walked
    raise AssertionError  # pragma: no cover - outside of other modules' bodies all can be loaded
