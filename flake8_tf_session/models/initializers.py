"""Initializers: what running one does to the weights of a graph."""

from __future__ import annotations

from ..domain.state import Overwritten, State
from ..domain.values import (
    UNKNOWN,
    Arguments,
    GlobalVariables,
    Initializer,
    Sequence,
    Session,
    Value,
    differ,
)
from ..rules.base import Site
from ..tensorflow.vocabulary import Role


def initializer_in(value: Value | None) -> Initializer | None:
    """What running a value runs to initialise all variables of a graph."""
    if isinstance(value, Sequence):
        return next(filter(None, map(initializer_in, value.items)), None)
    return value if isinstance(value, Initializer) else None


def run_initializer(
    site: Site, initializer: Initializer, session: Value | None, state: State
) -> None:
    if session is None and state.entered:
        session = state.entered[-1].session
    if isinstance(session, Session):
        for rule in site.flow.rules:
            rule.initialized(site, initializer.graph, session, state)
        _initialize_objects(initializer.graph, session, state)
        _initialize_homes(site.chain, initializer.graph, session, state)


def _initialize_objects(graph: Value, session: Session, state: State) -> None:
    """Give objects that have no weights yet initial ones."""
    for id_, creation in state.creations.items():
        if id_ not in state.homes and creation.graph == graph:
            initialized = creation.initialized | {session.id}
            state.creations[id_] = creation._replace(initialized=initialized)


def _initialize_homes(chain: int, graph: Value, session: Session, state: State) -> None:
    """Give objects that have weights initial ones, which are as good as others of no worth."""
    hides = session == state.current and state.enters_another
    overwritten: Overwritten | None = None
    for id_, home in sorted(state.homes.items()):
        if differ(home.graph, graph):
            continue
        if home.given is None:
            state.homes[id_] = home._replace(copies=home.copies | {session.id})
        elif hides or session == home.session:
            # All of them are one mistake.
            overwritten = overwritten or Overwritten(session, chain, home.given)
            state.homes[id_] = home._replace(overwritten=overwritten)


def initializer(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return Initializer(state.graph)


def some_initializer(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    variables = arguments.get("var_list", 0)
    return Initializer(variables.graph) if isinstance(variables, GlobalVariables) else UNKNOWN


def group(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return initializer_in(Sequence(arguments.values(), is_list=False)) or UNKNOWN


def global_variables(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return GlobalVariables(state.graph)
