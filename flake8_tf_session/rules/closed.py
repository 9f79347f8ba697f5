"""TFS304: a session that was closed is registered, run, or used by Keras."""

from __future__ import annotations

from ..domain.facts import CLOSED
from ..domain.state import State
from ..domain.values import Const, KnownOrNot, Session
from .base import Rule, Site
from .events import Touch
from .memory import Said

# The sessions of which it was said.
_SAID: Said[int] = Said("closed")
_CLOSED = "(its close(), or the `with` block that has ended, is {related})"
_REGISTERS = f"registers a closed session {_CLOSED}: the first use of the model fails"
_USES = f"needs the session that Keras uses, which is closed {_CLOSED}: it fails"
_RUNS = f"runs a closed session {_CLOSED}: it fails"


class ClosedRule(Rule):
    """Looks at each session that is used; it is said once of each."""

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        _report(site, session, "set_session()", _REGISTERS, state)

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        if (touch.uses or touch.gives or _initialises(touch, state)) and (
            site.flow.host.runs_in_graph_mode
        ):
            _report(site, touch.session, touch.subject, _USES, state)

    def session_run(self, site: Site, subject: str, session: Session, state: State) -> None:
        _report(site, session, subject, _RUNS, state)


def _initialises(touch: Touch, state: State) -> bool:
    """Whether something gets its first weights, be it by `get_session()` alone."""
    objects = state.keras_objects
    lacking = touch.ids - state.weights_in.keys()
    return bool(touch.initialized) or any(
        id_ in objects and objects[id_].has_weights for id_ in lacking
    )


def _report(site: Site, session: KnownOrNot, subject: str, reason: str, state: State) -> None:
    if not isinstance(session, Session):
        return
    closed = state.fact(session.id, CLOSED)
    if not isinstance(closed, Const) or not isinstance(closed.value, int):
        return
    if _SAID.take((session.id,), state):
        site.flow.report("TFS304", site.chain, closed.value, subject, reason, path=state)
