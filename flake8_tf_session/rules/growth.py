"""TFS201, TFS202, TFS203: a session takes all memory of the GPU."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..effects import NewSession, Site, options_of
from ..flow import Flow, Frame
from ..program import Name
from ..state import COPIES, GPUS, GROWTH, LEFT, STARVED, State
from ..values import MAYBE_NONE, NONE, Config, Const, Options, Sequence, Session, Value
from .base import Rule

_ASKED = "asked for growth"


class _Asked(NamedTuple):
    """A call or assignment that asks for growth: the id of the options, and its chain."""

    options: int
    chain: int


class GrowthRule(Rule):
    """Judges a session's config when the session is created, and what is assigned later."""

    def session_created(self, site: Site, created: NewSession, state: State) -> None:
        reason = _lacks_growth(site, created, state)
        if reason is None:
            return
        options = options_of(created.config, state)
        if options is not None:
            state.set(options.id, STARVED, created.session)
        chain = site.chain
        if created.config is not None and (created.config != NONE or _is_passed(site)):
            chain = _blamed(site, created.config)
        site.flow.report("TFS201", chain, None, f"{created.kind}()", reason, fixed=True)

    def growth_set(self, site: Site, options: Options, growth: Value, state: State) -> None:
        if growth != Const(True):
            return
        asked = state.memory.get(_ASKED, ())
        state.memory[_ASKED] = (*asked, _Asked(options.id, site.chain))
        copies = state.get(options.id, COPIES)
        owners = copies.items if isinstance(copies, Sequence) else (options,)
        for owner in owners:
            if not isinstance(owner, Options):
                continue  # pragma: no cover - copies are options
            session = state.get(owner.id, STARVED)
            if isinstance(session, Session):
                config = owner if owner.config is None else Config(owner.config)
                site.flow.report("TFS202", _blamed(site, config), session.id, fixed=True)
                return

    def ended(self, flow: Flow, frame: Frame, state: State) -> None:
        if flow.is_module and not state.creations:
            # A module of settings: others import what it makes.
            return
        notes = flow.notes.setdefault(_ASKED, {})
        for asked in state.memory.get(_ASKED, ()):
            used = state.get(asked.options, LEFT) is not None
            notes[asked.chain] = notes.get(asked.chain, False) or used

    def finished(self, flow: Flow) -> None:
        for chain, used in flow.notes.get(_ASKED, {}).items():
            if not used:
                flow.report("TFS203", chain, None, fixed=True)


def _lacks_growth(site: Site, created: NewSession, state: State) -> str | None:
    """Why the session provably has no growth; None if it has, or that can't be known."""
    config = created.config
    if state.gpus_hidden or site.flow.analysis.forces_growth:
        return None
    if config in (None, NONE, MAYBE_NONE):
        if created.kind == "InteractiveSession" or site.flow.memory_growth:
            return None
        return "has no config"
    options = options_of(config, state)
    if options is None or not isinstance(config, Config):
        return None
    gpus = state.get(config.id, GPUS)
    if gpus is not None and (not isinstance(gpus, Const) or gpus.value == 0):
        return None
    growth = state.get(options.id, GROWTH)
    if growth is None:
        return "has a config that never sets gpu_options.allow_growth"
    if isinstance(growth, Const) and not growth.value:
        return "has a config with allow_growth=False"
    return None


def _blamed(site: Site, config: Value) -> int:
    """The chain of an event, or of the call that passed the config it deals with."""
    chain, frame = site.chain, site.frame
    while True:
        given = [each for each in _around(frame) if config in each.parameters.values()]
        if not given or given[0].caller is None:
            return chain
        chain, frame = given[0].id, given[0].caller


def _around(frame: Frame) -> Iterator[Frame]:
    """The frame, and those of the functions around it that are being executed."""
    visible = frame.visible
    caller: Frame | None = frame
    while caller is not None:
        if caller is frame or caller.id in visible:
            yield caller
        caller = caller.caller


def _is_passed(site: Site) -> bool:
    """Whether one of the creation's arguments is a parameter that is None."""
    return site.node is not None and any(
        isinstance(argument.value, Name) and frame.parameters.get(argument.value.id) == NONE
        for argument in site.node.arguments
        for frame in _around(site.frame)
    )
