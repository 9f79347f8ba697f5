"""TFS401, TFS301: what a thread does with a Keras model in neither its graph nor its session."""

from __future__ import annotations

from ..domain.facts import FILLED, GROWS, MADE, STANDALONE
from ..domain.frame import Frame
from ..domain.kinds import differ
from ..domain.state import State, is_implicit
from ..domain.values import EARLIER, KnownOrNot, Session, Value
from ..domain.weights import WeightsIn
from ..tensorflow.vocabulary import FUNCTION_OF
from .base import Rule, Running, Site
from .events import Touch
from .losses import InThread, causes_of
from .memory import Memory

_OWN: Memory[int] = Memory("made in the thread")
_REGISTERED: Memory[bool] = Memory("registered in the thread")
_GRAPH = "its graph (`with graph.as_default()`)"
_SESSION = "its session (`set_session`, or `with session.as_default()`)"
_OTHER = "its session, but the one made {related}"
_USED = (
    "the session in which the model is used {related}: the weights are in the thread's alone; enter"
    " or register one session in both"
)
_WHY_OTHER = "the model's weights are in another one, which the thread has to enter or register"
_WHY = "each thread has its own (tf.keras in graph mode)"
_WHY_STANDALONE = (
    "each thread has its own (standalone Keras on TensorFlow 1; from Keras 2.3 on its own session,"
    " too)"
)
_IMPLICIT = (
    "runs in another thread, where Keras has an implicit session of the thread's own, not the one"
    " made {related}: without its config, or (standalone Keras before 2.3) it fails; register or"
    " enter that one and its graph in the thread"
)
# By this a session may get weights before a handler is called.
_RESTORING = frozenset(("restore",))


class ThreadRule(Rule):
    """Looks at weight accesses while the function of a thread is executed."""

    def keras_created(self, site: Site, id_: int, subject: str, state: State) -> None:
        if site.flow.thread is not None:
            _OWN.add(id_, state)

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        if site.flow.thread is not None:
            _REGISTERED.replace((True,), state)

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        thread = site.flow.thread
        if thread is None:
            _report_lost(site, touch, state)
            return
        used = touch.ids.difference(_OWN.of(state))
        if not used:
            if _loses_growth(touch, site, thread, state):
                registered = thread.session
                assert isinstance(registered, Session)
                _report("TFS301", site, thread, registered.id, touch, _IMPLICIT)
            return
        if not (touch.uses or touch.gives):
            # A session that is only handed out loses nothing of what is there.
            return
        other = _other_session(used, touch, site, thread, state)
        reason = _missing(used, touch, thread, state)
        if not reason and other is not None:
            reason = f"{_SESSION if is_implicit(other) else _OTHER}: {_WHY_OTHER}"
        if reason and _is_in_graph_mode(used, site, thread, state):
            made = None if other is None or is_implicit(other) else other.id
            _report("TFS401", site, thread, made, touch, reason)


def _report_lost(site: Site, touch: Touch, state: State) -> None:
    """Report what a thread has put into another session than the one in which it is used now."""
    for each in causes_of(touch.ids, state) if touch.uses else ():
        for cause in each.causes:
            if isinstance(cause, InThread):
                chain, subject = cause.home.chain, cause.home.subject
                site.flow.report(
                    "TFS401",
                    chain,
                    site.chain,
                    subject,
                    _USED,
                    at_event=True,
                    path=state,
                    group=cause.place,
                    place=cause.place,
                )


def place_in_thread(site: Site, thread: Running) -> tuple[int, Frame]:
    """Where an access stands: in the thread's own function, on the call that leads to it; and that
    function's frame.
    """
    place, frame = site.chain, site.frame
    while frame.id != thread.call and frame.function not in site.flow.handled:
        if frame.caller is None:
            break
        place, frame = frame.id, frame.caller
    return place, frame


def _report(
    code: str, site: Site, thread: Running, related: int | None, touch: Touch, reason: str
) -> None:
    place, _ = place_in_thread(site, thread)
    # Of a model of its own the first access is enough; of others, what is said of a place first.
    group = thread.call if code == "TFS301" else place
    subject = touch.subject
    site.flow.report(
        code, site.chain, related, subject, reason, at_event=True, group=group, place=place
    )


def _loses_growth(touch: Touch, site: Site, thread: Running, state: State) -> bool:
    """Whether a model of the thread's own gets weights in an implicit session, though one that
    asks for growth was registered before the thread began.
    """
    return (
        isinstance(thread.session, Session)
        and state.has(thread.session.id, GROWS)
        and is_implicit(touch.session)
        and not _REGISTERED.of(state)
        and not (site.flow.memory_growth or site.flow.host.forces_growth or state.gpus_hidden)
    )


def _missing(used: frozenset[int], touch: Touch, thread: Running, state: State) -> str:
    """What the thread does not enter and should have, and why; empty if that is nothing."""
    has_graph = not _misses_graph(used, thread, state)
    if _are_standalone(used, state):
        builds = _builds(used, touch, state)
        return "" if has_graph or not builds else f"{_GRAPH}: {_WHY_STANDALONE}"
    missing = [] if has_graph else [_GRAPH]
    if not state.entered and (not _REGISTERED.of(state) or state.is_own(touch.session)):
        missing.append(_SESSION)
    return f"{' or '.join(missing)}: {_WHY}" if missing else ""


def _builds(used: frozenset[int], touch: Touch, state: State) -> bool:
    """Whether an access makes something in the default graph.

    Before Keras 2.3 there is one session for all threads: it reads weights in whichever graph, and
    a function that was made in the main thread needs none any more.
    """
    kind = FUNCTION_OF.get(touch.subject.partition("(")[0])
    if kind is None:
        return touch.gives
    return not all(state.has(id_, MADE[kind]) for id_ in used)


def _misses_graph(used: frozenset[int], thread: Running, state: State) -> bool:
    """Whether the graph in use is the thread's own, or known to be another than the models'."""
    return state.graph == thread.graph or any(
        differ(graph, state.graph) for graph in _graphs(used, state)
    )


def _graphs(used: frozenset[int], state: State) -> list[Value]:
    """The graphs of models, as far as it is known how they were made."""
    return [state.keras_objects[id_].graph for id_ in used if id_ in state.keras_objects]


def _other_session(
    used: frozenset[int], touch: Touch, site: Site, thread: Running, state: State
) -> Session | None:
    """The session that the thread enters or registers and that has none of the weights.

    Where the main thread has lost them itself, by using that session, other codes say so.
    """
    session = touch.session
    if touch.gives or not isinstance(session, Session) or state.has(session.id, FILLED):
        return None
    is_handler = thread.call in site.flow.handlers.values()
    if is_handler and site.flow.host.mentions(_RESTORING):
        return None
    if not state.entered and (is_implicit(session) or not _REGISTERED.of(state)):
        return None
    homes = [state.weights_in[id_] for id_ in used if id_ in state.weights_in]
    strays = [
        home for home in homes if state.parts_from(home.session) and session.id not in home.copies
    ]
    if not homes and any(differ(state.graph_of(session), graph) for graph in _graphs(used, state)):
        return session
    is_used = session == thread.session and not thread.is_hidden
    if is_used and any(not _is_left_alone(home) for home in strays):
        thread.lost.update(used)
        return None
    return session if strays else None


def _is_left_alone(home: WeightsIn) -> bool:
    """Whether it is no finding that weights are elsewhere where the main thread ends: in a session
    that they belong to, in which a thread has put them, or in one of before the flow.
    """
    is_own = home.entered and home.strayed_from is None
    return is_own or home.place is not None or home.session == EARLIER


def _are_standalone(used: frozenset[int], state: State) -> bool:
    return all(state.has(id_, STANDALONE) for id_ in used)


def _is_in_graph_mode(used: frozenset[int], site: Site, thread: Running, state: State) -> bool:
    """Whether the program shows graph mode, without which a thread needs nothing.

    That of standalone Keras is taken for it: it is one of TensorFlow 1.
    """
    if _are_standalone(used, state) or state.graph != thread.graph:
        return True
    return site.flow.host.shows_graph_mode
