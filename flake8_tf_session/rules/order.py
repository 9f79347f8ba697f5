"""TFS101, TFS102, TFS103: built, or given weights, before a session is registered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import KnownOrNot, Session, Value
from .base import FlowContext, Rule, Site
from .events import Touch
from .losses import Object, Switch, causes_of, lost_objects, sessions_left
from .memory import Memory

_EVENTS: Memory[_Event] = Memory("events")
# Objects that got their first weights where `get_session()` was called: what that runs first may be
# an initializer.
_WAITING: Memory[Object] = Memory("waiting")


class _Event(NamedTuple):
    """What happened under a session that Keras made for itself.

    Attributes:
        code: What it is called where its session is replaced.
        chain: Where it happened.
        subject: The words for it.
        session: The session.
        ids: The objects that it made, or whose weights it dealt with; none if they are not known.
        replaced: For what is not known: the ``set_session`` that took the session away.
        initialized: For what is not known: the sessions in which an initializer was run since, or
            under which it happened before ``set_session(None)``.
    """

    code: str
    chain: int
    subject: str
    session: Session
    ids: frozenset[int]
    replaced: int | None = None
    initialized: frozenset[int] = frozenset()


class OrderRule(Rule):
    """Remembers what happened under Keras' own session, and reports what that loses."""

    def keras_created(self, site: Site, id_: int, subject: str, state: State) -> None:
        if not state.keras_objects[id_].weightless:
            self._remember("TFS101", site, subject, frozenset((id_,)), state)

    def build_called(self, site: Site, name: str, state: State) -> None:
        chains = site.flow.chains
        inside = [
            event
            for event in _events(state)
            if event.chain != site.chain and site.chain in chains.path(event.chain)
        ]
        ids = frozenset().union(*(event.ids for event in inside))
        if ids:
            event = _Event("TFS102", site.chain, f"'{name}()'", inside[0].session, ids)
            _set_events((*_events(state), event), state)
        else:
            self._remember("TFS102", site, f"'{name}()'", ids, state)

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        lost = [
            each
            for each in causes_of(touch.ids | touch.initialized, state)
            if each.home is None or (touch.uses and each.id in touch.ids)
        ]
        if touch.keeps or touch.uses or touch.gives:
            self._report_waiting(site.flow, state)
            _report(site.flow, lost, state)
        else:
            _WAITING.replace((*_WAITING.of(state), *lost), state)
        known = touch.ids | touch.initialized
        if touch.keeps or not (touch.uses or touch.gives):
            # It matters to those alone that get their weights by it.
            known = frozenset(id_ for id_ in known if id_ not in state.weights_in)
        elif not touch.gives:
            # What has its weights in another session is not found in this one.
            known = frozenset(
                id_
                for id_ in known
                if id_ not in state.weights_in or state.weights_in[id_].session == state.current
            )
        if touch.gives and not touch.ids:
            self.unknown_given(site, state)
        if (known or not touch.ids) and not state.fails:
            self._remember("TFS103", site, touch.subject, known, state)

    def unknown_given(self, site: Site, state: State) -> None:
        # It may be what had its weights in the implicit session.
        current = state.current
        _set_events(
            (
                each
                for each in _events(state)
                if each.ids or each.code != "TFS103" or each.session == current
            ),
            state,
        )

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        left = sessions_left(session, state)
        _set_events((_after(event, session, left, site.chain) for event in _events(state)), state)

    def unregistered(self, site: Site, state: State) -> None:
        left = sessions_left(None, state)
        events = []
        for event in _events(state):
            if event.session not in left or event.code == "TFS103":
                events.append(_after(event, None, left, site.chain))
                continue
            # It is as if it happened under the next session; what has weights goes with those.
            ids = event.ids.difference(state.weights_in)
            if ids or not event.ids:
                before = event.initialized | {event.session.id}
                session = state.next_implicit
                events.append(event._replace(session=session, ids=ids, initialized=before))
        _set_events(events, state)

    def initialized(self, site: Site, graph: Value, session: Session, state: State) -> None:
        if session == state.current:
            _WAITING.forget(state)
        _set_events(
            (
                event._replace(initialized=event.initialized | {session.id})
                if event.code == "TFS102" and not event.ids
                else event
                for event in _events(state)
            ),
            state,
        )

    def cleared(self, site: Site, name: str, state: State) -> None:
        _EVENTS.forget(state)
        _WAITING.forget(state)

    def ended(self, flow: FlowContext, frame: Frame, state: State) -> None:
        self._report_waiting(flow, state)
        lost = lost_objects(state)
        _report(flow, [each for each in lost if each.home is None or not each.is_dead], state)
        self._report_unknown(flow, state)

    def stopped(self, flow: FlowContext, state: State) -> None:
        self._report_waiting(flow, state)
        _report(flow, [each for each in lost_objects(state) if each.home is None], state)
        self._report_unknown(flow, state)

    def _remember(
        self, code: str, site: Site, subject: str, ids: frozenset[int], state: State
    ) -> None:
        if state.is_own(state.current) and state.current == state.implicit:
            event = _Event(code, site.chain, subject, state.implicit, ids)
            _set_events((*_events(state), event), state)

    def _report_waiting(self, flow: FlowContext, state: State) -> None:
        _report(flow, list(_WAITING.of(state)), state)
        _WAITING.forget(state)

    def _report_unknown(self, flow: FlowContext, state: State) -> None:
        """Report what happened to objects that are not known."""
        current = state.current
        for event in _events(state):
            if event.replaced is None or event.session == current:
                continue
            if isinstance(current, Session) and current.id in event.initialized:
                continue
            flow.report(event.code, event.chain, event.replaced, event.subject, path=state)


def _events(state: State) -> tuple[_Event, ...]:
    return _EVENTS.of(state)


def _set_events(events: Iterable[_Event], state: State) -> None:
    _EVENTS.replace(events, state)


def _after(event: _Event, session: KnownOrNot | None, left: list[Session], chain: int) -> _Event:
    """An event of unknown objects after a ``set_session``."""
    if event.ids:
        return event
    if event.session == session:
        return event._replace(replaced=None)
    return event._replace(replaced=chain) if event.session in left else event


def _report(flow: FlowContext, lost: list[Object], state: State) -> None:
    """Report the events that lost objects go back to."""
    own = [
        (each, [cause for cause in each.causes if isinstance(cause, Switch) and cause.own])
        for each in lost
    ]
    groups = _groups([each.id for each, causes in own if causes], state)
    for event in _events(state):
        for each, switches in own:
            # What has no weights was not given any there, but on another path.
            if each.id not in event.ids or (event.code == "TFS103" and each.home is None):
                continue
            for switch in switches:
                if switch.before != event.session or _is_inside(switch.chain, event.chain, flow):
                    continue
                # All layers of one model are one finding.
                group = groups[each.id] if event.code == "TFS101" else None
                flow.report(
                    event.code, event.chain, switch.chain, event.subject, path=state, group=group
                )


def _is_inside(chain: int, call: int, flow: FlowContext) -> bool:
    """Whether an event is a part of what a call did, and not later than that."""
    return chain != call and call in flow.chains.path(chain)


def _groups(ids: list[int], state: State) -> dict[int, int]:
    """Which objects are one model: each with the first of them."""
    groups = {id_: id_ for id_ in ids}
    for id_ in ids:
        merged = {groups[part] for part in state.with_parts(frozenset((id_,))) & groups.keys()}
        first = min(merged)
        groups = {each: first if group in merged else group for each, group in groups.items()}
    return groups
