"""What lives on when a flow begins: Keras objects that were built before it, with their weights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .facts import ESCAPED, OPEN
from .lookup import keras_ids
from .state import State
from .values import EARLIER, TRUE, Class, Instance, Keras, Session, Value
from .weights import WeightsIn


class Kept(NamedTuple):
    """What a flow finds that was built before it.

    Attributes:
        tables: The attributes of objects of the project, and what is known of Keras objects, by id.
        weights_in: The weights of Keras objects, which are in a session of before the flow.
    """

    tables: dict[int, dict[str, Value]]
    weights_in: dict[int, WeightsIn]

    def give(self, state: State) -> None:
        """Let a state have it."""
        for id_, table in self.tables.items():
            state.store[id_] = table
        self.give_weights(state)

    def give_weights(self, state: State) -> None:
        """Let a state that has the objects know of their weights."""
        for id_, home in self.weights_in.items():
            # Code elsewhere holds it as well.
            state.mark(id_, ESCAPED)
            state.weights_in[id_] = home


def kept(values: Iterable[Value], base: State, ends: list[State]) -> Kept:
    """What values lead to in a state that was joined of some ends: Keras objects that have weights
    at each of these where they were made, and objects of the project with such attributes as only
    one function sets.
    """
    found = Kept({}, {})
    # A session that stays entered is in use later, whatever is registered.
    ends = [end for end in ends if not end.entered]
    pending = list(values)
    while pending:
        value = pending.pop()
        if isinstance(value, Instance) and value.id not in found.tables:
            table = _attributes(value, base, ends)
            if ends:
                table.update(_sessions(value, base, ends))
            found.tables[value.id] = {**table, OPEN.name: TRUE, ESCAPED.name: TRUE}
            pending += table.values()
        for id_ in base.with_parts(keras_ids((value,))):
            made = [end for end in ends if id_ in end.keras_objects or id_ in end.store]
            # The flow begins with the graph of those where it was reset most often.
            last = [end.weights_in.get(id_) for end in made if end.resets == base.resets]
            if last and last[0] and all(id_ in end.weights_in for end in made):
                found.weights_in[id_] = _earlier(last[0])
                found.tables.setdefault(id_, base.attributes(id_))
    return found


def _attributes(instance: Instance, base: State, ends: list[State]) -> dict[str, Value]:
    """The attributes of an object that lead to Keras objects with weights, wherever they are set:
    on another path it fails to read them.
    """
    found: dict[str, Value] = {}
    for name in base.attributes(instance.id):
        having = [end for end in ends if end.get(instance.id, name) is not None]
        values = [end.get(instance.id, name) for end in having]
        value = values[0] if values else None
        if (
            isinstance(value, (Instance, Keras))
            and all(other == value for other in values)
            and not _is_reset(name, instance.cls)
            and all(_has_home(id_, end) for id_ in keras_ids((value,)) for end in having)
        ):
            found[name] = value
    return found


def _sessions(instance: Instance, base: State, ends: list[State]) -> dict[str, Value]:
    """The attributes of an object that have the session which is in use at each end: it may be so
    when the flow begins.
    """
    return {
        name: EARLIER
        for name, value in base.attributes(instance.id).items()
        if isinstance(value, Session)
        and all(end.keras_session == value for end in ends)
        and not _is_reset(name, instance.cls)
    }


def _has_home(id_: int, end: State) -> bool:
    """Whether an object has weights in some session, or can have none."""
    creation = end.keras_objects.get(id_)
    return id_ in end.weights_in or (creation is not None and creation.weightless)


def _is_reset(name: str, cls: Class) -> bool:
    """Whether several functions set an attribute of a class's objects: each may do it last."""
    setters = set()
    for each in cls.mro:
        anchor = each.definition.scope.anchor
        own = anchor.node.lineno, anchor.node.col_offset
        for owner, place in anchor.source.index.setters.get(name, ()):
            if owner in (None, own):
                setters.add((anchor.source.path, place))
    return len(setters) > 1


def _earlier(home: WeightsIn) -> WeightsIn:
    """Where weights are that were put somewhere before the flow."""
    return WeightsIn(EARLIER, home.graph, home.chain, home.subject, entered=False, given=home.given)
