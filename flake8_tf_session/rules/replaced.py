"""TFS104: the session under which a model was built is replaced by another."""

from __future__ import annotations

from typing import NamedTuple

from ..effects import Site, Touch
from ..flow import Flow, Frame
from ..state import Creation, KnownOrNot, State
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
        self._switch(site, Session(state.implicit.id - 1), state)

    def cleared(self, site: Site, name: str, state: State) -> None:
        state.memory.pop(_SWITCHES, None)

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        if state.entered or not touch.uses:
            return
        used = {state.creations[id_].session for id_ in touch.ids if id_ in state.creations} | {
            state.homes[id_].session for id_ in touch.ids if id_ in state.homes
        }
        kept = []
        for switch in state.memory.get(_SWITCHES, ()):
            if switch.session in used and differ(switch.session, touch.session):
                _report(site.flow, switch)
            else:
                kept.append(switch)
        state.memory[_SWITCHES] = tuple(kept)

    def ended(self, flow: Flow, frame: Frame, state: State) -> None:
        if state.entered:
            return
        for switch in state.memory.get(_SWITCHES, ()):
            if differ(switch.session, state.current):
                _report(flow, switch)

    def _switch(self, site: Site, session: KnownOrNot, state: State) -> None:
        switches = [item for item in state.memory.get(_SWITCHES, ()) if item.session != session]
        before = state.registered
        if (
            isinstance(before, Session)
            and before.id >= 0
            and differ(before, session)
            and not any(item.session == before for item in switches)
        ):
            built = [
                creation.chain
                for id_, creation in state.creations.items()
                if creation.session != session and _belongs(id_, creation, before, state)
            ]
            if built:
                switches.append(_Switch(before, site.chain, built[0]))
        state.memory[_SWITCHES] = tuple(switches)


def _belongs(id_: int, creation: Creation, session: Session, state: State) -> bool:
    """Whether an object was built, or has its weights, under a registered session."""
    if creation.registered and creation.session == session:
        return True
    home = state.homes.get(id_)
    return home is not None and home.session == session and not home.entered


def _report(flow: Flow, switch: _Switch) -> None:
    flow.report("TFS104", switch.chain, switch.built)
