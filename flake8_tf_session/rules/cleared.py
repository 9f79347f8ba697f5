"""TFS107: a Keras object is used after the graph that it was built in was thrown away."""

from __future__ import annotations

from typing import NamedTuple

from ..domain.state import State
from .base import Rule, Site
from .memory import Memory

_CLEARINGS: Memory[_Clearing] = Memory("clearings")
# The objects of which it was said.
_SAID: Memory[int] = Memory("said to be cleared")


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
        clearings, said = _CLEARINGS.of(state), _SAID.of(state)
        ids = ids.difference(said)
        if not (clearings and ids) or not site.flow.host.runs_in_graph_mode or _may_be_back(state):
            return
        _SAID.replace((*said, *sorted(ids)), state)
        # What the module built was there at the first.
        first = min(ids)
        to_blame = next((each for each in clearings if first in each.ids), clearings[0])
        reason = f"{to_blame.name}() {{related}}"
        site.flow.report("TFS107", site.chain, to_blame.chain, subject, reason, path=state)


def _may_be_back(state: State) -> bool:
    """Whether the graph or a session of it may be in use again: entered, or registered."""
    kept = state.keras_session
    is_kept = kept is not None and state.graph_of(kept) != state.graph
    return is_kept or bool(state.graphs or state.entered)
