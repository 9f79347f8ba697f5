"""TFS104: the session under which a model was built is replaced by another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..domain.frame import Frame
from ..domain.state import State
from .base import FlowContext, Rule, Site
from .events import Touch
from .losses import Object, Switch, causes_of, lost_objects


class ReplacedRule(Rule):
    """Reports the switch away from a registered session where an object is lost by it."""

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        if touch.uses:
            for chain, built in _switches(causes_of(touch.ids, state)):
                site.flow.report("TFS104", chain, built, path=state)

    def ended(self, flow: FlowContext, frame: Frame, state: State) -> None:
        for chain, built in _switches(each for each in lost_objects(state) if not each.is_dead):
            # What the second round of a loop made, or took from the first, the next makes again.
            if not (flow.chains.is_again(chain) or flow.chains.is_again(built)):
                flow.report("TFS104", chain, built, path=state)


def _switches(lost: Iterable[Object]) -> Iterator[tuple[int, int]]:
    """The switches away from registered sessions, each with where what is lost by it was built."""
    for each in lost:
        for cause in each.causes:
            if isinstance(cause, Switch) and not cause.own:
                yield cause.chain, _built(each, cause)


def _built(lost: Object, switch: Switch) -> int:
    """Where an object was built under the session that it is lost to, or got its weights there."""
    if lost.creation is not None and lost.creation.session == switch.before:
        return lost.creation.chain
    assert lost.home is not None  # Otherwise it is the creation that ties it to the session.
    return lost.home.chain
