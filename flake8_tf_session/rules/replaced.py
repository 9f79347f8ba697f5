"""TFS104: the session under which a model was built is replaced by another."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.frame import Frame
from ..domain.state import State
from .base import FlowContext, Rule, Site
from .events import Touch
from .losses import Object, Switch, causes_of, lost_objects


class ReplacedRule(Rule):
    """Reports the switch away from a registered session where an object is lost by it."""

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        if touch.uses:
            _report(site.flow, causes_of(touch.ids, state), state)

    def ended(self, flow: FlowContext, frame: Frame, state: State) -> None:
        lost = [each for each in lost_objects(state) if not each.is_dead]
        # What a loop's second round takes away from the first, the next one makes again.
        _report(flow, (_without_again(each, flow) for each in lost), state)


def _report(flow: FlowContext, lost: Iterable[Object], state: State) -> None:
    for each in lost:
        for cause in each.causes:
            if isinstance(cause, Switch) and not cause.own:
                flow.report("TFS104", cause.chain, _built(each, cause), path=state)


def _without_again(lost: Object, flow: FlowContext) -> Object:
    causes = lost.causes
    return lost._replace(
        causes=tuple(
            each
            for each in causes
            if not (isinstance(each, Switch) and flow.chains.is_again(each.chain))
        )
    )


def _built(lost: Object, switch: Switch) -> int:
    """Where an object was built under the session that it is lost to, or got its weights there."""
    if lost.creation is not None and lost.creation.session == switch.before:
        return lost.creation.chain
    assert lost.home is not None  # Otherwise it is the creation that ties it to the session.
    return lost.home.chain
