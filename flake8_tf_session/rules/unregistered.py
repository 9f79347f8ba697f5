"""TFS301, TFS307: a session that Keras never gets, or that an import creates."""

from __future__ import annotations

import ast
from typing import NamedTuple

from ..domain.call_strings import MODULE
from ..domain.configs import options_of
from ..domain.facts import ESCAPED, GROWTH
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import UNKNOWN, Const, Session
from ..ir.nodes import Function
from .base import FlowContext, Rule, Site
from .events import NewSession, Touch
from .losses import Elsewhere, causes_of
from .memory import Memory, Notes

_CREATED: Memory[_Created] = Memory("sessions")
# Whether Keras objects were built, whether the session was used, and whether the function that made
# it went on to build, by its chain.
_ENDS: Notes[tuple[bool, bool, bool]] = Notes("sessions")
_BUILT: Memory[bool] = Memory("built")
# Sessions, by id, whose makers build Keras objects after them.
_BUILT_BESIDE: Memory[int] = Memory("built beside")
# Sessions, by id, of which TFS106 says that weights are in one and used in the other.
_SPOKEN_OF: Memory[int] = Memory("spoken of")

_NEVER = (
    "is never registered: Keras uses another one, whatever config this one has; pass it to"
    " set_session() before the model is built"
)


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
        growth = None if options is None else state.fact(options.id, GROWTH)
        if growth == Const(True) or flow.options.all_unregistered:
            item = _Created(created.session.id, site.chain)
            _CREATED.add(item, state)

    def keras_created(self, site: Site, id_: int, subject: str, state: State) -> None:
        _BUILT.replace((True,), state)
        chains = site.flow.chains
        for item in _CREATED.of(state):
            around = len(chains.path(item.chain)) - 1
            if chains.shared(item.chain, site.chain) == around:
                _BUILT_BESIDE.add(item.session, state)

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        for each in causes_of(touch.ids, state) if touch.uses else ():
            for cause in each.causes:
                if isinstance(cause, Elsewhere):
                    named = touch.session if touch.named else UNKNOWN
                    for session in (cause.home.session, named):
                        if isinstance(session, Session):
                            _SPOKEN_OF.add(session.id, state)

    def ended(self, flow: FlowContext, frame: Frame, state: State) -> None:
        notes = _ENDS.of(flow)
        built = bool(_BUILT.of(state))
        for item in _CREATED.of(state):
            used = state.has(item.session, ESCAPED) or item.session in _SPOKEN_OF.of(state)
            beside = item.session in _BUILT_BESIDE.of(state)
            known = notes.get(item.chain, (False, False, False))
            notes[item.chain] = (known[0] or built, known[1] or used, known[2] or beside)

    def finished(self, flow: FlowContext) -> None:
        for chain, (built, used, beside) in _ENDS.of(flow).items():
            if built and not used:
                # What builds before it returns the session, or returns nothing, has the fault
                # itself, whoever calls it.
                is_own = beside or not _returns(flow.chains.function_of(chain))
                flow.report("TFS301", chain, None, "the session", _NEVER, at_event=is_own)


def _returns(function: Function | None) -> bool:
    """Whether a function returns something, or one inside it does."""
    return function is None or any(
        isinstance(node, ast.Lambda)
        or (isinstance(node, ast.Return) and not isinstance(node.value, (ast.Constant, type(None))))
        for node in ast.walk(function.anchor.node)
    )
