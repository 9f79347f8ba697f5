"""What a thread would have to enter, by names that are known to hold it."""

from __future__ import annotations

from ..domain import lookup
from ..domain.facts import CLOSED, STANDALONE
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import Graph, Instance, Session, Value
from ..rules.base import Running
from ..rules.events import Touch


def managers(touch: Touch, thread: Running, frame: Frame, state: State) -> str:
    """The managers of a ``with`` statement in a frame, by which an access in a thread has the graph
    and the session of the models; empty where no names are known to hold them.
    """
    built = [state.keras_objects[id_] for id_ in touch.ids if id_ in state.keras_objects]
    homes = {state.weights_in[id_].session for id_ in touch.ids if id_ in state.weights_in}
    homes = homes or {each.session for each in built}
    graphs = {each.graph for each in built}
    if len(homes) != 1 or len(graphs) != 1:
        return ""
    (home,), (graph,) = homes, graphs
    if not isinstance(home, Session) or not isinstance(graph, Graph) or state.has(home.id, CLOSED):
        return ""
    session, entered = _name_of(home, frame, state), []
    if state.graph == thread.graph:
        name = _name_of(graph, frame, state)
        if not name and session and state.graph_of(home) == graph:
            name = f"{session}.graph"
        entered = [name]
    if not all(state.has(id_, STANDALONE) for id_ in touch.ids):
        entered.append(session)
    return ", ".join(f"{name}.as_default()" for name in entered) if all(entered) else ""


def _name_of(value: Value, frame: Frame, state: State) -> str:
    """A name, or an attribute of the method's object, that holds a value and never another."""
    rebound = frame.function.anchor.source.index.rebound
    for owner in frame.closure:
        for name, held in sorted(state.attributes(owner).items()):
            is_kept = held == value and name.isidentifier() and (name, None) not in rebound
            if is_kept and lookup.owner_of_name(name, state, frame) == owner:
                return name
    parameters = frame.function.parameters
    if isinstance(frame.receiver, Instance) and parameters:
        for name, held in sorted(state.attributes(frame.receiver.id).items()):
            if held == value and name.isidentifier():
                return f"{parameters[0].name}.{name}"
    return ""
