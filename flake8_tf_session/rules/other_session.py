"""TFS106: weights are accessed in another session than the one that holds them."""

from __future__ import annotations

from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import Session
from ..domain.weights import WeightsIn
from .base import FlowContext, Rule, Site
from .events import Touch
from .losses import Elsewhere, Object, causes_of, is_of_parameter, lost_objects
from .memory import Said

_SESSIONS = (
    "another session than the one that holds the model's weights (put there {related}): it fails,"
    " or sees other weights; do it where that session is the one in use"
)
_NAMED = (
    "another session than the one that holds the model's weights (put there {related}): it fails,"
    " or sees other weights; use that session, or load the weights into this one"
)
_PARAMETER = (
    "another session than the one in which its model, a parameter {related}, may have weights: it"
    " fails then, or sees other weights; do it where that session is the one in use"
)
_OPEN = (
    "another session than the one that stays open after it (made {related}): its weights stay"
    " behind; open that session before"
)
_DROPPED = (
    "a session that Keras drops later, for one of another graph: the weights are lost; register a"
    " session for each graph"
)
_GRAPHS = (
    "a session of another graph than the model's: it fails; make a session for the model's graph"
    " (one Session per graph)"
)

# Objects, and the session of another graph in which it was said of them, by their ids.
_NOTICED: Said[tuple[int, int]] = Said("of another graph")


class OtherSessionRule(Rule):
    """Compares the session of each access with the one that holds the weights."""

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        if state.enters_foreign:
            if not _is_noticed(touch, state):
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
                    reason = _NAMED if touch.named else _SESSIONS
                    if is_of_parameter(home, site.flow):
                        reason = _PARAMETER
                    site.flow.report("TFS106", chain, home.chain, touch.subject, reason, path=state)

    def ended(self, flow: FlowContext, frame: Frame, state: State) -> None:
        for each in lost_objects(state):
            for cause in each.causes if not each.is_dead else ():
                if not isinstance(cause, Elsewhere) or cause.home.graph != state.graph:
                    continue
                if not _report_stray(flow, each, state):
                    _report_left(flow, cause.home, state)


def _report_left(flow: FlowContext, home: WeightsIn, state: State) -> None:
    """Report what put weights into a session that Keras dropped, or before one that stays open."""
    if not state.entered:
        if home.dropped:
            flow.report("TFS106", home.chain, None, home.subject, _DROPPED, path=state)
        return
    if home.entered and home.strayed_from is None:
        # They belong to a session that was entered, and may be so again.
        return
    session, block = state.entered[-1]
    if block is None and isinstance(session, Session):
        flow.report("TFS106", home.chain, session.id, home.subject, _OPEN, path=state)


def _report_stray(flow: FlowContext, each: Object, state: State) -> bool:
    """Report what put weights into an entered session, if Keras came back to its own after that."""
    home = each.home
    if home is None or home.strayed_from is None or state.enters_another:
        return False
    flow.report("TFS106", home.chain, home.strayed_from, home.subject, _SESSIONS, path=state)
    return True


def _is_noticed(touch: Touch, state: State) -> bool:
    """Whether it was said of all the objects already that the session is one of another graph."""
    session = touch.session
    assert isinstance(session, Session)
    new = _NOTICED.take([(id_, session.id) for id_ in touch.ids], state)
    return not touch.gives and not new
