"""TFS105: the initializer is run over weights that were given or trained."""

from __future__ import annotations

from typing import NamedTuple

from ..effects import Site, Touch
from ..flow import Flow, Frame
from ..state import State
from ..values import Session, Value, differ
from .base import Rule

_CHANGED = "changed"
_HIDDEN = "hidden"


class _Changed(NamedTuple):
    """Weights that have values of worth: where they got them, and in which session."""

    id: int
    chain: int
    session: Session
    graph: Value
    subject: str


class _Hidden(NamedTuple):
    """Weights that an entered session hides behind initial ones until it is left: which, and the
    chains of the initializer and of what gave them.
    """

    id: int
    session: Session
    chain: int
    given: int
    subject: str


class InitializerRule(Rule):
    """Remembers which weights would be lost."""

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        if not isinstance(touch.session, Session):
            return
        hidden = state.memory.get(_HIDDEN, ())
        if hidden and touch.gives:
            state.memory[_HIDDEN] = tuple(
                item for item in hidden if item.id not in touch.ids or item.session != touch.session
            )
        elif touch.uses:
            for item in hidden:
                if item.id in touch.ids and item.session == touch.session:
                    _report(site.flow, item, state)
        if not touch.changes:
            return
        kept = [item for item in state.memory.get(_CHANGED, ()) if item.id not in touch.ids]
        kept += [
            _Changed(id_, site.chain, touch.session, state.graph, touch.subject)
            for id_ in sorted(touch.ids)
        ]
        state.memory[_CHANGED] = tuple(kept)

    def initialized(self, site: Site, graph: Value, session: Session, state: State) -> None:
        hidden = []
        reported = False
        for item in state.memory.get(_CHANGED, ()):
            if session not in (item.session, state.current) or differ(graph, item.graph):
                continue
            lost = _Hidden(item.id, session, site.chain, item.chain, item.subject)
            if session != item.session and state.entered:
                # They are as they were where they live: nothing is lost if they are used there.
                hidden.append(lost)
            elif not reported:
                _report(site.flow, lost, state)
                reported = True
        if hidden:
            state.memory[_HIDDEN] = (*state.memory.get(_HIDDEN, ()), *hidden)

    def cleared(self, site: Site, name: str, state: State) -> None:
        state.memory.pop(_CHANGED, None)
        state.memory.pop(_HIDDEN, None)

    def ended(self, flow: Flow, frame: Frame, state: State) -> None:
        for item in state.memory.get(_HIDDEN, ()):
            if item.session == state.current:
                _report(flow, item, state)


def _report(flow: Flow, item: _Hidden, state: State) -> None:
    flow.report("TFS105", item.chain, item.given, item.subject, path=state)
