"""TFS402: a model is used in a process that was forked after TensorFlow had run in its parent.

A fork copies a session, but not the threads that run it: whatever needs them waits for ever.
"""

from __future__ import annotations

from typing import NamedTuple

from ..domain.call_strings import MODULE
from ..domain.state import State
from ..domain.values import KnownOrNot
from ..domain.weights import original
from ..tensorflow.vocabulary import FUNCTION_OF
from .base import FlowContext, Rule, Site
from .events import NewSession, Touch
from .losses import is_of_parameter
from .memory import Memory

_RUN: Memory[int] = Memory("TensorFlow has run")
_FORKED: Memory[_Forked] = Memory("forked")


class _Forked(NamedTuple):
    """An object that a forked process has from its parent.

    Attributes:
        id: The object.
        chain: What made TensorFlow run in the parent.
        frame: The frame in which the process begins.
    """

    id: int
    chain: int
    frame: int


class ForkRule(Rule):
    """Remembers what made TensorFlow run, and looks at weight accesses in forked processes."""

    def session_created(self, site: Site, created: NewSession, state: State) -> None:
        _note_run(site, state)

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        _note_run(site, state)

    def forked(self, flow: FlowContext, frame: int, state: State) -> None:
        found = {}
        for key, home in state.weights_in.items():
            if not is_of_parameter(home, flow):
                found[original(key)] = home.chain
        for chain in _RUN.of(state)[:1]:
            # Without weights an object needs a session that there was at least.
            found = {**dict.fromkeys(map(original, state.keras_objects), chain), **found}
        _FORKED.replace((_Forked(id_, chain, frame) for id_, chain in found.items()), state)

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        used = [each for each in _FORKED.of(state) if each.id in touch.ids]
        if used and _hangs(touch, site.flow):
            each = used[0]
            place = _place(site, each.frame)
            site.flow.report(
                "TFS402",
                site.chain,
                each.chain,
                touch.subject,
                at_event=True,
                # The path of a process's own function ends with it.
                path=None if site.flow.is_forked else state,
                place=place,
            )
            # It comes no further.
            _FORKED.forget(state)


def _note_run(site: Site, state: State) -> None:
    if not _RUN.of(state):
        _RUN.add(site.chain, state)


def _hangs(touch: Touch, flow: FlowContext) -> bool:
    """Whether an access hangs. In eager mode only what runs a function does."""
    runs = touch.subject.partition("(")[0] in FUNCTION_OF
    return runs or (flow.host.shows_graph_mode and (touch.gives or touch.uses))


def _place(site: Site, begin: int) -> int:
    """The node in the process's own function, which leads to an access; the start of the process,
    if that function stands in another file.
    """
    place, frame = site.chain, site.frame
    while begin not in (place, frame.id) and frame.caller is not None:
        place, frame = frame.id, frame.caller
    return place if frame.module == MODULE else begin
