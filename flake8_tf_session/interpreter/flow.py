"""The interpretation of one flow: statements and expressions, in Python's order, path by path.

What each kind of them does stands in the modules beside this one; `syntax` is their table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Callable, NamedTuple, Protocol

from ..domain import lookup
from ..domain.budget import EXPRESSION, STEP
from ..domain.call_strings import MODULE
from ..domain.exits import Exits, Outcomes
from ..domain.frame import Frame
from ..domain.join import EXACT_LIMIT, Live, merge, merge_outcomes
from ..domain.state import State
from ..domain.values import Arguments, Class, Value
from ..ir.liveness import tail, words_read
from ..ir.nodes import Block, Expression, Function, Name
from ..rules.base import FlowContext
from ..rules.base import Host as RulesHost
from ..text.gate import ImportDepth
from .entries import Entries
from .modules import ModuleLoader


class Syntax(NamedTuple):
    """What executes each kind of statement, and what evaluates each kind of expression."""

    statements: Mapping[type, Callable[..., list[State]]]
    expressions: Mapping[type, Callable[..., Outcomes]]


class Host(RulesHost, Protocol):
    """What walks the flows of a file, as far as the walk of one tells it something."""

    entries: Entries
    modules: ModuleLoader
    syntax: Syntax

    @property
    def words_read(self) -> frozenset[str] | None:
        """The names and attributes that are read anywhere; None if that may be all."""

    def same_class(self, cls: Class) -> Class:
        """A class as it was made before, on another path."""


class Started(NamedTuple):
    """What other threads run: its arguments, where it was started or given away, and whether more
    than one thread runs it.
    """

    target: Value
    arguments: Arguments
    call: int
    repeats: bool


class Stored(NamedTuple):
    """The names and attributes in which a thread has stored models, and the state at its end."""

    names: frozenset[tuple[int, str]]
    state: State


class Flow(FlowContext):
    """The walk of one entry.

    Attributes:
        need: What it needs to know of other files.
        stopped: The paths that ended for good, and those that an exception took out of the entry.
        is_degraded: Whether functions of other files, and those of tables, are unknown calls, and
            a method does not know what the `__init__` of its class built.
        can_degrade: Whether one of these was executed, or that was known.
        active: The functions that are being executed, inner last.
        suspended: Those of them that are generators and wait where they yield.
        far_steps: How many steps were done in other files.
        started: What threads run that it has started, each with what models it stored.
        is_again: Whether the second round of a loop is being executed.
    """

    host: Host

    def __init__(self, host: Host, entry: object, need: ImportDepth) -> None:
        super().__init__(host, entry)
        self.need = need
        self.entries = host.entries
        self.modules = host.modules
        self.stopped: list[State] = []
        self.is_degraded = False
        self.can_degrade = False
        self.active: list[Function] = []
        self.suspended: list[Function] = []
        self.far_steps = 0
        self.started: list[tuple[Started, list[Stored]]] = []
        self.is_again = False
        self._statements, self._expressions = host.syntax

    def mark(self) -> tuple[int, int, int, int]:
        """Where the walk of a module's body stands between two of its statements."""
        return len(self.stopped), len(self.started), self.far_steps, self.modules.work.done

    def rewind(self, mark: tuple[int, int, int, int]) -> None:
        """Go back to a mark: what was executed since will be executed once more."""
        stopped, started, self.far_steps, self.modules.work.done = mark
        del self.stopped[stopped:]
        del self.started[started:]
        self.active.clear()
        self.suspended.clear()
        self.main_guards, self.thread, self.in_callback = 0, None, False

    def repeats(self, switches: int) -> bool:
        """Whether a loop's second round is executed: where its first, before which there were so
        many ``switches``, did something to sessions, and no loop around it has its second.
        """
        return self.switches != switches and not self.is_again

    @contextmanager
    def again(self, frame: Frame, loop: object) -> Iterator[None]:
        """Execute the second round of a loop: what it makes is not what the first made."""
        chain, frame.chain = frame.chain, self.chains.again(frame.chain, loop)
        self.is_again = True
        try:
            yield
        finally:
            self.is_again = False
            frame.chain = chain

    def end_for_good(self, states: Iterable[State]) -> None:
        """Tell the rules of paths after which nothing comes, though they reach no normal end."""
        for state in states:
            for rule in self.rules:
                rule.stopped(self, state)

    def place(self, frame: Frame, node: object) -> int:
        """The chain of a node: the calls that led to its frame, and the node itself."""
        return self.chains.intern(frame.chain, node)

    # --- statements ---

    def run(self, frame: Frame, state: State) -> list[State]:
        """Execute an entry's function from a state; the states at its normal ends."""
        frame.exits = exits = Exits(self.stopped)
        self.active.append(frame.function)
        ends = self.block(frame.function.body, [state], frame)
        self.active.pop()
        ends += [end for _, end in exits.returns]
        self.stopped += exits.raises
        return ends

    def block(
        self, statements: Block, states: list[State], frame: Frame, exits: Exits | None = None
    ) -> list[State]:
        """Execute statements from each state; the states that reach their end.

        Those that leave it otherwise go to ``exits``, or where those of the frame go.
        """
        outer = frame.exits
        if exits is not None:
            frame.exits = exits
        frame.blocks.append((statements, 0))
        for index, statement in enumerate(statements):
            if not states:
                break
            frame.blocks[-1] = (statements, index)
            self.reach(states, frame)
            execute = self._statements[type(statement)]
            after: list[State] = []
            for state in states:
                self.step(state, frame)
                after += execute(self, statement, state, frame)
            states = self.merge(after, frame)
        frame.blocks.pop()
        frame.exits = outer
        return states

    def reach(self, states: list[State], frame: Frame) -> None:
        """Note that a statement is reached, in which an exception may be raised."""
        boundaries = frame.exits.boundaries
        if boundaries is not None:
            boundaries.extend(state.fork() for state in states)

    def step(self, state: State, frame: Frame) -> None:
        """Count a statement or call.

        Raises:
            GivenUp: it was one too many.
        """
        self.far_steps += frame.module != MODULE
        work = state.shared.work
        work.done += STEP + state.size
        work.check()

    def merge(self, states: list[State], frame: Frame) -> list[State]:
        """Join the paths that meet after the statement in hand."""
        return merge(states, lambda: self._live_words(frame)) if len(states) > 1 else states

    def _live_words(self, frame: Frame) -> Live:
        """What the code after the statement in hand may read: variables of the frame, and, of the
        whole program, attributes.
        """
        words: set[str] = set()
        for depth, (statements, index) in enumerate(frame.blocks, 1):
            later: list[object] = list(statements[index + 1 :])
            if depth < len(frame.blocks):
                later += tail(statements[index])
            words |= words_read(later)
        variables = None
        if not frame.is_class_body:
            variables = frozenset(words | frame.function.inner_words)
        ends = frame.id != frame.module
        return Live(frame.id, variables, self.host.words_read, ends)

    # --- expressions ---

    def evaluate(self, expression: Expression, state: State, frame: Frame) -> Outcomes:
        """Evaluate an expression; the state given is used up."""
        state.shared.work.done += EXPRESSION
        if type(expression) is Name:
            value = lookup.name(expression.id, state, frame)
            return [] if value is None else [(value, state)]
        return self._expressions[type(expression)](self, expression, state, frame)

    def evaluate_all(
        self, expressions: Iterable[Expression], state: State, frame: Frame
    ) -> list[tuple[tuple[Value, ...], State]]:
        """Evaluate expressions in order; each outcome has all their values."""
        # Nearly always there is one path: no lists are needed to follow it.
        known: list[Value] = []
        remaining = iter(expressions)
        results: Outcomes = []
        for expression in remaining:
            results = self.evaluate(expression, state, frame)
            if len(results) != 1:
                break
            ((value, state),) = results
            known.append(value)
        else:
            return [(tuple(known), state)]
        outcomes = _merge_many([([*known, value], after) for value, after in results])
        for expression in remaining:
            following: list[tuple[list[Value], State]] = []
            for values, before in outcomes:
                results = self.evaluate(expression, before, frame)
                following += [([*values, value], after) for value, after in results]
            outcomes = _merge_many(following)
        return [(tuple(values), after) for values, after in outcomes]


def _merge_many(
    outcomes: list[tuple[list[Value], State]],
) -> list[tuple[list[Value], State]]:
    return merge_outcomes(outcomes) if len(outcomes) > EXACT_LIMIT else outcomes
