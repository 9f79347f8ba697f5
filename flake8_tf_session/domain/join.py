"""Joining paths: which of them no rule could tell apart.

Two paths that meet are joined where they agree on the sessions (which one Keras uses, what is
entered, and every variable that holds a session, a config, a graph, a model or an object of the
file) and

- either the same was built and remembered on both: variables that hold something else and differ
  become unknown, which loses next to nothing;
- or all variables are the same: what was built and remembered on either is united, which loses
  nothing, since each finding rests on one such fact at a time and what follows is the same.

Whether ``CUDA_VISIBLE_DEVICES`` hides the GPUs tells none apart.

Where many paths remain even so, those that agree on the sessions are joined in both ways at once,
and what no later code reads is forgotten: such a variable tells no paths apart, nor does it matter
which object it was whose weights are in some session. Where too many remain after that, what
differs is joined (``widening.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import NamedTuple

from .budget import COMPARED, PAIR
from .escape import parts_of
from .facts import CLOSED, ESCAPED, GRAPH, OWN_GRAPH, PARTS, fact_of
from .join_values import is_light, join_values, unite_memory, without_hidden
from .lookup import keras_ids
from .state import State
from .values import UNKNOWN, Instance, Keras, Session, Value
from .weights import alias
from .widening import widen

# Paths side by side: beyond the first number they are joined more readily, beyond the second they
# are joined whatever differs.
EXACT_LIMIT = 8
PATH_LIMIT = 40


class Live(NamedTuple):
    """What may still be read: variables of a frame, attributes of objects (None: all of them).

    ``ends`` tells whether the variables die with the frame: those of a module do not.
    """

    frame: int
    variables: frozenset[str] | None
    attributes: frozenset[str] | None
    ends: bool


def merge(states: list[State], live: Callable[[], Live] | None = None) -> list[State]:
    """Join the paths that no rule could tell apart; the states given are used up.

    Where many remain, and ``live`` tells what may still be read, the rest is forgotten; never more
    than `PATH_LIMIT` remain.

    Raises:
        GivenUp: it is too much work.
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
        states = widen(states, EXACT_LIMIT)
    return states


def merge_outcomes(
    outcomes: list[tuple[list[Value], State]],
) -> list[tuple[list[Value], State]]:
    """Join the outcomes of expressions, as if the values were in variables."""
    for values, state in outcomes:
        state.store[_VALUES] = {str(index): value for index, value in enumerate(values)}
    joined: list[tuple[list[Value], State]] = []
    for state in merge([state for _, state in outcomes]):
        joined.append((list(state.store.pop(_VALUES).values()), state))
    return joined


# The owner of the values of expressions.
_VALUES = -1 << 64


# Variables by which paths were told apart, by owner and name: they tell most others apart, too, so
# they are looked at first. With each, whether it tells two values apart, by their places in memory;
# the values are kept, so that no others get there.
_Apart = dict[tuple[int, str], dict[tuple[int, int], tuple[bool, object, object]]]


def _merge(states: list[State], exact: bool) -> list[State]:
    merged: list[State] = []
    apart: _Apart = {}
    for state in states:
        state.shared.work.check()
        for known in merged:
            if _join(known, state, exact, apart):
                break
        else:
            merged.append(state)
    return merged


def _forget(states: list[State], live: Live) -> None:
    """Forget what nothing reads any more, and which object it was that a dead variable held."""
    held = _Held()
    if live.variables is not None:
        before = frozenset() if live.ends else _reachable(states, held)
        for state in states:
            _forget_names(state, live.frame, live.variables, held)
        if live.ends:
            _doom(states, live.frame, held)
        else:
            _keep(states, before, held)
    for state in states:
        _forget_attributes(state, live.attributes, held)
        _forget_sessions(state, held)
    reachable = _reachable(states, held)
    for state in states:
        for id_ in {id_ for id_ in state.weights_in if id_ >= 0} - reachable:
            # The rules want to know where such weights are, on whichever path they got there.
            home = state.weights_in.pop(id_)
            creation = state.keras_objects.pop(id_, None)
            if creation is not None:
                key = alias(id_, home)
                state.weights_in[key] = home
                state.keras_objects[key] = creation


def _doom(states: list[State], frame: int, held: _Held) -> None:
    """Note which Keras objects only forgotten variables of a frame held: they die with it.

    Of those that were forgotten themselves it was noted then.
    """
    reachable = _reachable(states, held)
    for state in states:
        for id_ in {id_ for id_ in state.keras_objects if id_ >= 0} - reachable:
            if not state.has(id_, ESCAPED):
                state.keras_objects[id_] = state.keras_objects[id_]._replace(dies_with=frame)


def _keep(states: list[State], before: Set[int], held: _Held) -> None:
    """Note which of the Keras objects that names led to before only forgotten names of a module
    hold: they live on as it does.
    """
    kept = before - _reachable(states, held)
    for state in states:
        for id_ in kept & state.keras_objects.keys():
            state.mark(id_, ESCAPED)


class _Held:
    """What tables hold. Paths share most of them: each is looked at once."""

    def __init__(self) -> None:
        # With each the table is kept, so that no other gets its place in memory.
        self._objects: dict[int, tuple[_Table, list[int], list[Session]]] = {}
        self._keras: dict[int, tuple[_Table, frozenset[int], frozenset[int]]] = {}
        self._cut: dict[tuple[int, frozenset[str]], tuple[_Table, _Table]] = {}

    def objects(self, table: _Table) -> tuple[_Table, list[int], list[Session]]:
        """The table, the ids of the objects that its variables hold, and the sessions."""
        known = self._objects.get(id(table))
        if known is None:
            parts = parts_of(table.values())
            found = [part for part in parts if isinstance(part, (Instance, Session))]
            instances = [part.id for part in found if isinstance(part, Instance)]
            sessions = [part for part in found if isinstance(part, Session)]
            known = self._objects[id(table)] = table, instances, sessions
        return known

    def keras(self, table: _Table) -> tuple[_Table, frozenset[int], frozenset[int]]:
        """The table, the Keras objects that its variables hold, and the parts of its owner."""
        known = self._keras.get(id(table))
        if known is None:
            ids = keras_ids(value for name, value in table.items() if name != PARTS.name)
            parts = table.get(PARTS.name)
            added = parts.ids if isinstance(parts, Keras) else frozenset()
            known = self._keras[id(table)] = table, ids, added
        return known

    def without(self, table: _Table, live: frozenset[str]) -> _Table:
        """A table without what its names hold that nothing reads; paths go on sharing it."""
        known = self._cut.get((id(table), live))
        if known is None:
            cut = {
                name: UNKNOWN
                if name not in live and fact_of(name) is None and _is_heavy(value)
                else value
                for name, value in table.items()
            }
            known = self._cut[id(table), live] = table, cut
        return known[1]


_Table = dict[str, Value]
_EMPTY: _Table = {}


def _reachable(states: list[State], held: _Held) -> set[int]:
    """The Keras objects that variables and attributes lead to on some path."""
    found: set[int] = set()
    parts: dict[int, set[int]] = {}
    seen: set[int] = set()
    for state in states:
        for owner, table in state.store.items():
            if id(table) not in seen:
                seen.add(id(table))
                _, ids, added = held.keras(table)
                found |= ids
                if added:
                    parts.setdefault(owner, set()).update(added)
        found |= keras_ids(value for _, value in state.leaving)
    tables = states[0].shared.tables
    pending = list(found)
    while pending:
        id_ = pending.pop()
        both = parts.get(id_, set()).union(held.keras(tables.get(id_, _EMPTY))[2])
        pending += both - found
        found |= both
    return found


def _forget_names(state: State, owner: int, live: frozenset[str], held: _Held) -> None:
    table = state.store.get(owner)
    if table is not None:
        state.store[owner] = held.without(table, live)


# No name is read any more.
_NONE: frozenset[str] = frozenset()


def _is_heavy(value: Value) -> bool:
    return not isinstance(value, Instance) and not is_light(value)


def _forget_attributes(state: State, live: frozenset[str] | None, held: _Held) -> None:
    """Forget the attributes of instances that no variable leads to, or that no code reads."""
    instances = {owner: held.objects(table)[1] for owner, table in state.store.items()}
    owners = {id_ for ids in instances.values() for id_ in ids}
    reached: set[int] = set()
    pending = [owner for owner in instances if owner not in owners]
    while pending:
        for id_ in instances.get(pending.pop(), ()):
            if id_ not in reached:
                reached.add(id_)
                pending.append(id_)
    for owner in owners:
        if owner not in reached:
            _forget_names(state, owner, _NONE, held)
        elif live is not None:
            _forget_names(state, owner, live, held)


def _forget_sessions(state: State, held: _Held) -> None:
    """Forget the graphs of sessions that can be used no more."""
    parts: list[object] = [state.keras_session, *(entered.session for entered in state.entered)]
    for table in state.store.values():
        parts += held.objects(table)[2]
    for facts in state.memory.values():
        for fact in facts:
            parts += fact if isinstance(fact, tuple) else ()
    used = {part.id for part in parts if isinstance(part, Session)}
    for owner, table in state.store.items():
        if owner not in used and (GRAPH.name in table or CLOSED.name in table):
            state.store[owner] = {
                name: value
                for name, value in table.items()
                if name not in (CLOSED.name, GRAPH.name, OWN_GRAPH.name)
            }


def _join(known: State, other: State, exact: bool, apart: _Apart) -> bool:
    """Let ``known`` stand for ``other`` as well, if they agree.

    ``apart`` are variables by which other paths were told apart, to which those of these are added.
    """
    if (
        known.keras_session != other.keras_session
        or (known.keras_session is None and known.generation != other.generation)
        or known.resets != other.resets
        or known.entered != other.entered
        or known.graphs != other.graphs
        or known.leaving != other.leaving
    ):
        return False
    work = known.shared.work
    work.done += PAIR
    same_history = known.memory == other.memory and known.keras_objects == other.keras_objects
    if known.weights_in != other.weights_in:
        work.done += COMPARED * len(other.keras_objects)
        for id_ in known.keras_objects.keys() & other.keras_objects.keys():
            if known.weights_in.get(id_) != other.weights_in.get(id_):
                return False
    if exact and not same_history:
        work.done += COMPARED * len(other.store)
        if known.store != other.store:
            return False
    else:
        if _are_apart(known, other, apart):
            return False
        work.done += other.size
        joined = _join_objects(known, other, apart)
        if joined is None:
            return False
        known.store = without_hidden(known, other, joined)
    known.gpus_hidden &= other.gpus_hidden
    known.reports |= other.reports
    known.said &= other.said
    known.generation = max(known.generation, other.generation)
    if not same_history:
        known.keras_objects.update(other.keras_objects)
        known.weights_in.update(other.weights_in)
        unite_memory(known, other)
    return True


def _are_apart(known: State, other: State, apart: _Apart) -> bool:
    """Whether one of some variables tells two paths apart."""
    for (owner, name), told in apart.items():
        one, two = known.store.get(owner), other.store.get(owner)
        if one is None or two is None or one is two:
            continue
        before, value = one.get(name), two.get(name)
        if before is value:
            continue
        key = (id(before), id(value))
        if key not in told:
            told[key] = join_values(name, before, value) is None, before, value
        if told[key][0]:
            return True
    return False


def _join_objects(known: State, other: State, apart: _Apart) -> dict[int, dict[str, Value]] | None:
    """The objects of both paths; None if these must be told apart."""
    joined = known.store
    for owner, table in other.store.items():
        before = known.store.get(owner)
        if before is table:
            continue
        known.shared.work.done += COMPARED * len(table)
        both = table if before is None else _join_tables(before, table)
        if isinstance(both, str):
            apart[owner, both] = {}
            return None
        if both is not before:
            if joined is known.store:
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
