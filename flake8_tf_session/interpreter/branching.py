"""``if``, ``match`` and loops."""

from __future__ import annotations

from ..domain import escape
from ..domain.call_strings import MODULE
from ..domain.exits import Exits
from ..domain.facts import GOES_ON
from ..domain.frame import Frame
from ..domain.join import merge
from ..domain.state import State
from ..domain.values import NONE, NOT_NONE, UNKNOWN
from ..ir.nodes import Block, Call, Constant, Display, Expression, For, If, Match, While
from .binding import bind, iterate, set_name
from .conditions import branch
from .flow import Flow
from .narrowing import learn


def if_(flow: Flow, node: If, state: State, frame: Frame) -> list[State]:
    """Execute an ``if``, its ``elif`` and its ``else``: one path for each that may be taken."""
    main_guards = flow.main_guards
    ends: list[list[State]] = []
    states, orelse = [state], node.orelse
    # A loop over the elifs: generated code has thousands of them.
    while True:
        done, states = _then(flow, node, states, frame)
        ends.append(done)
        orelse = node.orelse
        if not states or len(orelse) != 1 or not isinstance(orelse[0], If):
            break
        node = orelse[0]
        flow.reach(states, frame)
        for each in states:
            flow.step(each, frame)
    after = flow.block(orelse, states, frame)
    flow.main_guards = main_guards
    while len(ends) > 1:
        after = flow.merge(ends.pop() + after, frame)
    return ends[0] + after


def _then(
    flow: Flow, node: If, states: list[State], frame: Frame
) -> tuple[list[State], list[State]]:
    """The states at the end of an ``if``'s body, and those in which its test does not hold."""
    guards = node.main_guard
    if guards is not None and frame.module != MODULE:
        # Another file is imported, not run.
        return ([], states) if guards else (flow.block(node.body, states, frame), [])
    pairs = [branch(flow, node.test, each, frame) for each in states]
    yes = [each for holding, _ in pairs for each in holding]
    no = [each for _, failing in pairs for each in failing]
    if node.goes_on is not None:
        for each in yes if node.goes_on else no:
            each.mark(flow.chains.intern(frame.id, node.counter), GOES_ON)
    flow.main_guards += guards is True
    after = flow.block(node.body, yes, frame)
    flow.main_guards += (guards is False) - (guards is True)
    return after, no


def while_(flow: Flow, node: While, state: State, frame: Frame) -> list[State]:
    """Execute a ``while``: no round, one, and a second one where the first changes sessions."""
    forever = isinstance(node.test, Constant) and bool(node.test.value)
    yes, no = branch(flow, node.test, state, frame)
    inner = frame.exits.inner()
    switches = flow.switches
    rounds = _round(flow, node, yes, frame, inner)
    if flow.repeats(switches):
        with flow.again(frame, node):
            more = [each.fork() for each in rounds]
            if not forever:
                more = [
                    later
                    for each in more
                    for later in branch(flow, node.test, each, frame, known=False)[0]
                ]
            rounds += _round(flow, node, more, frame, inner)
    escape.fill(no, [*rounds, *inner.breaks])
    if forever:
        # Only a break leaves it, in whichever round. The second was walked where that matters.
        if not inner.breaks:
            flow.stopped += rounds
            flow.end_for_good(rounds)
        elif flow.switches == switches:
            inner.breaks += [each.fork() for each in rounds]
        return _leave_loop(flow, inner.breaks, [], node.orelse, frame, inner)
    done = no + [
        later for each in rounds for later in branch(flow, node.test, each, frame, known=False)[1]
    ]
    return _leave_loop(flow, inner.breaks, done, node.orelse, frame, inner)


def for_(flow: Flow, node: For, state: State, frame: Frame) -> list[State]:
    """Execute a ``for``: each item of what is known, else as ``while_`` does."""
    inner = frame.exits.inner()
    done: list[State] = []
    counter = flow.chains.intern(frame.id, node.counter)
    for iterable, after in flow.evaluate(node.iterable, state, frame):
        item, empty = iterate(iterable, after)
        skipped = [] if empty is False else [after.fork() if empty is None else after]
        walked: list[State] = []
        if empty is not True:
            switches = flow.switches
            starts = bind(flow, node.target, item, after, frame, None)
            walked = _round(flow, node, starts, frame, inner)
            if flow.repeats(switches) and not _has_one_item(node.iterable):
                with flow.again(frame, node):
                    more = [
                        later
                        for each in walked
                        for later in bind(flow, node.target, item, each.fork(), frame, None)
                    ]
                    for each in more:
                        each.store.pop(counter, None)
                    walked += _round(flow, node, more, frame, inner)
                # What has another round does not leave the loop by its end.
                walked = [each for each in walked if not each.has(counter, GOES_ON)]
            for each in (*walked, *inner.breaks):
                each.store.pop(counter, None)
        escape.fill(skipped, [*walked, *inner.breaks])
        done += skipped + walked
    return _leave_loop(flow, inner.breaks, done, node.orelse, frame, inner)


def _round(
    flow: Flow, node: For | While, starts: list[State], frame: Frame, inner: Exits
) -> list[State]:
    """Execute the body of a loop once; the states from which the next round begins."""
    ends = flow.block(node.body, starts, frame, inner) + inner.continues
    inner.continues = []
    return ends


def _has_one_item(iterable: Expression) -> bool:
    """Whether a loop over it has no second round, as its spelling shows."""
    if isinstance(iterable, Display):
        return len(iterable.items) == 1 and not iterable.starred
    if not isinstance(iterable, Call) or iterable.name != "range" or len(iterable.arguments) != 1:
        return False
    count = iterable.arguments[0].value
    return isinstance(count, Constant) and count.value == 1


def _leave_loop(
    flow: Flow,
    breaks: list[State],
    done: list[State],
    orelse: Block,
    frame: Frame,
    inner: Exits,
) -> list[State]:
    frame.exits.returns += inner.returns
    frame.exits.raises += inner.raises
    return breaks + flow.block(orelse, merge(done), frame)


def match(flow: Flow, node: Match, state: State, frame: Frame) -> list[State]:
    """Execute a ``match``: one path for each case that may be taken."""
    after: list[State] = []
    for value, subject in flow.evaluate(node.subject, state, frame):
        if any(case.names for case in node.cases):
            escape.changed((value,), subject)
        remaining = [subject]
        for case in node.cases:
            starts = [each.fork() for each in remaining]
            if case.takes_none is False or not case.takes_others:
                fact = NOT_NONE if case.takes_others else NONE
                starts = [each for each in starts if learn(node.subject, fact, each, frame)]
            for each in starts:
                for name in case.names:
                    set_name(name, UNKNOWN, each, frame)
            if case.always:
                remaining = []
            elif case.takes_none and case.guard is None:
                remaining = [
                    each for each in remaining if learn(node.subject, NOT_NONE, each, frame)
                ]
            elif case.guard is not None:
                pairs = [branch(flow, case.guard, each, frame) for each in starts]
                starts = [each for yes, _ in pairs for each in yes]
                remaining += [each for _, no in pairs for each in no]
            after += flow.block(case.body, starts, frame)
        after += merge(remaining)
    return after
