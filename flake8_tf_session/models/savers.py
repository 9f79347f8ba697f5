"""What keeps the weights of a session, and brings them back: savers, exports, frozen graphs."""

from __future__ import annotations

from ..domain import escape, lookup
from ..domain.kinds import differ
from ..domain.state import State
from ..domain.values import (
    NONE,
    UNKNOWN,
    Arguments,
    GlobalVariables,
    Member,
    Saver,
    Session,
    Value,
)
from ..rules.base import Site
from ..tensorflow.vocabulary import VARIABLE_WORDS, Role
from . import initializers, runs


def saver(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """``Saver()`` of all variables that there are, ``Saver(model.weights)``."""
    variables = arguments.get("var_list", 0)
    if variables is None or variables == NONE:
        return Saver(initializers.variables(state), names_them=False)
    if isinstance(variables, GlobalVariables):
        return Saver(variables.ids, names_them=False)
    ids = lookup.keras_ids((variables,))
    return Saver(ids, names_them=True) if ids else UNKNOWN


def call_saver(site: Site, owner: Saver, name: str, arguments: Arguments, state: State) -> Value:
    """Call a method of a ``Saver``: in its session weights are saved, or restored."""
    session = arguments.get("sess", 0)
    if not isinstance(session, Session) or name not in ("restore", "save"):
        return UNKNOWN
    subject = f"Saver.{name}()"
    runs.tell_run(site, subject, session, state)
    if name == "save":
        runs.need(site, subject, owner.ids, session, state, keeps=True)
    else:
        runs.give(site, subject, owner.ids, session, state, owner.names_them)
    return UNKNOWN


def export(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """``simple_save(session, …)``, ``builder.add_meta_graph_and_variables(session, …)``: of all
    variables.
    """
    session = arguments.get("session" if known.name == "simple_save" else "sess", 0)
    if isinstance(session, Session):
        ids = initializers.variables(state)
        runs.need(site, f"{known.name}()", ids, session, state, keeps=True)
    return UNKNOWN


def freeze(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """``convert_variables_to_constants(session, graph, names)``, ``from_session(session, …)``."""
    session = arguments.get("sess", 0)
    if not isinstance(session, Session):
        return UNKNOWN
    is_named = known.name == "from_session"
    outputs = arguments.get("output_tensors" if is_named else "output_node_names", 2)
    # `model.output.op.name` tells whose it is.
    parts = escape.parts_of((outputs,) if outputs else ())
    ids = lookup.keras_ids(part.of if isinstance(part, Member) else part for part in parts)
    if not ids and not is_named and not site.flow.host.mentions(VARIABLE_WORDS):
        ids = _all_elsewhere(session, state)
    runs.need(site, f"{known.name}()", ids, session, state, keeps=True)
    return UNKNOWN


def _all_elsewhere(session: Session, state: State) -> frozenset[int]:
    """All objects of a session's graph, if none has weights in it: whichever it is about.

    A session of another graph, or of one that is not known, may be there to freeze what has no
    variables.
    """
    graph = state.graph_of(session)
    if graph == UNKNOWN or graph != state.graph:
        return frozenset()
    ids = initializers.variables(state)
    if any(id_ in state.keras_objects and state.keras_objects[id_].graph != graph for id_ in ids):
        return frozenset()
    homes = [state.weights_in.get(id_) for id_ in ids]
    is_sure = all(home is not None and differ(home.session, session) for home in homes)
    return ids if is_sure else frozenset()
