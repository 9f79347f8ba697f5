"""Expressions but for calls."""

from __future__ import annotations

from typing import Callable

from ..domain import app_objects, containers, escape, lookup
from ..domain.exits import Outcomes
from ..domain.frame import Frame
from ..domain.join import PATH_LIMIT, merge, merge_outcomes
from ..domain.state import State
from ..domain.values import (
    NONE,
    TRUE,
    UNKNOWN,
    Const,
    Keras,
    Mapping,
    Member,
    Sequence,
    Unknown,
    Value,
)
from ..ir.nodes import (
    Attribute,
    Call,
    Comprehension,
    Constant,
    DictDisplay,
    Display,
    Evaluated,
    Expression,
    LambdaExpr,
    NamedExpr,
    Subscript,
    Yield,
)
from ..models import runs
from .binding import bind, iterate, set_name
from .calls import call, member
from .conditions import branch
from .definitions import routines
from .flow import Flow
from .limits import DISPLAY_LIMIT


def constant(flow: Flow, node: Constant, state: State, frame: Frame) -> Outcomes:
    """Evaluate a constant."""
    value = node.value
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes)):
        return [(Const(value), state)]
    return [(UNKNOWN, state)]


def primary(flow: Flow, node: Attribute | Call | Subscript, state: State, frame: Frame) -> Outcomes:
    """Evaluate ``a.b(c)[d](e)…`` from the left: a loop, since such chains get long."""
    links: list[Attribute | Call | Subscript] = []
    base: Expression = node
    while isinstance(base, (Attribute, Call, Subscript)):
        links.append(base)
        if isinstance(base, Call):
            # Its callee's attribute is looked up after the arguments: part of the call.
            base = base.func.value if isinstance(base.func, Attribute) else base.func
        else:
            base = base.value
    outcomes = flow.evaluate(base, state, frame)
    for link in reversed(links):
        evaluate = _LINKS[type(link)]
        if len(outcomes) == 1:
            ((value, after),) = outcomes
            outcomes = evaluate(flow, value, link, after, frame)
        else:
            outcomes = [
                outcome
                for value, after in outcomes
                for outcome in evaluate(flow, value, link, after, frame)
            ]
        if len(outcomes) > PATH_LIMIT:
            lists = merge_outcomes([([value], after) for value, after in outcomes])
            outcomes = [(value, after) for (value,), after in lists]
    return outcomes


def display(flow: Flow, node: Display, state: State, frame: Frame) -> Outcomes:
    """Evaluate a list, tuple or set."""
    outcomes: Outcomes = []
    for values, after in flow.evaluate_all(node.items, state, frame):
        known: Value = Sequence(_shortened(values), node.is_list)
        if node.starred:
            known = UNKNOWN
            escape.changed(values, after)
        outcomes.append((known, after))
    return outcomes


def dict_(flow: Flow, node: DictDisplay, state: State, frame: Frame) -> Outcomes:
    """Evaluate a dict."""
    expressions = [item for pair in node.items for item in pair if item is not None]
    complete = all(key is not None for key, _ in node.items)
    outcomes: Outcomes = []
    for values, after in flow.evaluate_all(expressions, state, frame):
        keys = values[::2]
        if len(keys) > DISPLAY_LIMIT:
            escape.changed(values, after)
            outcomes.append((TRUE, after))
        elif complete and all(isinstance(key, Const) for key in keys):
            # Of equal keys the last counts.
            pairs = {key: value for key, value in zip(keys, values[1::2]) if isinstance(key, Const)}
            outcomes.append((Mapping(tuple(pairs.items())), after))
        elif complete and lookup.keras_ids(keys):
            # What is fed to tensors.
            feeds = (
                (key if isinstance(key, (Const, Keras, Member)) else UNKNOWN, value)
                for key, value in zip(keys, values[1::2])
            )
            outcomes.append((Mapping(tuple(feeds)), after))
        else:
            escape.changed(values, after)
            outcomes.append((UNKNOWN, after))
    return outcomes


def item(flow: Flow, value: Value, node: Subscript, state: State, frame: Frame) -> Outcomes:
    """Evaluate ``value[index]``: one path for each item that it may be."""
    operands = node.others if node.index is None else [node.index]
    outcomes: Outcomes = []
    for values, after in flow.evaluate_all(operands, state, frame):
        index = UNKNOWN if node.index is None else values[0]
        choices = () if flow.is_degraded else containers.choices(value, index)
        flow.can_degrade |= bool(choices)
        outcomes += [(choice, after.fork()) for choice in choices[1:]]
        is_slice = node.index is None and isinstance(value, (Mapping, Sequence))
        found = app_objects.item(value, index, frame.module, after)
        if found is None:
            found = (
                choices[0] if choices else UNKNOWN if is_slice else containers.item(value, index)
            )
        if not containers.is_certain(value, index):
            if not choices:
                containers.lose(value, found, after)
            if isinstance(found, Unknown):
                escape.changed(values, after)
        outcomes.append((found, after))
    return outcomes


def named(flow: Flow, node: NamedExpr, state: State, frame: Frame) -> Outcomes:
    """Evaluate ``name := value``."""
    outcomes = flow.evaluate(node.value, state, frame)
    for value, after in outcomes:
        set_name(node.target, value, after, frame)
    return outcomes


def lambda_(flow: Flow, node: LambdaExpr, state: State, frame: Frame) -> Outcomes:
    """Make the function of a ``lambda``."""
    return list(routines(flow, node.function, state, frame))


def comprehension(flow: Flow, node: Comprehension, state: State, frame: Frame) -> Outcomes:
    """What its first round gives, where Keras objects or objects of the file are in it.

    A generator expression is taken to be consumed at once, as it nearly always is.
    """
    outcomes = _clauses(flow, node, 0, state, frame)
    elements = [value for value, _ in outcomes if not isinstance(value, Unknown)]
    if not elements:
        return [(UNKNOWN, end) for end in merge([end for _, end in outcomes])]
    joined = merge_outcomes([([value], end) for value, end in outcomes])
    if len(joined) < len(outcomes):
        for (value,), end in joined:
            if isinstance(value, Unknown):
                escape.changed(elements, end)
    return [(value, end) for (value,), end in joined]


def _clauses(flow: Flow, node: Comprehension, index: int, state: State, frame: Frame) -> Outcomes:
    if index == len(node.clauses):
        return [
            (_collected(values, after), after)
            for values, after in flow.evaluate_all(node.elements, state, frame)
        ]
    _, iterable, _ = node.clauses[index]
    done: Outcomes = []
    for value, after in flow.evaluate(iterable, state, frame):
        item, empty = iterate(value, after)
        if empty is not False:
            done.append((UNKNOWN, after.fork() if empty is None else after))
        if empty is True:
            continue
        switches = flow.switches
        made = _rest(flow, node, index, item, after, done, frame)
        if flow.repeats(switches):
            with flow.again(frame, (node, index)):
                made += [
                    (first, later)
                    for first, each in made
                    for _, later in _rest(flow, node, index, item, each.fork(), [], frame)
                ]
        escape.fill([each for _, each in done], [each for _, each in made])
        done += made
    return done


def _rest(
    flow: Flow,
    node: Comprehension,
    index: int,
    item: Value,
    state: State,
    skipped: Outcomes,
    frame: Frame,
) -> Outcomes:
    """What a comprehension gives for an item of one of its clauses; where a test fails, the path
    is ``skipped``.
    """
    target, _, tests = node.clauses[index]
    starts = bind(flow, target, item, state, frame, None)
    for test in tests:
        pairs = [branch(flow, test, each, frame) for each in starts]
        starts = [each for yes, _ in pairs for each in yes]
        skipped += [(UNKNOWN, each) for _, no in pairs for each in no]
    return [end for start in starts for end in _clauses(flow, node, index + 1, start, frame)]


def _collected(values: tuple[Value, ...], state: State) -> Value:
    """A list or dict after the one round of a comprehension; unknown if nothing in it matters."""
    if not containers.matters(values[-1:]):
        escape.changed(values, state)
        return UNKNOWN
    if len(values) == 1:
        return Sequence(values, is_list=True)
    key = values[0]
    escape.changed((key,), state)
    return Mapping(((key if isinstance(key, Const) else UNKNOWN, values[1]),))


def yield_(flow: Flow, node: Yield, state: State, frame: Frame) -> Outcomes:
    """Evaluate ``yield``: what waits for the value goes on here, if it is known."""
    outcomes: Outcomes = [(NONE, state)]
    if node.value is not None:
        outcomes = flow.evaluate(node.value, state, frame)
    if frame.on_yield is None or node.is_from:
        for value, after in outcomes:
            escape.changed((value,), after)
        return [(UNKNOWN, after) for _, after in outcomes]
    flow.suspended.append(frame.function)
    resumed: Outcomes = [
        (UNKNOWN, later)
        for value, after in outcomes
        for later in frame.on_yield(after, value, frame)
    ]
    flow.suspended.pop()
    return resumed


def evaluated(flow: Flow, node: Evaluated, state: State, frame: Frame) -> Outcomes:
    """Evaluate operands in order; what comes of them is not followed."""
    outcomes: Outcomes = []
    for values, after in flow.evaluate_all(node.items, state, frame):
        if not node.keeps:
            escape.used(values, after)
            outcomes.append((UNKNOWN, after))
            continue
        escape.changed((value for value in values if not lookup.keras_ids((value,))), after)
        outcomes.append((runs.combined(values) or UNKNOWN, after))
    return outcomes


def _shortened(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The elements of a display; in a long one of no interest, one stands for all."""
    if len(values) > DISPLAY_LIMIT and all(isinstance(item, (Const, Unknown)) for item in values):
        return (UNKNOWN,)
    return values


_LINKS: dict[type, Callable[..., Outcomes]] = {
    Attribute: member,
    Call: call,
    Subscript: item,
}
