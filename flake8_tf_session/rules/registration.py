"""TFS302, TFS303, TFS306: a registration that does not do what it is meant to."""

from __future__ import annotations

from typing import NamedTuple

from ..domain.facts import GRAPH
from ..domain.state import State
from ..domain.values import Graph, KnownOrNot, Session
from .base import Rule, Site
from .memory import Memory

_REGISTERED: Memory[_Registered] = Memory("registered")
_CLEARED: Memory[_Cleared] = Memory("cleared")


class _Registered(NamedTuple):
    """The registration in force: its session and the chain of ``set_session``."""

    session: KnownOrNot
    chain: int


class _Cleared(NamedTuple):
    """A ``clear_session()`` that took a registration away: the chains of both."""

    chain: int
    registration: int


class RegistrationRule(Rule):
    """Follows the registration in force to the Keras objects that are built under it."""

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        _REGISTERED.replace((_Registered(session, site.chain),), state)
        _CLEARED.forget(state)
        _report_use(site)

    def unregistered(self, site: Site, state: State) -> None:
        _report_use(site)
        _REGISTERED.forget(state)
        _CLEARED.forget(state)

    def cleared(self, site: Site, name: str, state: State) -> None:
        registered = _REGISTERED.of(state)
        _REGISTERED.forget(state)
        if registered and not state.entered and name == "clear_session":
            _CLEARED.replace((_Cleared(site.chain, item.chain) for item in registered), state)

    def keras_created(self, site: Site, id_: int, subject: str, state: State) -> None:
        if state.entered:
            return
        for cleared in _CLEARED.of(state):
            site.flow.report("TFS303", cleared.chain, cleared.registration, subject, path=state)
        for item in _REGISTERED.of(state):
            graph = None
            if isinstance(item.session, Session):
                graph = state.fact(item.session.id, GRAPH)
            if isinstance(graph, Graph) and isinstance(state.graph, Graph) and graph != state.graph:
                site.flow.report("TFS302", item.chain, site.chain, subject, path=state)


def _report_use(site: Site) -> None:
    if site.node is not None and not site.node.discarded:
        site.flow.report("TFS306", site.chain, None, at_event=True)
