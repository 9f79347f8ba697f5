"""Which of the Keras objects that a call made nothing holds after it: they are dead.

A function that returned lives on in the functions inside it: who holds one of these holds the
variables around it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..tensorflow.vocabulary import THREAD_CLASSES, is_keras
from .budget import COMPARED, EXPRESSION
from .escape import owners_of, parts_that_lead_on
from .facts import ENDED, ESCAPED, INSTANCE, OPEN
from .frame import Frame
from .state import State
from .values import Class, External, Instance, Keras, Mapping, Sequence, Value
from .weights import original


def mark_unreachable(frame: Frame, passed: Iterable[Value], before: State, state: State) -> None:
    """Note which of the Keras objects made in a call were held by its variables alone.

    What was ``passed`` to it or from it the caller holds; objects ``before`` it were not made in
    it. Whatever unknown code was given is held by that.
    """
    state.shared.work.done += state.size
    for key, creation in state.keras_objects.items():
        if creation.dies_with == frame.id:
            state.keras_objects[key] = creation._replace(held=False)
    made = {
        id_
        for id_ in state.keras_objects
        if id_ >= 0 and id_ not in before.keras_objects and not state.has(id_, ESCAPED)
    }
    if not made:
        return
    # What was there before is held by others, too.
    local = {
        owner
        for owner, table in state.store.items()
        if INSTANCE.name in table and owner not in before.store
    }
    around = _around(frame)
    # What is forgotten but for where its weights are leads nowhere, either.
    forgotten = {original(key) for key in state.keras_objects if key < 0}
    gone = {frame.id} | local | made | forgotten
    others = [
        table
        for owner, table in state.store.items()
        # A table that is what it was holds nothing new.
        if before.store.get(owner) is not table
        and (owner in around or ESCAPED.name in table or not (owner in gone or ENDED.name in table))
    ]
    holders = list(passed)
    for table in others:
        holders += table.values()
    reached = _reached(holders, before, state)
    for id_ in made - _keras_ids(reached):
        state.keras_objects[id_] = state.keras_objects[id_]._replace(held=False)
    for id_ in local - _instance_ids(reached):
        # What the call made for itself is gone, and holds nothing any more.
        if not state.has(id_, ESCAPED):
            state.store.pop(id_, None)


def mark_replaced(state: State) -> None:
    """Note which Keras objects nothing holds at a module's end, of all names and attributes that
    live on.
    """
    made = {id_ for id_ in state.keras_objects if id_ >= 0 and not state.has(id_, ESCAPED)}
    if not made:
        return
    holders = [
        value
        for owner, table in state.store.items()
        if owner not in made and (ESCAPED.name in table or ENDED.name not in table)
        for value in table.values()
    ]
    for id_ in made - _keras_ids(_reached(holders, State(state.shared), state)):
        state.keras_objects[id_] = state.keras_objects[id_]._replace(held=False)


def is_seen(cls: Class, state: State) -> bool:
    """Whether no code but the project's and Keras' makes its objects, so that nobody else has one.

    Keras holds none of them, nor does Python a thread that has ended.
    """
    return all(
        isinstance(base, External) and (is_keras(base.dotted) or base.dotted in THREAD_CLASSES)
        for base in cls.outer_bases
    ) and not any(state.has(each.id, OPEN) for each in cls.mro)


def change(before: Value, after: Value, state: State) -> bool:
    """Give whatever holds a list or dict what it was changed to; whether anything does.

    Values are equal if what they stand for is alike; that they are the same tells which list it is.
    """
    if not isinstance(before, Mapping) and not (isinstance(before, Sequence) and before.is_list):
        return False
    found = False
    for owner, table in state.store.items():
        state.shared.work.done += COMPARED + len(table)
        names = [name for name, value in table.items() if value is before]
        if names:
            found = True
            state.store[owner] = {**table, **dict.fromkeys(names, after)}
    return found


def _around(frame: Frame) -> set[int]:
    """The frames of functions that returned, whose variables those being executed see."""
    found: set[int] = set()
    caller = frame.caller
    while caller is not None:
        found.update(caller.closure)
        caller = caller.caller
    return found


def _instance_ids(parts: Iterable[Value]) -> set[int]:
    """The objects of the project's classes among values."""
    return {part.id for part in parts if isinstance(part, Instance)}


def _keras_ids(parts: Iterable[Value]) -> set[int]:
    """The Keras objects among values."""
    found: set[int] = set()
    for part in parts:
        if isinstance(part, Keras):
            found |= part.ids
        elif isinstance(part, Instance):
            found.add(part.id)
    return found


def _reached(values: Iterable[Value], before: State, state: State) -> list[Value]:
    """Values, what they consist of, their attributes and the variables around them, if these are
    not what they were ``before``.
    """
    found: list[Value] = []
    seen: set[int] = set()
    values = list(values)
    looked_at = len(values)
    pending = parts_that_lead_on(values)
    while pending:
        part = pending.pop()
        found.append(part)
        for id_ in owners_of(part):
            table = state.attributes(id_)
            if id_ not in seen and before.attributes(id_) is not table:
                seen.add(id_)
                looked_at += len(table)
                pending += parts_that_lead_on(table.values())
    state.shared.work.done += EXPRESSION * len(found) + COMPARED * looked_at
    return found
