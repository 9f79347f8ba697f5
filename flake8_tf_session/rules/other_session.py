"""TFS106: weights are accessed in another session than the one that holds them."""

from __future__ import annotations

from ..effects import Site, Touch
from ..flow import Flow, Frame
from ..state import GRAPH, State
from ..values import Session, differ
from .base import Rule
from .losses import Elsewhere, Object, causes_of, lost_objects

_SESSIONS = (
    "another session than the one that holds the model's weights (put there {related}): it fails,"
    " or sees other weights; do it where that session is the one in use"
)
_OPEN = (
    "another session than the one that stays open after it (made {related}): its weights stay"
    " behind; open that session before"
)
_GRAPHS = (
    "a session of another graph than the model's: it fails; make a session for the model's graph"
    " (one Session per graph)"
)


class OtherSessionRule(Rule):
    """Compares the session of each access with the one that holds the weights."""

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        if _is_of_another_graph(touch, state):
            site.flow.report("TFS106", site.chain, None, touch.subject, _GRAPHS, path=state)
            return
        if not touch.uses:
            return
        for each in causes_of(touch.ids, state):
            for cause in each.causes:
                if not isinstance(cause, Elsewhere):
                    continue
                if not _report_stray(site.flow, each, state):
                    chain, home = site.chain, cause.home
                    site.flow.report(
                        "TFS106", chain, home.chain, touch.subject, _SESSIONS, path=state
                    )

    def ended(self, flow: Flow, frame: Frame, state: State) -> None:
        for each in lost_objects(state):
            if each.is_dead or not any(isinstance(cause, Elsewhere) for cause in each.causes):
                continue
            if not _report_stray(flow, each, state):
                _report_open(flow, each, state)


def _report_open(flow: Flow, each: Object, state: State) -> None:
    """Report what put weights into the session before one that is entered and stays so."""
    entered = state.entered[-1] if state.entered else None
    if entered is None or entered.block is not None or each.home is None:
        return
    if isinstance(entered.session, Session):
        chain, home = entered.session.id, each.home
        flow.report("TFS106", home.chain, chain, home.subject, _OPEN, path=state)


def _report_stray(flow: Flow, each: Object, state: State) -> bool:
    """Report what put weights into an entered session, if Keras came back to its own after that."""
    home = each.home
    if home is None or home.due is None or home.due.session != state.current:
        return False
    flow.report("TFS106", home.chain, home.due.chain, home.subject, _SESSIONS, path=state)
    return True


def _is_of_another_graph(touch: Touch, state: State) -> bool:
    """Whether the session in use is an entered one of another graph, and this is noticed first."""
    if not state.entered or not isinstance(touch.session, Session):
        return False
    graph = state.get(touch.session.id, GRAPH)
    if graph is None or not differ(graph, state.graph):
        return False
    homes = [state.homes.get(id_) for id_ in touch.ids | touch.initialized]
    return any(home is None or home.session != touch.session for home in homes)
