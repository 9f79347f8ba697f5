"""TFS104: the session under which a model was built is replaced by another."""

from __future__ import annotations

from typing import NamedTuple

from ..effects import Site, Touch
from ..flow import Flow, Frame
from ..state import Creation, Home, KnownOrNot, State, is_implicit
from ..values import Session, differ
from .base import Rule

_SWITCHES = "switches"


class _Switch(NamedTuple):
    """A ``set_session`` that took Keras away from a session under which something was built."""

    session: Session
    chain: int
    built: int


class ReplacedRule(Rule):
    """Reports a switch when it does harm, unless the session is registered again before."""

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        self._switch(site, session, state)

    def unregistered(self, site: Site, state: State) -> None:
        self._switch(site, Session(-1 - state.generation), state)

    def cleared(self, site: Site, name: str, state: State) -> None:
        state.memory.pop(_SWITCHES, None)

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        if state.entered or not touch.uses:
            return
        used = {state.creations[id_].session for id_ in touch.ids if id_ in state.creations} | {
            state.homes[id_].session for id_ in touch.ids if id_ in state.homes
        }
        for switch in state.memory.get(_SWITCHES, ()):
            if switch.session in used and differ(switch.session, touch.session):
                _report(site.flow, switch, state)

    def ended(self, flow: Flow, frame: Frame, state: State) -> None:
        if state.entered:
            return
        for switch in state.memory.get(_SWITCHES, ()):
            if differ(switch.session, state.current):
                _report(flow, switch, state)

    def _switch(self, site: Site, session: KnownOrNot, state: State) -> None:
        if isinstance(session, Session) and session == state.kept:
            return
        switches = [item for item in state.memory.get(_SWITCHES, ()) if item.session != session]
        left = {item.session for item in switches}
        for id_, creation in state.creations.items():
            if creation.session == session or not creation.held:
                continue
            for before in _registered_for(creation, state.homes.get(id_)):
                if before not in left and differ(before, session):
                    left.add(before)
                    switches.append(_Switch(before, site.chain, creation.chain))
        state.memory[_SWITCHES] = tuple(switches)


def _registered_for(creation: Creation, home: Home | None) -> list[Session]:
    """The registered sessions under which an object was built, or has its weights."""
    sessions = [creation.session] if creation.registered else []
    if home is not None and not home.entered and not is_implicit(home.session):
        sessions.append(home.session)
    return [session for session in sessions if isinstance(session, Session)]


def _report(flow: Flow, switch: _Switch, state: State) -> None:
    flow.report("TFS104", switch.chain, switch.built, path=state)
