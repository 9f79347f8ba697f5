"""TFS101, TFS102, TFS103: built, or given weights, before a session is registered."""

from __future__ import annotations

from typing import NamedTuple

from ..effects import Site, Touch
from ..state import KnownOrNot, State
from .base import Rule

_PENDING = "pending"


class _Pending(NamedTuple):
    """What happened under the implicit session."""

    code: str
    chain: int
    subject: str


class OrderRule(Rule):
    """Remembers what happened under the implicit session until one is registered."""

    def keras_created(self, site: Site, subject: str, state: State) -> None:
        self._remember("TFS101", site, subject, state)

    def build_called(self, site: Site, name: str, state: State) -> None:
        self._remember("TFS102", site, f"'{name}()'", state)

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        self._remember("TFS103", site, touch.subject, state)

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        if session == state.implicit:
            # It is the session that Keras uses anyway.
            return
        self._report(site, state, ("TFS101", "TFS102", "TFS103"))
        state.memory.pop(_PENDING, None)

    def unregistered(self, site: Site, state: State) -> None:
        # Weights are lost with the implicit session; what has none yet gets it in the next one.
        self._report(site, state, ("TFS103",))
        kept = tuple(item for item in state.memory.get(_PENDING, ()) if item.code != "TFS103")
        state.memory[_PENDING] = kept

    def cleared(self, site: Site, name: str, state: State) -> None:
        state.memory.pop(_PENDING, None)

    def _remember(self, code: str, site: Site, subject: str, state: State) -> None:
        if state.current == state.implicit:
            pending = state.memory.get(_PENDING, ())
            state.memory[_PENDING] = (*pending, _Pending(code, site.chain, subject))

    def _report(self, site: Site, state: State, codes: tuple[str, ...]) -> None:
        for item in state.memory.get(_PENDING, ()):
            if item.code in codes:
                site.flow.report(item.code, item.chain, site.chain, item.subject)
