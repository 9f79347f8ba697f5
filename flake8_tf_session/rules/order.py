"""TFS101, TFS102, TFS103: built, or given weights, before a session is registered."""

from __future__ import annotations

from typing import NamedTuple

from ..effects import Site, Touch
from ..state import GRAPH, KnownOrNot, State, is_implicit
from ..values import Session, Value
from .base import Rule

_PENDING = "pending"


class _Pending(NamedTuple):
    """What happened under the implicit session."""

    code: str
    chain: int
    subject: str
    session: Session
    graph: Value


class OrderRule(Rule):
    """Remembers what happened under the implicit session until one is registered."""

    def keras_created(self, site: Site, subject: str, state: State) -> None:
        self._remember("TFS101", site, subject, state)

    def build_called(self, site: Site, name: str, state: State) -> None:
        chains = site.flow.analysis.chains
        inside = any(
            item.chain != site.chain and site.chain in chains.path(item.chain)
            for item in state.memory.get(_PENDING, ())
        )
        self._remember("TFS102", site, f"'{name}()'", state, inside)

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        if touch.uses or touch.puts_weights_in(state):
            self._remember("TFS103", site, touch.subject, state)

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        pending = state.memory.get(_PENDING, ())
        if isinstance(session, Session) and is_implicit(session):
            # Under that very session nothing was wrong, and it takes none of another graph.
            graph = state.get(session.id, GRAPH)
            lost = tuple(
                item for item in pending if item.session != session and item.graph == graph
            )
        else:
            lost = pending
        _report(site, lost, state)
        state.memory[_PENDING] = tuple(item for item in pending if item not in lost)

    def unregistered(self, site: Site, state: State) -> None:
        # Weights are lost with the implicit session; what has none yet gets it in the next one.
        pending = state.memory.get(_PENDING, ())
        _report(site, tuple(item for item in pending if item.code == "TFS103"), state)
        state.memory[_PENDING] = tuple(item for item in pending if item.code != "TFS103")

    def cleared(self, site: Site, name: str, state: State) -> None:
        state.memory.pop(_PENDING, None)

    def _remember(
        self, code: str, site: Site, subject: str, state: State, known: bool = False
    ) -> None:
        if known or state.current == state.implicit:
            pending = state.memory.get(_PENDING, ())
            item = _Pending(code, site.chain, subject, state.implicit, state.graph)
            state.memory[_PENDING] = (*pending, item)


def _report(site: Site, items: tuple[_Pending, ...], state: State) -> None:
    for item in items:
        site.flow.report(item.code, item.chain, site.chain, item.subject, path=state)
