"""Widening: joining paths that differ in what matters, where too many meet.

What they share stays known, and so does what each of them built and remembered. A variable that
differs becomes unknown: whatever happens to what it held is no longer seen. Where the
sessions differ as well, the one that Keras uses becomes unknown. That costs findings and adds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from . import escape
from .budget import COMPARED, PAIR
from .facts import OPEN, Joined, fact_of
from .join_values import is_blank, join_values, unite_memory, without_hidden
from .state import Entered, State
from .values import (
    MANAGER,
    TRUE,
    UNKNOWN,
    Config,
    Context,
    DeviceCount,
    Instance,
    Keras,
    KnownOrNot,
    Options,
    Session,
    Suspended,
    Value,
)
from .weights import KerasObject, WeightsIn

_T = TypeVar("_T")


def widen(states: list[State], limit: int) -> list[State]:
    """Join the paths that agree on the sessions, or, if more than a limit remain, all of them.

    Only paths that leave the same ``with`` statements in the same way go on together.
    """
    ways = [tuple(way for way, _ in state.leaving) for state in states]
    joined = _join_alike(states, [(*_sessions(state), way) for state, way in zip(states, ways)])
    if len(joined) > limit:
        ways = [tuple(way for way, _ in state.leaving) for state in joined]
        joined = _join_alike(joined, ways)
    return joined


def _sessions(state: State) -> tuple[object, ...]:
    """What tells which session and graph are in use."""
    kept = Session(-1 - state.generation) if state.keras_session is None else state.keras_session
    return kept, state.resets, state.entered, state.graphs


def _join_alike(states: list[State], keys: Sequence[tuple[object, ...]]) -> list[State]:
    joined: dict[tuple[object, ...], State] = {}
    for state, key in zip(states, keys):
        known = joined.setdefault(key, state)
        if known is not state:
            _absorb(known, state)
    return list(joined.values())


def _absorb(known: State, other: State) -> None:
    """Let one path stand for another as well."""
    known.shared.work.done += PAIR + COMPARED * other.size
    lost: list[Value] = []
    objects = dict(known.store)
    for owner, table in other.store.items():
        own = objects.setdefault(owner, table)
        if own is not table:
            names = dict.fromkeys((*own, *table))
            objects[owner] = {
                name: _join(name, own.get(name), table.get(name), lost) for name in names
            }
    known.store = without_hidden(known, other, objects)
    known.gpus_hidden &= other.gpus_hidden
    known.leaving = tuple(
        (way, _join(way, one, two, lost))
        for (way, one), (_, two) in zip(known.leaving, other.leaving)
    )
    _join_sessions(known, other)
    _join_history(known, other)
    known.reports |= other.reports
    known.said &= other.said
    _lose(lost, known)


def _join(name: str, one: Value | None, other: Value | None, lost: list[Value]) -> Value:
    """The value of a variable on either path; what can be followed no longer is ``lost``."""
    joined = join_values(name, one, other)
    if joined is not None:
        return joined
    fact = fact_of(name)
    if fact is not None and fact.joined is Joined.APART:
        return UNKNOWN
    if one is None or other is None:
        # A path that never set it does not read it.
        return one or other or UNKNOWN
    if isinstance(one, Keras) and isinstance(other, Keras):
        return Keras(one.ids | other.ids, "model" if one.kind == other.kind == "model" else "part")
    for value, instead in ((one, other), (other, one)):
        if isinstance(value, Keras) and is_blank(instead):
            return value
    lost += (one, other)
    may_be_entered = isinstance(one, _MANAGERS) or isinstance(other, _MANAGERS)
    return MANAGER if may_be_entered else UNKNOWN


# What may enter a session.
_MANAGERS = (Context, Instance, Session, Suspended)


def _lose(values: list[Value], state: State) -> None:
    """Let go of values that no variable tells any more: what happens to them is not seen.

    Configs may be changed, sessions be registered; an object of Keras counts as dead.
    """
    pending = escape.parts_of(values)
    while pending:
        part = pending.pop()
        ids: Iterable[int] = ()
        if isinstance(part, Instance):
            ids = (part.id,)
            attributes = state.attributes(part.id)
            if any(name != OPEN.name for name in attributes):
                state.store[part.id] = {OPEN.name: TRUE}
                pending += escape.parts_of(attributes.values())
        elif isinstance(part, Keras):
            # A model's layers, too.
            ids = state.with_parts(part.ids)
        elif isinstance(part, (Config, DeviceCount, Options, Session)):
            escape.changed((part,), state)
        for id_ in ids:
            if id_ in state.keras_objects:
                state.keras_objects[id_] = state.keras_objects[id_]._replace(held=False)


def _join_sessions(known: State, other: State) -> None:
    if known.resets != other.resets:
        known.graphs = ((UNKNOWN, None), *known.graphs)
        other.graphs = ((UNKNOWN, None), *other.graphs)
    known.keras_session = _kept(known, other)
    known.generation = max(known.generation, other.generation)
    known.resets = max(known.resets, other.resets)
    common, rest = _common(known.entered, other.entered)
    blocks = dict.fromkeys(each.block for each in rest)
    known.entered = (*common, *(Entered(UNKNOWN, block) for block in blocks))
    shared, differing = _common(known.graphs, other.graphs)
    ends = dict.fromkeys(block for _, block in differing)
    known.graphs = (*shared, *((UNKNOWN, block) for block in ends))


def _kept(one: State, other: State) -> KnownOrNot | None:
    """The session that Keras keeps on both paths; one of them may not have made it yet."""
    if one.keras_session == other.keras_session and (
        one.keras_session is not None or one.generation == other.generation
    ):
        return one.keras_session
    for state, later in ((one, other), (other, one)):
        if state.keras_session is None and later.keras_session == Session(-1 - state.generation):
            return later.keras_session
    return UNKNOWN


def _common(one: tuple[_T, ...], other: tuple[_T, ...]) -> tuple[tuple[_T, ...], tuple[_T, ...]]:
    """The items with which both begin, and all others."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return one[:count], one[count:] + other[count:]


def _join_history(known: State, other: State) -> None:
    both = known.keras_objects.keys() & other.keras_objects.keys()
    for id_ in known.weights_in.keys() | other.weights_in.keys():
        one, two = known.weights_in.get(id_), other.weights_in.get(id_)
        if id_ not in both:
            known.weights_in[id_] = one or two or NOWHERE
        elif one != two:
            built = known.keras_objects[id_].session
            known.weights_in[id_] = _join_homes(
                one or _to_be(two, built), two or _to_be(one, built)
            )
    for id_, creation in other.keras_objects.items():
        before = known.keras_objects.get(id_, creation)
        known.keras_objects[id_] = _join_creations(before, creation)
    unite_memory(known, other)


def _join_creations(one: KerasObject, other: KerasObject) -> KerasObject:
    joined = one._replace(
        has_weights=one.has_weights or other.has_weights,
        held=one.held and other.held,
        initialized=one.initialized | other.initialized,
        copies=one.copies | other.copies,
    )
    if one.graph != other.graph:
        joined = joined._replace(graph=UNKNOWN)
    if one.session != other.session:
        joined = joined._replace(session=UNKNOWN)
    return joined


def _to_be(home: WeightsIn | None, built: KnownOrNot) -> WeightsIn:
    """Where the weights of an object will be on a path on which it has none yet."""
    return NOWHERE if home is None or home.session != built else home._replace(given=None)


def _join_homes(one: WeightsIn, two: WeightsIn) -> WeightsIn:
    """Where weights are that got there in different ways."""
    return one._replace(
        session=one.session if one.session == two.session else UNKNOWN,
        entered=one.entered and two.entered,
        given=one.given if two.given else None,
        strayed_from=one.strayed_from if two.strayed_from is not None else None,
        dropped=one.dropped and two.dropped,
        copies=one.copies | two.copies,
        older=one.older | two.older,
        overwritten=one.overwritten if one.overwritten == two.overwritten else None,
    )


# Weights that are in a session on one of the paths alone.
NOWHERE = WeightsIn(UNKNOWN, UNKNOWN, 0, "", entered=False, given=None)
