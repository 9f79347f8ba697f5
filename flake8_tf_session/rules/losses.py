"""Which Keras objects are lost to the session in use, and what took it away from them.

The weights of an object live in one session. Where Keras uses another one, the object is lost until
its session comes back or it is given weights in the new one. Nothing is remembered for that but
which ``set_session`` took Keras away from which objects: all else follows from where weights are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Union

from ..domain.facts import CLOSED, ESCAPED, FILLED, GRAPH
from ..domain.kinds import differ
from ..domain.state import State
from ..domain.values import EARLIER, KnownOrNot, Session, Value
from ..domain.weights import KerasObject, Overwritten, WeightsIn, original
from ..ir.nodes import Function
from .base import FlowContext, Rule, Site
from .events import Touch
from .memory import Memory

_SWITCHES: Memory[Switch] = Memory("switches")
# What had taken Keras away from sessions that came back, and the objects that were used then, by
# id.
_BROUGHT_BACK: Memory[Switch] = Memory("brought back")
_USED_AGAIN: Memory[int] = Memory("used again")


class Switch(NamedTuple):
    """A ``set_session`` that took Keras away from a session.

    Attributes:
        before: The session that Keras used; EARLIER where that was before the flow.
        own: Whether Keras had made that session for itself.
        chain: The chain of the call.
        ids: The objects that had their weights in that session, or were built under it.
        is_late: Whether that session had been closed by then.
    """

    before: KnownOrNot
    own: bool
    chain: int
    ids: frozenset[int]
    is_late: bool = False


class Elsewhere(NamedTuple):
    """Weights that are not in the session in use, for which no ``set_session`` is to blame."""

    home: WeightsIn


class InThread(NamedTuple):
    """Weights that another thread has put into a session that is not the one in use."""

    home: WeightsIn
    place: int


Cause = Union[Switch, Elsewhere, InThread, Overwritten]


class Object(NamedTuple):
    """A Keras object, as far as a path knows it, and the causes of its loss."""

    id: int
    creation: KerasObject | None
    home: WeightsIn | None
    causes: tuple[Cause, ...]

    @property
    def is_dead(self) -> bool:
        """Whether nothing holds it any more."""
        return self.creation is not None and not self.creation.held

    def is_aside(self, state: State) -> bool:
        """Whether it is of another graph than the one in use and than Keras' session: who uses it
        has to enter its graph, and registers its session there.
        """
        known = self.creation or self.home
        kept = None if state.keras_session is None else state.graph_of(state.keras_session)
        return (
            known is not None
            and kept is not None
            and differ(known.graph, state.graph)
            and differ(known.graph, kept)
        )


class SwitchRule(Rule):
    """Remembers what took Keras away from which session; it reports nothing itself."""

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        for back in _BROUGHT_BACK.of(state) if touch.uses else ():
            for id_ in touch.ids & back.ids if back.before == state.current else ():
                _USED_AGAIN.add(id_, state)
        if touch.gives and not state.fails:
            # Whatever they are lost to from now on took them from where they are put now.
            given = [each._replace(ids=each.ids - touch.ids) for each in _SWITCHES.of(state)]
            _SWITCHES.replace(given, state)

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        for before in sessions_left(session, state):
            ids = _objects_of(before, state)
            if isinstance(session, Session):
                graph = state.fact(session.id, GRAPH)
                ids = frozenset(id_ for id_ in ids if _takes(session, graph, id_, before, state))
            own = state.is_own(before)
            if own and site.flow.in_callback:
                # The model is in use: no order would make it right. What has no weights yet gets
                # them in this session.
                own, ids = False, frozenset(id_ for id_ in ids if id_ in state.weights_in)
            is_late = state.has(before.id, CLOSED)
            _remember(Switch(before, own, site.chain, ids, is_late), state)
        if isinstance(session, Session):
            for switch in _SWITCHES.of(state):
                if switch.before == session and switch not in _BROUGHT_BACK.of(state):
                    _BROUGHT_BACK.add(switch, state)
            _forget(session, state)
            if session != state.keras_session and not state.has(session.id, FILLED):
                ids = _objects_of(EARLIER, state)
                _remember(Switch(EARLIER, False, site.chain, ids), state)

    def unregistered(self, site: Site, state: State) -> None:
        for before in sessions_left(None, state):
            ids = _objects_of(before, state)
            own = state.is_own(before)
            if own:
                # What has no weights yet gets them in the next session.
                ids = frozenset(id_ for id_ in ids if id_ in state.weights_in)
            is_late = state.has(before.id, CLOSED)
            _remember(Switch(before, own, site.chain, ids, is_late), state)

    def cleared(self, site: Site, name: str, state: State) -> None:
        _SWITCHES.forget(state)


def is_used_again(lost: Object, state: State) -> bool:
    """Whether the program has registered an object's session again before, to use it there."""
    return lost.id in _USED_AGAIN.of(state)


def sessions_left(session: KnownOrNot | None, state: State) -> list[Session]:
    """The sessions that ``set_session(session)`` provably takes Keras away from.

    Keras may keep a session of another graph than the one in which it would make the next.
    """
    found = [state.keras_session] if isinstance(state.keras_session, Session) else []
    if state.keras_session is None or state.is_foreign:
        found.append(state.implicit)
    if session is None or isinstance(session, Session):
        return [each for each in found if each != session]
    if session == EARLIER:
        # It was in use before the flow, and may be so when that begins.
        return []
    # What is not known may be the one that Keras uses, unless nobody can have that.
    return [each for each in found if state.is_own(each) and not _is_held(each, state)]


def causes_of(ids: frozenset[int], state: State) -> list[Object]:
    """The objects of some ids that are lost to the session in use, with the causes."""
    objects = (
        _object(id_, state.keras_objects.get(id_), state.weights_in.get(id_), state)
        for id_ in sorted(ids)
    )
    return [each for each in objects if each.causes]


def lost_objects(state: State) -> list[Object]:
    """All objects that are lost to the session in use, those of before the flow excepted: what
    comes after it may bring their session back. What was in a closed session is lost by that.
    """
    earlier = {key for key, home in state.weights_in.items() if home.session == EARLIER}
    keys = dict.fromkeys((*state.keras_objects, *state.weights_in.keys() - earlier))
    objects = (
        _object(original(key), state.keras_objects.get(key), state.weights_in.get(key), state)
        for key in keys
    )
    return [each for each in objects if any(not _is_late(cause, each) for cause in each.causes)]


def _is_late(cause: Cause, lost: Object) -> bool:
    return lost.home is not None and isinstance(cause, Switch) and cause.is_late


def is_of_parameter(home: WeightsIn, flow: FlowContext) -> bool:
    """Whether an object is a parameter of the flow's function, whose weights are not known."""
    return isinstance(flow.chains.node(home.chain), Function)


def _object(id_: int, creation: KerasObject | None, home: WeightsIn | None, state: State) -> Object:
    causes = () if creation is None and home is None else _causes(id_, creation, home, state)
    return Object(id_, creation, home, tuple(causes))


def _causes(
    id_: int, creation: KerasObject | None, home: WeightsIn | None, state: State
) -> Iterator[Cause]:
    if creation is not None and creation.weightless:
        return
    current = state.current
    session = _session_of(creation, home)
    overwritten = None if home is None else home.overwritten
    if overwritten is not None and overwritten.session == current:
        yield overwritten
        return
    if session == current or session is None or _is_copied(creation, home, state):
        return
    if not isinstance(session, Session) and session != EARLIER:
        return
    if not state.enters_another:
        switches = [
            switch
            for switch in _SWITCHES.of(state)
            if switch.before == session and id_ in switch.ids
        ]
        if switches:
            yield from (each for each in switches if each.own or state.parts_from(session))
            return
    if home is None or not state.parts_from(session):
        return
    if overwritten is not None and overwritten.session == session:
        yield overwritten
    elif home.place is not None:
        yield InThread(home, home.place)
    elif home.entered or home.dropped or state.enters_another:
        yield Elsewhere(home)


def _is_held(session: Session, state: State) -> bool:
    """Whether the program holds a session that Keras made for itself."""
    return state.has(session.id, ESCAPED) or any(
        value == session for table in state.store.values() for value in table.values()
    )


def _session_of(creation: KerasObject | None, home: WeightsIn | None) -> KnownOrNot | None:
    """The session that has an object's weights, or under which it was built while it has none."""
    if home is not None:
        return home.session
    return None if creation is None else creation.session


def _is_copied(creation: KerasObject | None, home: WeightsIn | None, state: State) -> bool:
    """Whether an initializer made weights in the session in use that are as good."""
    current = state.current
    if not isinstance(current, Session):
        return False
    if home is not None:
        return current.id in home.copies
    return creation is not None and current.id in creation.initialized


def _objects_of(session: KnownOrNot, state: State) -> frozenset[int]:
    """The objects that have their weights in a session, or were built under it and have none."""
    return frozenset(
        original(key)
        for key in {*state.keras_objects, *state.weights_in}
        if _session_of(state.keras_objects.get(key), state.weights_in.get(key)) == session
        and (key not in state.keras_objects or state.keras_objects[key].held)
    )


def _takes(session: Session, graph: Value | None, id_: int, before: Session, state: State) -> bool:
    """Whether registering a session takes Keras away from an object, by the graphs of both.

    What has no weights yet gets them in a session of its own graph; one that Keras made takes none
    of another graph.
    """
    home = state.weights_in.get(id_)
    known = state.keras_objects.get(id_) or home
    own = None if known is None else known.graph
    if state.is_own(session) and state.is_own(before):
        return own == graph
    return home is not None or graph is None or own is None or not differ(own, graph)


def _remember(switch: Switch, state: State) -> None:
    _forget(switch.before, state)
    if switch.ids:
        _SWITCHES.add(switch, state)


def _forget(session: KnownOrNot, state: State) -> None:
    """Forget what took Keras away from a session: it is in use again."""
    switches = _SWITCHES.of(state)
    _SWITCHES.replace((each for each in switches if each.before != session), state)
