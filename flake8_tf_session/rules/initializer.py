"""TFS105: the initializer is run over weights that were given or trained."""

from __future__ import annotations

from typing import NamedTuple

from ..effects import Site, Touch
from ..state import State
from ..values import Session
from .base import Rule

_CHANGED = "changed"


class _Changed(NamedTuple):
    """Weights that have values of worth: where they got them, and in which session."""

    id: int
    chain: int
    session: Session
    subject: str


class InitializerRule(Rule):
    """Remembers which weights would be lost."""

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        if not touch.changes or not isinstance(touch.session, Session):
            return
        kept = [item for item in state.memory.get(_CHANGED, ()) if item.id not in touch.ids]
        kept += [
            _Changed(id_, site.chain, touch.session, touch.subject) for id_ in sorted(touch.ids)
        ]
        state.memory[_CHANGED] = tuple(kept)

    def initialized(self, site: Site, session: Session, state: State) -> None:
        for item in state.memory.get(_CHANGED, ()):
            if session in (item.session, state.current):
                site.flow.report("TFS105", site.chain, item.chain, item.subject)
                return

    def cleared(self, site: Site, name: str, state: State) -> None:
        state.memory.pop(_CHANGED, None)
