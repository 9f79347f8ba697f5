"""Sessions and graphs: created, registered, run and closed."""

from __future__ import annotations

from ..domain import escape
from ..domain.configs import options_of
from ..domain.facts import ESCAPED, FILLED, GRAPH, GROWS, GROWTH, MONITORED, OWN_GRAPH
from ..domain.state import State
from ..domain.values import (
    EARLIER,
    NONE,
    TRUE,
    UNKNOWN,
    Arguments,
    Config,
    Const,
    Context,
    Creator,
    Graph,
    KnownOrNot,
    Session,
    Supervisor,
    Target,
    Value,
)
from ..rules.base import Site
from ..rules.events import NewSession
from ..tensorflow.vocabulary import Role
from . import initializers, keras, runs


def set_session(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Register a session with Keras; without one, Keras makes its own when it needs it."""
    session = arguments.get("session", 0)
    if session == NONE:
        for rule in site.flow.rules:
            rule.unregistered(site, state)
        site.flow.switches += 1
        state.unregister()
        return NONE
    registered: KnownOrNot = EARLIER if session == EARLIER else UNKNOWN
    if isinstance(session, Session):
        registered = session
    for rule in site.flow.rules:
        rule.registered(site, registered, state)
    site.flow.switches += 1
    state.register(registered)
    return NONE


def get_session(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Return the session that Keras uses, which it makes and initialises if need be."""
    graphs = state.graphs
    if state.enters_foreign:
        # It initialises what is in the graph of its session.
        state.graphs = (*graphs, (state.graph_of(state.current), None))
    ids = keras.initializable(state)
    if ids:
        keras.touch(site, "get_session()", ids, state, gives=False, uses=False)
    state.graphs = graphs
    state.make_session()
    return state.current


def clear(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Call ``clear_session()`` or ``reset_default_graph()``: the graph goes, and its sessions."""
    for rule in site.flow.rules:
        rule.cleared(site, known.name, state)
    site.flow.switches += 1
    state.forget_sessions()
    state.reset_graph()
    return NONE


def default_session(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Return the session that was entered last: ``tf.get_default_session()``."""
    return state.entered[-1].session if state.entered else UNKNOWN


def session(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make a session; an ``InteractiveSession`` is entered at once."""
    session = create_session(site, known, arguments, state)
    if known.name == "InteractiveSession":
        state.enter(session, None)
    return session


def create_session(site: Site, known: Role, arguments: Arguments, state: State) -> Session:
    """Make a session of any kind and tell the rules with which config it was made."""
    config = arguments.get("config", known.position)
    session = Session(site.chain)
    state.store[session.id] = {}
    if known.name in ("Session", "InteractiveSession"):
        graph = arguments.get("graph", 1)
        own = isinstance(graph, Graph)
        state.note(session.id, GRAPH, state.graph if graph in (None, NONE) else graph or NONE)
        if own:
            state.mark(session.id, OWN_GRAPH)
    else:
        # These do not become the default session when they are entered.
        state.mark(session.id, MONITORED)
    server = _server_config(known, arguments)
    if server is not None:
        # All sessions of a target share their variables.
        state.mark(session.id, FILLED)
    devices = config if server is None else server
    options = options_of(config, state)
    if options is not None and state.fact(options.id, GROWTH) == Const(True):
        state.mark(session.id, GROWS)
    _announce(site, NewSession(known.name, session, config, devices, server is not None), state)
    return session


def _server_config(known: Role, arguments: Arguments) -> Value | None:
    """The config of the server that a session has as its target, None if it has no target."""
    name = "target" if known.name in ("Session", "InteractiveSession") else "master"
    target = arguments.get(name, known.target)
    if target is None or target in (NONE, Const("")):
        return None
    return target.config if isinstance(target, Target) else UNKNOWN


def _announce(site: Site, created: NewSession, state: State) -> None:
    if isinstance(created.config, Config):
        escape.used((created.config,), state)
    for rule in site.flow.rules:
        rule.session_created(site, created, state)


def monitored_session(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make a ``MonitoredSession``, whose config its session creator has."""
    creator = arguments.get("session_creator", 0)
    session = Session(site.chain)
    state.store[session.id] = {MONITORED.name: TRUE}
    created = NewSession(known.name, session, UNKNOWN, UNKNOWN, has_target=False)
    if creator is None or creator == NONE:
        created = created._replace(config=None, devices=None)
    elif isinstance(creator, Creator):
        server = creator.server
        devices = creator.config if server is None else server
        created = created._replace(
            config=creator.config, devices=devices, has_target=server is not None
        )
    _announce(site, created, state)
    return session


def creator(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make a session creator, which knows a config and a server."""
    config = arguments.get("config", known.position)
    return Creator(NONE if config is None else config, _server_config(known, arguments))


def supervisor(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make a ``Supervisor``, which makes sessions."""
    return Supervisor(site.chain)


def graph(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make a graph."""
    return Graph(site.chain)


def default_graph(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Return the graph in use: ``tf.get_default_graph()``."""
    return state.graph


def call_session(
    site: Site, session: Session, name: str, arguments: Arguments, state: State
) -> Value:
    """Call a method of a session: it is entered, left, closed or run."""
    if name == "as_default":
        return Context(session)
    if name == "__enter__":
        state.mark(session.id, ESCAPED)
        state.enter(session, None)
        return session
    if name in ("close", "__exit__"):
        site.flow.switches += 1
        state.close(session, site.chain)
    elif name == "run":
        runs.tell_run(site, "run()", session, state)
        fetches = arguments.get("fetches", 0) or UNKNOWN
        initializer = initializers.initializer_in(fetches)
        if initializer is not None:
            initializers.run_initializer(site, initializer, session, state)
        runs.run(site, "Session.run()", fetches, arguments.get("feed_dict", 1), session, state)
    return UNKNOWN
