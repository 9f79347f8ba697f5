"""TFS106: weights are accessed in another session than the one that holds them."""

from __future__ import annotations

from typing import NamedTuple

from ..effects import Site, Touch
from ..flow import Flow, Frame
from ..state import State
from ..values import Session, differ
from .base import Rule

_STRAYS = "strays"


class _Stray(NamedTuple):
    """An access that put weights into another session than the registered one of their model."""

    session: Session
    id: int
    chain: int
    built: int
    subject: str


class OtherSessionRule(Rule):
    """Compares the session of each access with the weights' home."""

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        current = touch.session
        if not isinstance(current, Session):
            return
        strays = list(state.memory.get(_STRAYS, ()))
        for id_ in sorted(touch.ids | touch.initialized):
            own = [stray for stray in strays if stray.id == id_]
            gives = touch.gives and id_ in touch.ids
            if gives:
                # What the object had before is of no account any more.
                strays = [stray for stray in strays if stray.id != id_]
            elif touch.uses and id_ in touch.ids and any(stray.session == current for stray in own):
                for stray in own:
                    _report(site.flow, stray, state)
                continue
            elsewhere = _lives_elsewhere(id_, gives, current, state)
            if elsewhere is None and gives:
                # From one entered session to the next: Keras comes back to the same.
                elsewhere = next(
                    (
                        (stray.session, stray.built)
                        for stray in own
                        if state.entered and differ(stray.session, current)
                    ),
                    None,
                )
            if elsewhere is not None:
                session, chain = elsewhere
                strays.append(_Stray(session, id_, site.chain, chain, touch.subject))
            elif id_ in state.homes and touch.uses and not gives:
                home = state.homes[id_]
                if (
                    differ(home.session, current)
                    and (home.entered or home.dropped or state.entered)
                    and current.id not in home.copies
                ):
                    site.flow.report("TFS106", site.chain, home.chain, touch.subject, path=state)
        state.memory[_STRAYS] = tuple(strays)

    def cleared(self, site: Site, name: str, state: State) -> None:
        state.memory.pop(_STRAYS, None)

    def ended(self, flow: Flow, frame: Frame, state: State) -> None:
        for stray in state.memory.get(_STRAYS, ()):
            if stray.session == state.current:
                _report(flow, stray, state)


def _lives_elsewhere(
    id_: int, gives: bool, current: Session, state: State
) -> tuple[Session, int] | None:
    """The session to which Keras will come back without the weights that are put in now.

    It is the one that held them, or the registered one the object was built under; with the chain
    of what tells so. None if no entered session is to blame.
    """
    home, creation = state.homes.get(id_), state.creations.get(id_)
    session, chain = None, 0
    if home is not None and gives and not home.entered:
        session, chain = home.session, home.chain
    elif home is None and creation is not None and creation.registered:
        session, chain = creation.session, creation.chain
    if state.entered and isinstance(session, Session) and differ(session, current):
        return session, chain
    return None


def _report(flow: Flow, stray: _Stray, state: State) -> None:
    flow.report("TFS106", stray.chain, stray.built, stray.subject, path=state)
