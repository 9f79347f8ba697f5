"""Joining values: what a variable is where two paths meet."""

from __future__ import annotations

from ..tensorflow.vocabulary import canonical, is_foreign, role
from .facts import Joined, fact_of
from .kinds import HELPERS, OBJECTS, no_other
from .state import State
from .values import (
    MANAGER,
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
    Partial,
    Routine,
    Sequence,
    Unknown,
    Value,
)


def join_values(name: str, one: Value | None, other: Value | None) -> Value | None:
    """The value of a variable on two paths, None if these must be told apart.

    A value that is None here was never set on its path.
    """
    if one == other:
        return one
    fact = fact_of(name)
    if fact is not None and fact.joined is not Joined.AS_VARIABLE:
        return None if fact.joined is Joined.APART else one or other
    if is_blank(one) and is_blank(other):
        if MANAGER in (one, other):
            return MANAGER
        return MAYBE_NONE if NONE in (one, other) or MAYBE_NONE in (one, other) else UNKNOWN
    if is_blank(one):
        return _join_blank(one, other)
    if is_blank(other):
        return _join_blank(other, one)
    return _join_light(one, other)


def _join_blank(blank: Value | None, other: Value | None) -> Value | None:
    if other is None or not is_light(other):
        return None
    # Whether a list is empty decides a condition: unlike a name's meaning, that is not kept.
    return UNKNOWN if blank is not None and isinstance(other, (Mapping, Sequence)) else other


def is_blank(value: Value | None) -> bool:
    """Whether a value is not there, unknown or a constant."""
    return value is None or isinstance(value, (Unknown, Const))


def is_light(value: Value) -> bool:
    """Whether a value may stand for a variable that is something else on another path."""
    if isinstance(value, (Unknown, Const, External, Imported, Module, Routine, Class, Method)):
        return True
    if isinstance(value, Keras):
        return value.kind != "model"
    if isinstance(value, Sequence):
        return all(map(is_light, value.items))
    if isinstance(value, Mapping):
        return all(is_light(item) for _, item in value.items)
    if isinstance(value, Member):
        return is_light(value.of)
    if isinstance(value, (OBJECTS, HELPERS, Instance, Partial)):
        return False
    no_other(value)


def _join_light(one: Value | None, other: Value | None) -> Value | None:
    if isinstance(one, External) and isinstance(other, External):
        if "(" in one.dotted or "(" in other.dotted:
            # What a function of TensorFlow returned is nothing that the rules know.
            return UNKNOWN
        if is_foreign(one.dotted) and is_foreign(other.dotted):
            return UNKNOWN
        return one if same_meaning(one, other) else None
    if isinstance(one, Keras) and isinstance(other, Keras):
        if one.kind == "model" or other.kind == "model":
            return None
        return Keras(one.ids | other.ids, "part")
    for value in (one, other):
        if value is None or isinstance(value, (External, Imported, Module, Routine, Class, Method)):
            return None
        if not is_light(value):
            return None
    return UNKNOWN


def same_meaning(one: External, other: External) -> bool:
    """Whether two dotted names are the same to the rules, as alternative imports are."""
    if canonical(one.dotted) == canonical(other.dotted):
        return True
    known = role(one.dotted)
    return known is not None and known == role(other.dotted)


def without_hidden(
    one: State, other: State, objects: dict[int, dict[str, Value]]
) -> dict[int, dict[str, Value]]:
    """The joined objects of two paths without what may be None only where the GPUs are hidden.

    A session without a config takes nothing there, and both go on as the path that sees the GPUs.
    """
    if one.gpus_hidden == other.gpus_hidden:
        return objects
    seen = other if one.gpus_hidden else one
    changed = {}
    for owner, table in objects.items():
        known = seen.store.get(owner, table)
        names = [
            name
            for name, value in table.items()
            if value == MAYBE_NONE and known.get(name) not in (NONE, MAYBE_NONE)
        ]
        if names:
            changed[owner] = {**table, **dict.fromkeys(names, UNKNOWN)}
    return {**objects, **changed}


def unite_memory(known: State, other: State) -> None:
    """Let a path remember what rules remember of another as well."""
    for rule, facts in other.memory.items():
        before = known.memory.get(rule, ())
        known.memory[rule] = tuple(dict.fromkeys((*before, *facts)))
