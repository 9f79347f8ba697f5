"""TFS301, TFS307: a session that Keras never gets, or that an import creates."""

from __future__ import annotations

from typing import NamedTuple

from ..domain.chains import MODULE
from ..domain.configs import options_of
from ..domain.frame import Frame
from ..domain.state import GROWTH, LEFT, State
from ..domain.values import Const
from .base import FlowContext, Rule, Site
from .events import NewSession

_CREATED = "sessions"
_BUILT = "built"


class _Created(NamedTuple):
    """A session that Keras could be given: its id and the chain of its creation."""

    session: int
    chain: int


class UnregisteredRule(Rule):
    """Follows each session to the end of the flow."""

    def session_created(self, site: Site, created: NewSession, state: State) -> None:
        flow = site.flow
        if flow.is_module and not flow.main_guards:
            flow.report("TFS307", site.chain, None, f"{created.kind}()")
        if created.kind != "Session" or site.frame.module != MODULE:
            # One that another file creates is for that file to register, or for others.
            return
        options = options_of(created.config, state)
        growth = None if options is None else state.get(options.id, GROWTH)
        if growth == Const(True) or flow.options.all_unregistered:
            item = _Created(created.session.id, site.chain)
            state.memory[_CREATED] = (*state.memory.get(_CREATED, ()), item)

    def keras_created(self, site: Site, id_: int, subject: str, state: State) -> None:
        state.memory[_BUILT] = ((True,),)

    def ended(self, flow: FlowContext, frame: Frame, state: State) -> None:
        notes = flow.notes.setdefault(_CREATED, {})
        built = bool(state.memory.get(_BUILT))
        for item in state.memory.get(_CREATED, ()):
            used = state.get(item.session, LEFT) is not None
            known_built, known_used = notes.get(item.chain, (False, False))
            notes[item.chain] = (known_built or built, known_used or used)

    def finished(self, flow: FlowContext) -> None:
        for chain, (built, used) in flow.notes.get(_CREATED, {}).items():
            if built and not used:
                flow.report("TFS301", chain, None)
