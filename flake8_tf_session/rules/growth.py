"""TFS201, TFS202, TFS203: a session takes all memory of the GPU."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..domain.configs import copies_of, options_of, sources_of
from ..domain.facts import ESCAPED, FRACTION, GPUS, GROWTH, LATE, SOURCE, STARVED
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import MAYBE_NONE, NONE, Config, Const, Options, Sequence, Session, Value
from ..ir.nodes import Name
from .base import FlowContext, Rule, Site
from .events import NewSession
from .memory import Memory, Notes

_ASKED: Memory[_Asked] = Memory("asked for growth")
# Whether what was asked for is used, by the chain of what asked.
_USED: Notes[bool] = Notes("asked for growth")
_MADE: Memory[bool] = Memory("made a session")
_ALL = "all memory of the GPU"
_SHARE = "its share of the GPU's memory at once"


class _Asked(NamedTuple):
    """A call or assignment that asks for growth: the id of the options, and its chain."""

    options: int
    chain: int


class GrowthRule(Rule):
    """Judges a session's config when the session is created, and what is assigned later."""

    def session_created(self, site: Site, created: NewSession, state: State) -> None:
        _MADE.replace((True,), state)
        reason = _lacks_growth(site, created, state)
        if reason is None:
            return
        taken = _ALL
        options = options_of(created.devices, state)
        if options is not None:
            state.note(options.id, STARVED, created.session)
            taken = _taken(options, state)
            _report_late(site, options, state)
        place = site.chain
        config = created.devices
        if config is not None and (config != NONE or _is_passed(site)):
            place = _blamed(site, config)
        subject = f"{created.kind}()"
        if created.has_target:
            subject = f"the Server() whose devices {subject} uses"
        reason = f"{reason}: it takes {taken}"
        site.flow.report("TFS201", site.chain, None, subject, reason, at_event=True, place=place)

    def growth_set(self, site: Site, options: Options, growth: Value, state: State) -> None:
        if growth != Const(True):
            return
        _ASKED.add(_Asked(options.id, site.chain), state)
        copies = copies_of(options, state)
        for owner in (options, *copies):
            session = state.fact(owner.id, STARVED)
            if isinstance(session, Session):
                place = _blamed(site, _whole(owner))
                subject = "the session was created"
                site.flow.report(
                    "TFS202", site.chain, session.id, subject, at_event=True, place=place
                )
                return
        late = Sequence((Const(site.chain), Const(_blamed(site, _whole(options)))), is_list=False)
        for copy in copies:
            state.note(copy.id, LATE, late)

    def ended(self, flow: FlowContext, frame: Frame, state: State) -> None:
        if flow.is_module and not state.keras_objects and not _MADE.of(state):
            # A module of settings: others import what it makes.
            return
        notes = _USED.of(flow)
        for asked in _ASKED.of(state):
            used = state.has(asked.options, ESCAPED)
            notes[asked.chain] = notes.get(asked.chain, False) or used

    def finished(self, flow: FlowContext) -> None:
        for chain, used in _USED.of(flow).items():
            if not used:
                flow.report("TFS203", chain, None, at_event=True)


def _lacks_growth(site: Site, created: NewSession, state: State) -> str | None:
    """Why the session provably has no growth; None if it has, or that can't be known."""
    config = created.devices
    if state.gpus_hidden or site.flow.host.forces_growth:
        return None
    if config in (None, NONE, MAYBE_NONE):
        is_own = created.kind == "InteractiveSession" and not created.has_target
        return None if is_own or site.flow.memory_growth else "has no config"
    options = options_of(config, state)
    if options is None or not isinstance(config, Config):
        return None
    gpus = state.fact(config.id, GPUS)
    if gpus is not None and (not isinstance(gpus, Const) or gpus.value == 0):
        return None
    growth = state.fact(options.id, GROWTH)
    if growth is None:
        return "has a config that never sets gpu_options.allow_growth"
    if isinstance(growth, Const) and not growth.value:
        return "has a config with allow_growth=False"
    return None


def _taken(options: Options, state: State) -> str:
    """What a session without growth takes: the fraction that is asked for, if it is one."""
    fraction = state.fact(options.id, FRACTION)
    if fraction is None:
        return _ALL
    value = fraction.value if isinstance(fraction, Const) else 0.5
    return _SHARE if isinstance(value, (int, float)) and 0 < value < 1 else _ALL


def _report_late(site: Site, options: Options, state: State) -> None:
    """Report the growth that was set on what had been copied into a session's options.

    It was not in vain if another copy was made after it.
    """
    for copy in sources_of(options, state):
        late, source = state.fact(copy.id, LATE), state.fact(copy.id, SOURCE)
        if isinstance(late, Sequence) and isinstance(source, Options):
            others = (state.fact(other.id, GROWTH) for other in copies_of(source, state))
            if Const(True) not in others:
                chain, place = (item.value for item in late.items if isinstance(item, Const))
                assert isinstance(chain, int) and isinstance(place, int)
                subject = "its options were already copied"
                site.flow.report("TFS202", chain, copy.config, subject, at_event=True, place=place)
                return


def _whole(options: Options) -> Value:
    """The config that options are part of, or they themselves."""
    return options if options.config is None else Config(options.config)


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
