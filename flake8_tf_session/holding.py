"""Which of the Keras objects that a call made nothing holds after it: they are dead."""

from __future__ import annotations

from collections.abc import Container, Iterable

from .lookup import parts_of
from .state import LEFT, OPEN, PARTS, State
from .values import Instance, Keras, Value


def bury(call: int, passed: Iterable[Value], before: Container[int], state: State) -> None:
    """Note which of the Keras objects made in a call were held by its variables alone.

    What was ``passed`` to it or from it the caller holds; objects ``before`` it were not made in
    it. Whatever unknown code was given is held by that.
    """
    made = {id_ for id_ in state.creations if id_ >= 0 and id_ not in before}
    made = {id_ for id_ in made if not _is_shared(id_, state)}
    if not made:
        return
    local = _instances(state.attributes(call).values(), state)
    others = [table for owner, table in state.objects.items() if owner not in {call, *local, *made}]
    holders = [*passed, *(value for table in others for value in table.values())]
    for id_ in made - _keras_ids(holders, state):
        state.creations[id_] = state.creations[id_]._replace(held=False)


def _is_shared(id_: int, state: State) -> bool:
    """Whether code that can't be seen may hold an object."""
    return state.get(id_, LEFT) is not None or state.get(id_, OPEN) is not None


def _instances(values: Iterable[Value], state: State) -> set[int]:
    """The objects that values lead to, but for those that code outside may hold."""
    return {
        part.id
        for part in _reached(values, state)
        if isinstance(part, Instance) and not _is_shared(part.id, state)
    }


def _keras_ids(values: Iterable[Value], state: State) -> set[int]:
    """The Keras objects that values lead to."""
    found: set[int] = set()
    for part in _reached(values, state):
        if isinstance(part, Keras):
            found |= part.ids
        elif isinstance(part, Instance):
            found.add(part.id)
    return found


def _reached(values: Iterable[Value], state: State) -> list[Value]:
    """Values, what they consist of, and what their attributes are."""
    found: list[Value] = []
    seen: set[int] = set()
    pending = parts_of(values)
    while pending:
        part = pending.pop()
        found.append(part)
        if isinstance(part, Instance) and part.id not in seen:
            seen.add(part.id)
            pending += parts_of(state.attributes(part.id).values())
        elif isinstance(part, Keras):
            new = part.ids - seen
            seen |= new
            pending += [parts for id_ in new if (parts := state.get(id_, PARTS)) is not None]
    return found
