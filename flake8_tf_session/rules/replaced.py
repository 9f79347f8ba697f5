"""TFS104: the session under which a model was built is replaced by another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..domain import lookup
from ..domain.facts import INSTANCE
from ..domain.frame import Frame
from ..domain.state import State
from ..text.turns import attributes_in_turn
from .base import FlowContext, Rule, Site
from .events import Touch
from .losses import Object, Switch, causes_of, is_of_parameter, is_used_again, lost_objects

_BUILT = (
    "the one under which Keras objects were built {related}: their weights stay behind in that one;"
    " build them after this call, or register their session again after it"
)
_PARAMETER = (
    "the one under which the model '{name}' was built that the function gets (parameter {related}):"
    " weights it has by then stay behind in that one; register the session before it is built"
)


class _Replaced(NamedTuple):
    """A switch away from a registered session: where what is lost by it was built, and why."""

    chain: int
    built: int
    reason: str


class ReplacedRule(Rule):
    """Reports the switch away from a registered session where an object is lost by it."""

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        if touch.uses:
            for each in _switches(site.flow, causes_of(touch.ids, state)):
                _report(site.flow, each, state)

    def ended(self, flow: FlowContext, frame: Frame, state: State) -> None:
        lost = [
            each
            for each in lost_objects(state)
            if not (
                each.is_dead
                or each.is_aside(state)
                or is_used_again(each, state)
                or _has_turns(each, flow, state)
            )
        ]
        for each in _switches(flow, lost):
            # What the second round of a loop made, or took from the first, the next makes again.
            if not (flow.chains.is_again(each.chain) or flow.chains.is_again(each.built)):
                _report(flow, each, state)


def _has_turns(lost: Object, flow: FlowContext, state: State) -> bool:
    """Whether what keeps an object keeps its session as well, for functions of the file that
    register or enter that.
    """
    left = [cause.before for cause in lost.causes if isinstance(cause, Switch)]
    return bool(left) and any(
        value in left and name in flow.host.source.made(attributes_in_turn)
        for table in state.store.values()
        if INSTANCE.name in table and lost.id in state.with_parts(lookup.keras_ids(table.values()))
        for name, value in table.items()
    )


def _report(flow: FlowContext, each: _Replaced, state: State) -> None:
    flow.report("TFS104", each.chain, each.built, reason=each.reason, path=state)


def _switches(flow: FlowContext, lost: Iterable[Object]) -> Iterator[_Replaced]:
    """The switches away from registered sessions by which objects are lost."""
    for each in lost:
        for cause in each.causes:
            if isinstance(cause, Switch) and not cause.own:
                reason = _BUILT
                if each.home is not None and is_of_parameter(each.home, flow):
                    reason = _PARAMETER.replace("{name}", each.home.subject)
                yield _Replaced(cause.chain, _built(each, cause), reason)


def _built(lost: Object, switch: Switch) -> int:
    """Where an object was built under the session that it is lost to, or got its weights there."""
    if lost.creation is not None and lost.creation.session == switch.before:
        return lost.creation.chain
    assert lost.home is not None  # Otherwise it is the creation that ties it to the session.
    return lost.home.chain
