"""The states in which flows begin: what a module, or the function around one, left to it."""

from __future__ import annotations

from ..domain.earlier import kept
from ..domain.facts import CLOSED, FILLED, GRAPH, MONITORED
from ..domain.frame import Frame
from ..domain.join_values import join_values
from ..domain.state import Shared, State
from ..domain.values import UNKNOWN, Class, External, Imported, Module, Routine, Value
from ..ir.nodes import Program


def module_base(program: Program, frame: Frame, states: list[State], shared: Shared) -> State:
    """The state in which the functions of a module find it, by those at its ends."""
    base = joined(states, shared)
    for name, attr in sorted(program.source.index.rebound, key=str):
        value = base.get(frame.id, name)
        if attr is None:
            if value is not None:
                base.set(frame.id, name, UNKNOWN)
        elif isinstance(value, Class):
            base.set(value.id, attr, UNKNOWN)
        elif value is not None and not isinstance(value, (External, Imported, Module, Routine)):
            base.set(frame.id, name, UNKNOWN)
    kept(base.store[frame.id].values(), base, states).give_weights(base)
    return base


def joined(states: list[State], shared: Shared) -> State:
    """One state with the names and objects of several, as a later flow finds them.

    Nothing is registered, entered or pending in it. A name that is not the same on all paths is
    unknown, but for one that only some of them import or define.
    """
    base = State(shared)
    for state in states:
        for owner, table in state.store.items():
            if owner < 0:
                # A session that Keras made for itself: each flow has its own.
                continue
            known = base.store.setdefault(owner, table)
            if known is not table:
                base.store[owner] = join_tables(known, table)
    for owner, table in base.store.items():
        if CLOSED.name in table:
            # A function may have been called before the session was closed.
            base.store[owner] = {name: table[name] for name in table if name != CLOSED.name}
        if GRAPH.name in table or MONITORED.name in table:
            base.mark(owner, FILLED)
    base.began = base.resets = max((state.resets for state in states), default=0)
    base.gpus_hidden = bool(states) and all(state.gpus_hidden for state in states)
    return base


def join_tables(one: dict[str, Value], other: dict[str, Value]) -> dict[str, Value]:
    """The variables or attributes of an owner, as they are on either of two paths."""
    return {name: _join_values(name, one.get(name), other.get(name)) for name in {**one, **other}}


def _join_values(name: str, one: Value | None, other: Value | None) -> Value:
    return join_values(name, one, other) or UNKNOWN
