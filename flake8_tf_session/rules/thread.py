"""TFS401: a Keras model is used in another thread without its graph and session."""

from __future__ import annotations

from ..domain.facts import MADE, STANDALONE
from ..domain.state import KnownOrNot, State
from ..tensorflow.vocabulary import FUNCTION_OF
from .base import Rule, Site
from .events import Touch
from .memory import Memory

_OWN: Memory[int] = Memory("made in the thread")
_REGISTERED: Memory[bool] = Memory("registered in the thread")
_GRAPH = "its graph (`with graph.as_default()`)"
_SESSION = "its session (`set_session`, or `with session.as_default()`)"
_WHY = "each thread has its own (tf.keras in graph mode)"
_WHY_STANDALONE = (
    "each thread has its own (standalone Keras on TensorFlow 1; from Keras 2.3 on its own session,"
    " too)"
)


class ThreadRule(Rule):
    """Looks at weight accesses while the function of a thread is executed."""

    def keras_created(self, site: Site, id_: int, subject: str, state: State) -> None:
        if site.flow.thread is not None:
            _OWN.add(id_, state)

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        if site.flow.thread is not None:
            _REGISTERED.replace((True,), state)

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        flow = site.flow
        if flow.thread is None:
            return
        used = touch.ids.difference(_OWN.of(state))
        reason = _missing(used, touch, state) if used else ""
        if not reason or not _is_in_graph_mode(used, site, state):
            return
        place, frame = site.chain, site.frame
        # It stands in the thread's own function, on the call that leads to the access.
        while frame.id != flow.thread and frame.caller is not None:
            place, frame = frame.id, frame.caller
        flow.report("TFS401", site.chain, None, touch.subject, reason, at_event=True, place=place)


def _missing(used: frozenset[int], touch: Touch, state: State) -> str:
    """What the thread does not enter and should have, and why; empty if that is nothing."""
    if _are_standalone(used, state):
        # Before Keras 2.3 there is one session for all threads, and a function that was made in the
        # main thread needs no graph any more.
        kind = FUNCTION_OF.get(touch.subject.partition("(")[0])
        is_made = kind is not None and all(state.has(id_, MADE[kind]) for id_ in used)
        return "" if state.graphs or is_made else f"{_GRAPH}: {_WHY_STANDALONE}"
    missing = [] if state.graphs else [_GRAPH]
    if not state.entered and not _REGISTERED.of(state):
        missing.append(_SESSION)
    return f"{' or '.join(missing)}: {_WHY}" if missing else ""


def _are_standalone(used: frozenset[int], state: State) -> bool:
    return all(state.has(id_, STANDALONE) for id_ in used)


def _is_in_graph_mode(used: frozenset[int], site: Site, state: State) -> bool:
    """Whether the program shows graph mode, without which a thread needs nothing.

    That of standalone Keras is taken for it: it is one of TensorFlow 1.
    """
    return _are_standalone(used, state) or bool(state.graphs) or site.flow.host.shows_graph_mode
