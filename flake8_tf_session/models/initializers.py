"""Initializers: what running one does to the weights of a graph."""

from __future__ import annotations

from ..domain import lookup
from ..domain.facts import CLOSED
from ..domain.kinds import differ
from ..domain.state import State
from ..domain.values import (
    UNKNOWN,
    Arguments,
    GlobalVariables,
    Initializer,
    Keras,
    Sequence,
    Session,
    Value,
)
from ..domain.weights import Overwritten, original
from ..rules.base import Site
from ..tensorflow.vocabulary import Role
from . import keras


def initializer_in(value: Value | None) -> Initializer | None:
    """What running a value runs to initialise all variables of a graph."""
    if isinstance(value, Sequence):
        return next(filter(None, map(initializer_in, value.items)), None)
    return value if isinstance(value, Initializer) else None


def run_initializer(
    site: Site, initializer: Initializer, session: Value | None, state: State
) -> None:
    """Run an operation that initialises all variables that it knows."""
    if session is None and state.entered:
        session = state.entered[-1].session
    if isinstance(session, Session):
        if state.has(session.id, CLOSED):
            return
        for rule in site.flow.rules:
            rule.initialized(site, initializer.graph, session, state)
        _initialize_homes(site.chain, initializer, session, state)
    if session is not None:
        _initialize_objects(initializer, session, state)


def _initialize_objects(initializer: Initializer, session: Value, state: State) -> None:
    """Give objects that have no weights yet initial ones.

    In the session that Keras keeps it is as if they were built under that one, if they belong to
    no block. A session that is not known may be the one that Keras keeps, if that is not either.
    """
    for id_, creation in state.keras_objects.items():
        if id_ in state.weights_in or creation.graph != initializer.graph:
            continue
        if creation.has_weights and id_ not in initializer.ids:
            continue
        if isinstance(session, Session):
            made = frozenset((session.id,))
            creation = creation._replace(
                initialized=creation.initialized | made,
                copies=creation.copies | made if creation.has_weights else creation.copies,
            )
        if (
            session == state.keras_session
            and not creation.entered
            and creation.session != state.current
        ):
            creation = creation._replace(session=state.keras_session)
        state.keras_objects[id_] = creation


def _initialize_homes(chain: int, initializer: Initializer, session: Session, state: State) -> None:
    """Give objects that have weights initial ones, which are as good as others of no worth."""
    hides = session == state.current and state.enters_another
    overwritten: Overwritten | None = None
    for id_, home in sorted(state.weights_in.items()):
        if differ(home.graph, initializer.graph) or original(id_) not in initializer.ids:
            continue
        given = home.given
        if given is None:
            state.weights_in[id_] = home._replace(copies=home.copies | {session.id})
            continue
        if session != home.session:
            # What uses them here goes on with others.
            home = home._replace(older=home.older | {session.id})
        if hides or session == home.session:
            # All of them are one mistake.
            overwritten = overwritten or Overwritten(session, chain, given)
            home = home._replace(overwritten=overwritten)
        state.weights_in[id_] = home


def initializer(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make the initializer of all variables that the graph has by then."""
    return Initializer(state.graph, variables(state))


def some_initializer(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make ``variables_initializer(var_list)``: known where it is given all variables."""
    variables = arguments.get("var_list", 0)
    if not isinstance(variables, GlobalVariables):
        return UNKNOWN
    return Initializer(variables.graph, variables.ids)


def group(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make ``tf.group(…)``: the initializer in it, or the objects that all of it belongs to."""
    values = arguments.values()
    initializes = initializer_in(Sequence(values, is_list=False))
    if initializes is not None:
        return initializes
    # It runs all that it is given.
    kinds = {value.kind if isinstance(value, Keras) else "" for value in values}
    return (
        Keras(lookup.keras_ids(values), kinds.pop())
        if len(kinds) == 1 and "" not in kinds
        else UNKNOWN
    )


def global_variables(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Return the variables that the graph has by then: ``tf.global_variables()``."""
    return GlobalVariables(state.graph, variables(state))


def variables(state: State) -> frozenset[int]:
    """The objects that have weights in the graph that is the default now."""
    graph = state.graph
    given = (
        original(key) for key, home in state.weights_in.items() if not differ(home.graph, graph)
    )
    return keras.initializable(state).union(given)
