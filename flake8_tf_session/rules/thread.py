"""TFS401: a Keras model is used in another thread without its graph and session."""

from __future__ import annotations

from ..effects import Site, Touch
from ..state import KnownOrNot, State
from .base import Rule

_OWN = "made in the thread"
_REGISTERED = "registered in the thread"


class ThreadRule(Rule):
    """Looks at weight accesses while the function of a thread is executed."""

    def keras_created(self, site: Site, id_: int, subject: str, state: State) -> None:
        if site.flow.thread is not None:
            state.memory[_OWN] = (*state.memory.get(_OWN, ()), id_)

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        if site.flow.thread is not None:
            state.memory[_REGISTERED] = (True,)

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        flow = site.flow
        if flow.thread is None or not touch.ids.difference(state.memory.get(_OWN, ())):
            return
        missing = [] if state.graphs else ["its graph (`with graph.as_default()`)"]
        if not state.entered and _REGISTERED not in state.memory:
            missing.append("its session (`set_session`, or `with session.as_default()`)")
        if not missing:
            return
        chain, frame = site.chain, site.frame
        # It stands in the thread's own function, on the call that leads to the access.
        while frame.id != flow.thread and frame.caller is not None:
            chain, frame = frame.id, frame.caller
        reason = " and ".join(missing)
        flow.report("TFS401", chain, None, touch.subject, reason, fixed=True)
