"""TFS107: a Keras object is used after the graph that it was built in was thrown away."""

from __future__ import annotations

from typing import NamedTuple

from ..domain.state import State
from .base import Rule, Site
from .memory import Memory, Said

_CLEARINGS: Memory[_Clearing] = Memory("clearings")
_READING = ("K.", "get_weights", "save")
# The objects of which it was said, and whether as what is read.
_SAID: Said[tuple[int, bool]] = Said("cleared")


class _Clearing(NamedTuple):
    """What threw a graph away: its chain, its name, and the objects that were known to be there."""

    chain: int
    name: str
    ids: frozenset[int]


class ClearedRule(Rule):
    """Looks at what is used of a graph that is no more; once of each object."""

    def cleared(self, site: Site, name: str, state: State) -> None:
        _CLEARINGS.add(_Clearing(site.chain, name, frozenset(state.keras_objects)), state)

    def outlived(self, site: Site, subject: str, ids: frozenset[int], state: State) -> None:
        clearings = _CLEARINGS.of(state)
        if not clearings or not site.flow.host.runs_in_graph_mode or _may_be_back(state):
            return
        # It may be right by chance to read what a session still has: that is told apart.
        is_read = subject.startswith(_READING)
        new = _SAID.take([(id_, is_read) for id_ in ids], state)
        if not new:
            return
        # What the module built was there at the first.
        first = min(new)[0]
        to_blame = next((each for each in clearings if first in each.ids), clearings[0])
        reason = f"{to_blame.name}() {{related}}"
        site.flow.report("TFS107", site.chain, to_blame.chain, subject, reason, path=state)


def _may_be_back(state: State) -> bool:
    """Whether the graph or a session of it may be in use again: entered, or registered."""
    in_use = state.entered[-1].session if state.entered else state.keras_session
    is_in_use = in_use is not None and state.graph_of(in_use) != state.graph
    return is_in_use or bool(state.graphs)
