"""Lists, tuples and dicts: what stands for their elements."""

from __future__ import annotations

from collections.abc import Iterable

from . import escape
from .lookup import keras_ids
from .state import State
from .values import (
    UNKNOWN,
    Class,
    Const,
    Instance,
    Keras,
    Mapping,
    Member,
    Routine,
    Sequence,
    Thread,
    Unknown,
    Value,
)

# Of a table of classes or functions so many are followed: each is a path of its own.
_CHOICES_LIMIT = 3


def iterate(value: Value) -> tuple[Value, bool | None]:
    """What iterating over a value gives, and whether it is empty (None: unknown)."""
    if isinstance(value, Sequence):
        if not value.items:
            return UNKNOWN, True
        return any_of(value.items), False
    if isinstance(value, Mapping):
        return UNKNOWN, not value.items
    if isinstance(value, Const) and isinstance(value.value, str):
        return UNKNOWN, not value.value
    if isinstance(value, Keras) or (isinstance(value, Member) and keras_ids((value,))):
        return value, False
    return UNKNOWN, None


def any_of(values: tuple[Value, ...]) -> Value:
    """What stands for whichever of some values is meant; unknown if nothing can.

    Keras objects stand together for each of them; lists and tuples are taken element by element.
    """
    first = values[0]
    if all(value == first for value in values):
        return first
    if all(isinstance(value, Keras) for value in values):
        return Keras(keras_ids(values), "part")
    rows = [value.items for value in values if isinstance(value, Sequence)]
    if len(rows) == len(values) and len({len(row) for row in rows}) == 1:
        return Sequence(tuple(map(any_of, zip(*rows))), is_list=False)
    return UNKNOWN


def lose(value: Value, found: Value, state: State) -> None:
    """Lose sight of what is in a value, but not in what was found in it."""
    kept = escape.parts_of((found,))
    ids = keras_ids(kept)
    lost = (
        part
        for part in escape.parts_of((value,))
        if not isinstance(part, (Mapping, Sequence))
        and part not in kept
        and not (isinstance(part, Keras) and part.ids <= ids)
    )
    escape.changed(lost, state)


def choices(value: Value, index: Value) -> tuple[Value, ...]:
    """The first classes or functions of a table, where any of them may be meant."""
    if not isinstance(value, Mapping) or isinstance(index, Const):
        return ()
    found = tuple(dict.fromkeys(each for _, each in value.items))
    if not all(isinstance(each, (Class, Routine)) for each in found):
        return ()
    return found[:_CHOICES_LIMIT]


def matters(values: Iterable[Value]) -> bool:
    """Whether among values, or in them, is an object that is followed, or something of one."""
    return any(
        isinstance(part.of if isinstance(part, Member) else part, (Instance, Keras, Thread))
        for part in escape.parts_of(values)
    )


def is_certain(value: Value, index: Value) -> bool:
    """Whether it is known which item ``value[index]`` is."""
    keys = value.items if isinstance(value, Mapping) else ()
    return isinstance(index, Const) and not any(isinstance(key, Unknown) for key, _ in keys)


def item(value: Value, index: Value) -> Value:
    """``value[index]``."""
    if isinstance(value, Mapping):
        pairs = value.items
        if isinstance(index, Const):
            pairs = tuple(
                pair for pair in pairs if pair[0] == index or isinstance(pair[0], Unknown)
            )
        return any_of(tuple(found for _, found in pairs)) if pairs else UNKNOWN
    if isinstance(value, Sequence):
        items = value.items
        if not isinstance(index, Const):
            return any_of(items) if items else UNKNOWN
        if isinstance(index.value, int) and -len(items) <= index.value < len(items):
            return items[index.value]
        return UNKNOWN
    if keras_ids((value,)):
        return value
    return UNKNOWN
