"""Joining paths: which of them no rule could tell apart.

Two paths that meet are joined where they agree on the sessions (which one Keras uses, what is
entered, and every variable that holds a session, a config, a graph, a model or an object of the
file) and

- either the same was built and remembered on both: variables that hold something else and differ
  become unknown, which loses next to nothing;
- or all variables are the same: what was built and remembered on either is united, which loses
  nothing, since each finding rests on one such fact at a time and what follows is the same.

Where many paths remain even so, those that agree on the sessions are joined in both ways at once,
and what no later code reads is forgotten: such a variable tells no paths apart, nor does it matter
which object it was whose weights are in some session.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .budget import COMPARED, PAIR
from .lookup import keras_ids, parts_of
from .program import GivenUp
from .state import CLOSED, GRAPH, LEFT, OPEN, OWN_GRAPH, PARTS, State
from .values import (
    MAYBE_NONE,
    NONE,
    UNKNOWN,
    Class,
    Const,
    External,
    Imported,
    Instance,
    Keras,
    Mapping,
    Member,
    Method,
    Module,
    Routine,
    Sequence,
    Session,
    Unknown,
    Value,
)
from .vocabulary import canonical, role

# Paths side by side: beyond the first number they are joined more readily, beyond the second the
# flow is not analysed.
EXACT_LIMIT = 8
PATH_LIMIT = 40


class Live(NamedTuple):
    """What may still be read: variables of a frame (None: all of them), attributes of objects."""

    frame: int
    variables: frozenset[str] | None
    attributes: frozenset[str]


def merge(states: list[State], live: Callable[[], Live] | None = None) -> list[State]:
    """Join the paths that no rule could tell apart; the states given are used up.

    Where many remain, and ``live`` tells what may still be read, the rest is forgotten.

    Raises:
        GivenUp: more than `PATH_LIMIT` remain, or it is too much work.
    """
    if len(states) < 2:
        return states
    states = _merge(states, exact=True)
    if len(states) > EXACT_LIMIT:
        states = _merge(states, exact=False)
    if len(states) > EXACT_LIMIT and live is not None:
        _forget(states, live())
        states = _merge(states, exact=False)
    if len(states) > PATH_LIMIT:
        raise GivenUp(f"more than {PATH_LIMIT} paths meet")
    return states


def _merge(states: list[State], exact: bool) -> list[State]:
    merged: list[State] = []
    # What told two paths apart tells most others apart, too: it is looked at first.
    apart: dict[tuple[int, str], None] = {}
    for state in states:
        state.world.work.check()
        for known in merged:
            if _join(known, state, exact, apart):
                break
        else:
            merged.append(state)
    return merged


def _forget(states: list[State], live: Live) -> None:
    """Forget what nothing reads any more, and which object it was that a dead variable held."""
    reachable: set[int] = set()
    held = _Held()
    for state in states:
        if live.variables is not None:
            _forget_names(state, live.frame, live.variables)
        _forget_attributes(state, live.attributes, held)
        _forget_sessions(state, held)
        for table in state.objects.values():
            reachable |= keras_ids(value for name, value in table.items() if name != PARTS)
    pending = list(reachable)
    while pending:
        id_ = pending.pop()
        for state in states:
            parts = state.get(id_, PARTS)
            if isinstance(parts, Keras):
                pending += parts.ids - reachable
                reachable |= parts.ids
    for state in states:
        for id_ in {id_ for id_ in state.homes if id_ >= 0} - reachable:
            # The rules want to know where such weights are, on whichever path they got there.
            home = state.homes.pop(id_)
            flags = home.of_worth << 2 | home.entered << 1 | home.dropped
            alias = -1 - ((id_ << 32 | home.chain) << 3 | flags)
            creation = state.creations.pop(id_, None)
            if creation is not None:
                state.homes[alias] = home
                state.creations[alias] = creation


class _Held:
    """What tables hold. Paths share most of them: each is looked at once."""

    def __init__(self) -> None:
        # The tables are kept, so that no other gets the id of one.
        self._known: dict[int, tuple[dict[str, Value], list[Instance | Session]]] = {}

    def by(self, table: dict[str, Value]) -> list[Instance | Session]:
        """The objects and sessions that the variables of a table hold."""
        known = self._known.get(id(table))
        if known is None:
            parts = parts_of(table.values())
            known = table, [part for part in parts if isinstance(part, (Instance, Session))]
            self._known[id(table)] = known
        return known[1]


def _forget_names(state: State, owner: int, live: frozenset[str]) -> None:
    table = state.objects.get(owner)
    if table is not None:
        state.objects[owner] = {
            name: UNKNOWN
            if name not in live and name[0] not in "<?" and _is_heavy(value)
            else value
            for name, value in table.items()
        }


def _is_heavy(value: Value) -> bool:
    return not isinstance(value, Instance) and not _is_light(value)


def _forget_attributes(state: State, live: frozenset[str], held: _Held) -> None:
    """Forget the attributes of instances that no variable leads to, or that no code reads."""
    instances = {
        owner: [part.id for part in held.by(table) if isinstance(part, Instance)]
        for owner, table in state.objects.items()
    }
    owners = {id_ for ids in instances.values() for id_ in ids}
    reached: set[int] = set()
    pending = [owner for owner in instances if owner not in owners]
    while pending:
        for id_ in instances.get(pending.pop(), ()):
            if id_ not in reached:
                reached.add(id_)
                pending.append(id_)
    for owner in owners:
        _forget_names(state, owner, live if owner in reached else frozenset())


def _forget_sessions(state: State, held: _Held) -> None:
    """Forget the graphs of sessions that can be used no more."""
    parts: list[object] = [state.kept, *(entered.session for entered in state.entered)]
    for table in state.objects.values():
        parts += held.by(table)
    for facts in state.memory.values():
        for fact in facts:
            parts += fact if isinstance(fact, tuple) else ()
    used = {part.id for part in parts if isinstance(part, Session)}
    for owner, table in state.objects.items():
        if owner not in used and (GRAPH in table or CLOSED in table):
            state.objects[owner] = {
                name: value
                for name, value in table.items()
                if name not in (CLOSED, GRAPH, OWN_GRAPH)
            }


def _join(known: State, other: State, exact: bool, apart: dict[tuple[int, str], None]) -> bool:
    """Let ``known`` stand for ``other`` as well, if they agree.

    ``apart`` are variables by which other paths were told apart, to which those of these are added.
    """
    if (
        known.kept != other.kept
        or (known.kept is None and known.generation != other.generation)
        or known.resets != other.resets
        or known.entered != other.entered
        or known.graphs != other.graphs
        or known.gpus_hidden != other.gpus_hidden
    ):
        return False
    known.world.work.done += PAIR + COMPARED * other.size
    same_history = known.memory == other.memory and known.creations == other.creations
    if known.homes != other.homes:
        for id_ in known.creations.keys() & other.creations.keys():
            if known.homes.get(id_) != other.homes.get(id_):
                return False
    if exact and not same_history:
        if known.objects != other.objects:
            return False
    else:
        if any(_differ(known, other, owner, name) for owner, name in apart):
            return False
        joined = _join_objects(known, other, apart)
        if joined is None:
            return False
        known.objects = joined
    known.reports |= other.reports
    known.generation = max(known.generation, other.generation)
    if not same_history:
        known.creations.update(other.creations)
        known.homes.update(other.homes)
        for rule, facts in other.memory.items():
            before = known.memory.get(rule, ())
            known.memory[rule] = tuple(dict.fromkeys((*before, *facts)))
    return True


def _differ(known: State, other: State, owner: int, name: str) -> bool:
    """Whether a variable tells two paths apart."""
    one, two = known.objects.get(owner), other.objects.get(owner)
    if one is None or two is None or one is two:
        return False
    return join_values(name, one.get(name), two.get(name)) is None and (name in one or name in two)


def _join_objects(
    known: State, other: State, apart: dict[tuple[int, str], None]
) -> dict[int, dict[str, Value]] | None:
    """The objects of both paths; None if these must be told apart."""
    joined = known.objects
    for owner, table in other.objects.items():
        before = known.objects.get(owner)
        if before is table:
            continue
        both = table if before is None else _join_tables(before, table)
        if isinstance(both, str):
            apart[owner, both] = None
            return None
        if both is not before:
            if joined is known.objects:
                joined = dict(joined)
            joined[owner] = both
    return joined


def _join_tables(known: dict[str, Value], other: dict[str, Value]) -> dict[str, Value] | str:
    """The variables of one owner on both paths, or the name of one that tells them apart."""
    joined = known
    for name, value in other.items():
        before = known.get(name)
        if before is value:
            continue
        both = join_values(name, before, value)
        if both is None:
            return name
        if both is not before:
            if joined is known:
                joined = dict(known)
            joined[name] = both
    for name in known.keys() - other.keys():
        both = join_values(name, known[name], None)
        if both is None:
            return name
        if both is not known[name]:
            if joined is known:
                joined = dict(known)
            joined[name] = both
    return joined


def join_values(name: str, one: Value | None, other: Value | None) -> Value | None:
    """The value of a variable on two paths, None if these must be told apart.

    A value that is None here was never set on its path.
    """
    if one == other:
        return one
    if name[0] == "<":
        # A fact about an object rather than a variable.
        return None
    if _is_blank(one) and _is_blank(other):
        if name in (OPEN, LEFT):
            return one or other
        return MAYBE_NONE if NONE in (one, other) or MAYBE_NONE in (one, other) else UNKNOWN
    if _is_blank(one):
        return _join_blank(one, other)
    if _is_blank(other):
        return _join_blank(other, one)
    return _join_light(one, other)


def _join_blank(blank: Value | None, other: Value | None) -> Value | None:
    if other is None or not _is_light(other):
        return None
    # Whether a list is empty decides a condition: unlike a name's meaning, that is not kept.
    return UNKNOWN if blank is not None and isinstance(other, (Mapping, Sequence)) else other


def _is_blank(value: Value | None) -> bool:
    return value is None or isinstance(value, (Unknown, Const))


def _is_light(value: Value) -> bool:
    """Whether a value may stand for a variable that is something else on another path."""
    if isinstance(value, (Unknown, Const, External, Imported, Module, Routine, Class, Method)):
        return True
    if isinstance(value, Keras):
        return value.kind != "model"
    if isinstance(value, Sequence):
        return all(map(_is_light, value.items))
    if isinstance(value, Mapping):
        return all(_is_light(item) for _, item in value.items)
    return isinstance(value, Member) and _is_light(value.of)


def _join_light(one: Value | None, other: Value | None) -> Value | None:
    if isinstance(one, External) and isinstance(other, External):
        if "(" in one.dotted or "(" in other.dotted:
            # What a function of TensorFlow returned is nothing that the rules know.
            return UNKNOWN
        return one if same_meaning(one, other) else None
    if isinstance(one, Keras) and isinstance(other, Keras):
        if one.kind == "model" or other.kind == "model":
            return None
        return Keras(one.ids | other.ids, "part")
    for value in (one, other):
        if value is None or isinstance(value, (External, Imported, Module, Routine, Class, Method)):
            return None
        if not _is_light(value):
            return None
    return UNKNOWN


def same_meaning(one: External, other: External) -> bool:
    """Whether two dotted names are the same to the rules, as alternative imports are."""
    if canonical(one.dotted) == canonical(other.dotted):
        return True
    known = role(one.dotted)
    return known is not None and known == role(other.dotted)
