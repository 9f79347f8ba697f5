"""TFS106: weights are accessed in another session than the one that holds them."""

from __future__ import annotations

from ..effects import Site, Touch
from ..flow import Flow, Frame
from ..state import State
from ..values import Session
from .base import Rule

_STRAYS = "strays"


class OtherSessionRule(Rule):
    """Compares the session of each access with the weights' home.

    A stray is (the registered session of a model, the object, the chain of an access that put its
    weights into another session, the chain of the model, what the access was).
    """

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        current = touch.session
        if not isinstance(current, Session):
            return
        strays = state.memory.get(_STRAYS, ())
        if touch.gives:
            strays = tuple(stray for stray in strays if stray[1] not in touch.ids)
        for id_ in sorted(touch.ids):
            home = state.homes.get(id_)
            if home is not None and not touch.gives:
                if (
                    isinstance(home.session, Session)
                    and home.session != current
                    and (home.entered or state.entered)
                ):
                    site.flow.report("TFS106", site.chain, home.chain, touch.subject)
                continue
            creation = state.creations.get(id_)
            if (
                creation is not None
                and creation.registered
                and isinstance(creation.session, Session)
                and creation.session != current
                and state.entered
            ):
                strays = (*strays, (creation.session, id_, site.chain, creation.chain, touch.subject))
        state.memory[_STRAYS] = strays

    def cleared(self, site: Site, state: State) -> None:
        state.memory.pop(_STRAYS, None)

    def ended(self, flow: Flow, frame: Frame, state: State) -> None:
        for session, _, chain, built, subject in state.memory.get(_STRAYS, ()):
            if session == state.current:
                flow.report("TFS106", chain, built, str(subject))
