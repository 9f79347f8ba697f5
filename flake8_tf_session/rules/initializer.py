"""TFS105: the initializer is run over weights that were given or trained."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.frame import Frame
from ..domain.state import State
from ..domain.weights import Overwritten
from .base import FlowContext, Rule, Site
from .events import Touch
from .losses import Object, causes_of, lost_objects

_LOST = "it overwrites them, silently"
_HIDDEN = "in this session the model has initial ones now, silently"


class InitializerRule(Rule):
    """Reports an initializer where weights that it has overwritten are used, or left so."""

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        if touch.uses:
            _report(site.flow, causes_of(touch.ids, state), state)

    def ended(self, flow: FlowContext, frame: Frame, state: State) -> None:
        _report(flow, (each for each in lost_objects(state) if not each.is_dead), state)


def _report(flow: FlowContext, lost: Iterable[Object], state: State) -> None:
    for each in lost:
        for cause in each.causes:
            if isinstance(cause, Overwritten):
                hidden = each.home is not None and each.home.session != cause.session
                reason = _HIDDEN if hidden else _LOST
                given = cause.given
                flow.report("TFS105", cause.chain, given.chain, given.subject, reason, path=state)
