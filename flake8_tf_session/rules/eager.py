"""TFS305: a session is registered in a program that runs eagerly."""

from __future__ import annotations

from ..domain.state import State
from ..domain.values import KnownOrNot
from ..tensorflow.vocabulary import LEAVES_EAGER, VERSION_2_SPELLINGS
from .base import Rule, Site


class EagerRule(Rule):
    """Looks for what leaves eager execution: anywhere in the file, in what it imports, or around
    the call; and for what says that the program, or this call, is for TensorFlow 1.
    """

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        host = site.flow.host
        if (
            site.dotted.startswith(VERSION_2_SPELLINGS)
            and not state.graphs
            and not state.entered
            and not (site.node is not None and site.node.is_fallback)
            and not host.source.is_version_1
            and not host.mentions(LEAVES_EAGER)
        ):
            site.flow.report("TFS305", site.chain, None, at_event=True)
