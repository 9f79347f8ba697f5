"""TFS305: a session is registered in a program that runs eagerly."""

from __future__ import annotations

from ..domain.state import KnownOrNot, State
from ..models.effects import Site
from ..tensorflow.vocabulary import LEAVES_EAGER
from .base import Rule

# The spelling that TensorFlow 2 has: `tf.keras.backend.set_session` is one of TensorFlow 1 alone.
_SPELLINGS = ("tensorflow.compat.v1.keras.", "tensorflow.python.keras.", "tf_keras.")


class EagerRule(Rule):
    """Looks for what leaves eager execution: anywhere in the file, in what it imports, or around
    the call; and for what says that the program, or this call, is for TensorFlow 1.
    """

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        analysis = site.flow.analysis
        if (
            site.dotted.startswith(_SPELLINGS)
            and not state.graphs
            and not state.entered
            and not (site.node is not None and site.node.is_fallback)
            and not analysis.source.is_version_1
            and LEAVES_EAGER.isdisjoint(analysis.source.index.words)
            and not analysis.world.mentions(LEAVES_EAGER)
        ):
            site.flow.report("TFS305", site.chain, None, fixed=True)
