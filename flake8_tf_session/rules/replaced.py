"""TFS104: the session under which a model was built is replaced by another."""

from __future__ import annotations

from ..effects import Site, Touch
from ..flow import Flow, Frame
from ..state import Creation, KnownOrNot, State
from ..values import Session
from .base import Rule

_SWITCHES = "switches"


class ReplacedRule(Rule):
    """Remembers each ``set_session`` that took Keras away from a session with models.

    A switch is (the model's session, the chain of ``set_session``, the chain of the model).
    """

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        self._switch(site, session, state)

    def unregistered(self, site: Site, state: State) -> None:
        self._switch(site, Session(state.implicit.id - 1), state)

    def cleared(self, site: Site, state: State) -> None:
        state.memory.pop(_SWITCHES, None)

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        if state.entered:
            return
        used = {
            state.creations[id_].session for id_ in touch.ids if id_ in state.creations
        } | {state.homes[id_].session for id_ in touch.ids if id_ in state.homes}
        kept = []
        for switch in state.memory.get(_SWITCHES, ()):
            if switch[0] in used and _differ(switch[0], touch.session):
                _report(site.flow, switch)
            else:
                kept.append(switch)
        state.memory[_SWITCHES] = tuple(kept)

    def ended(self, flow: Flow, frame: Frame, state: State) -> None:
        if state.entered:
            return
        for switch in state.memory.get(_SWITCHES, ()):
            if _differ(switch[0], state.current):
                _report(flow, switch)

    def _switch(self, site: Site, session: KnownOrNot, state: State) -> None:
        switches = [item for item in state.memory.get(_SWITCHES, ()) if item[0] != session]
        before = state.registered
        if (
            isinstance(before, Session)
            and before.id >= 0
            and _differ(before, session)
            and not any(item[0] == before for item in switches)
        ):
            built = [
                creation.chain
                for id_, creation in state.creations.items()
                if creation.session != session and _belongs(id_, creation, before, state)
            ]
            if built:
                switches.append((before, site.chain, built[0]))
        state.memory[_SWITCHES] = tuple(switches)


def _belongs(id_: int, creation: Creation, session: Session, state: State) -> bool:
    """Whether an object was built, or has its weights, under a registered session."""
    if creation.registered and creation.session == session:
        return True
    home = state.homes.get(id_)
    return home is not None and home.session == session and not home.entered


def _differ(one: object, other: object) -> bool:
    """Whether two sessions are known, and known to be different."""
    return isinstance(one, Session) and isinstance(other, Session) and one != other


def _report(flow: Flow, switch: tuple[object, ...]) -> None:
    flow.report("TFS104", switch[1], switch[2], "")
