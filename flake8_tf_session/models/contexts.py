"""Entering and leaving sessions and graphs."""

from __future__ import annotations

from typing import TypeVar

from ..domain import lookup
from ..domain.facts import ESCAPED
from ..domain.state import Entered, State, without_first
from ..domain.values import (
    MANAGER,
    UNKNOWN,
    Context,
    Executor,
    ExitStack,
    Instance,
    Session,
    Unknown,
    Value,
)
from ..domain.weights import original
from ..ir.nodes import Attribute, Call, Expression
from ..rules.base import Site
from ..tensorflow.vocabulary import GIVING_METHODS

_T = TypeVar("_T")


def call_context(context: Context, name: str, state: State) -> Value:
    """Call a method of what ``as_default()`` returned: it enters or leaves a session or graph."""
    if name == "__enter__":
        _enter_context(context, None, state)
        return context.of
    if name == "__exit__" and isinstance(context.of, Session):
        state.entered = _without_last(Entered(context.of, None), state.entered)
    elif name == "__exit__":
        state.graphs = _without_last((context.of, None), state.graphs)
    return UNKNOWN


def call_stack(stack: ExitStack, name: str, state: State) -> Value:
    """Call a method of an ``ExitStack`` that leaves what was entered on it, or hands it on."""
    if name in ("aclose", "close"):
        state.leave(stack.id)
    elif name == "pop_all":
        # Another stack leaves them, whenever that is left.
        state.entered = tuple(
            Entered(UNKNOWN, None) if each.block == stack.id else each for each in state.entered
        )
    return UNKNOWN


def _without_last(item: _T, items: tuple[_T, ...]) -> tuple[_T, ...]:
    return without_first(item, items[::-1])[::-1]


def entered_by_name(node: Call | None) -> Value:
    """What an unknown call returns: something that may enter a session, if its name says so."""
    enters = node is not None and node.name == "as_default" and _may_be_session(node)
    return MANAGER if enters else UNKNOWN


def note_unknown_method(site: Site, node: Call, owner: Value, state: State) -> None:
    """Note what a method of something unknown may enter, leave or give, by its name."""
    if not isinstance(node.func, Attribute):
        return
    if node.name in GIVING_METHODS:
        for rule in site.flow.rules:
            rule.unknown_given(site, state)
        _give_held(state)
    entered = Entered(UNKNOWN, None)
    if node.name == "__enter__" and (owner == MANAGER or _may_be_session(node.func.value)):
        state.entered = (*state.entered, entered)
    elif node.name == "__exit__" and owner == MANAGER:
        state.entered = _without_last(entered, state.entered)
    elif node.name in ("__exit__", "close"):
        # It may be any that code elsewhere has.
        state.entered = tuple(
            Entered(UNKNOWN, None)
            if each.block is None
            and isinstance(each.session, Session)
            and state.has(each.session.id, ESCAPED)
            else each
            for each in state.entered
        )


def _give_held(state: State) -> None:
    """Note that the objects which code elsewhere holds may have got weights again."""
    for key, home in state.weights_in.items():
        if state.has(original(key), ESCAPED):
            state.weights_in[key] = home._replace(
                session=UNKNOWN, strayed_from=None, overwritten=None
            )


def enter(manager: Value, expression: Expression, block: int, state: State) -> Value:
    """Enter a ``with`` block; the value that its ``as`` gets."""
    if isinstance(manager, Session):
        state.mark(manager.id, ESCAPED)
        state.enter(manager, block)
        return manager
    if isinstance(manager, Context):
        _enter_context(manager, block, state)
        return manager.of
    if isinstance(manager, (Unknown, Instance)):
        if manager == MANAGER or _may_be_session(expression):
            state.entered = (*state.entered, Entered(UNKNOWN, block))
        if _may_be_graph(expression):
            state.graphs = (*state.graphs, (UNKNOWN, block))
    return manager if isinstance(manager, (Executor, ExitStack)) else UNKNOWN


def _enter_context(context: Context, block: int | None, state: State) -> None:
    """Enter what ``as_default()`` returned."""
    if isinstance(context.of, Session):
        state.mark(context.of.id, ESCAPED)
        state.entered = (*state.entered, Entered(context.of, block))
    else:
        state.graphs = (*state.graphs, (context.of, block))


def _may_be_session(expression: Expression) -> bool:
    """Whether an unknown context manager may be a session, by the name it goes by.

    ``with open(…)`` and ``with self.graph.as_default()`` change no session.
    """
    if isinstance(expression, Call):
        if expression.name == "as_default" and isinstance(expression.func, Attribute):
            return "graph" not in lookup.spelled(expression.func.value).lower()
        return "sess" in expression.name.lower()
    return "sess" in lookup.spelled(expression).lower()


def _may_be_graph(expression: Expression) -> bool:
    """Whether an unknown context manager may be a graph's: what no name tells may be either."""
    if not isinstance(expression, Call) or expression.name != "as_default":
        return False
    func = expression.func
    return isinstance(func, Attribute) and "sess" not in lookup.spelled(func.value).lower()


def leave(manager: Value, block: int, state: State) -> None:
    """Leave a ``with`` block."""
    state.leave(block)
    if isinstance(manager, Session):
        state.close(manager, block)
    elif isinstance(manager, ExitStack):
        state.leave(manager.id)
