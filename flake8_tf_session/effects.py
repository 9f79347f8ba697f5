"""What calls of TensorFlow and Keras do to a path, told to the rules as it happens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Callable, NamedTuple

from . import holding, lookup
from .program import Attribute, Call, Expression, Function
from .state import (
    COPIES,
    ENDED,
    GPUS,
    GRAPH,
    GROWTH,
    LEFT,
    MONITORED,
    OPTIONS,
    OWN_GRAPH,
    PARTS,
    SOURCE,
    Creation,
    Entered,
    Home,
    KnownOrNot,
    State,
)
from .values import (
    ANY_ARGUMENTS,
    NONE,
    TRUE,
    UNKNOWN,
    WEIGHT_LIMIT,
    Arguments,
    Compound,
    Config,
    Const,
    Context,
    Creator,
    DeviceCount,
    Executor,
    External,
    GlobalVariables,
    Graph,
    Initializer,
    Instance,
    Keras,
    Mapping,
    Member,
    Options,
    Partial,
    Routine,
    Sequence,
    Session,
    Super,
    Supervisor,
    Thread,
    Unknown,
    Value,
    differ,
)
from .vocabulary import (
    EXECUTOR_METHODS,
    GIVING_METHODS,
    READING_METHODS,
    SUPERVISOR_METHODS,
    TRAINING_METHODS,
    Role,
    role,
)

if TYPE_CHECKING:
    from .flow import Flow, Frame


class Site(NamedTuple):
    """Where something happens: the flow, the frame and the chain; the call and what it calls."""

    flow: Flow
    frame: Frame
    chain: int
    node: Call | None = None
    dotted: str = ""

    def part(self, name: str) -> int:
        """The id of a further object that the same call makes."""
        return self.flow.analysis.chains.intern(self.chain, name)


# --- calls -------------------------------------------------------------------------------------


def call(site: Site, callee: Value, arguments: Arguments, state: State) -> Value:
    """Call something that is no function or class of the file; the value it returns."""
    holding.give(arguments.values(), state)
    if isinstance(callee, External):
        known = role(callee.dotted)
        site = site._replace(dotted=callee.dotted)
        for rule in site.flow.rules:
            rule.called(site)
        if known is not None:
            if known.kind not in _KEEPING:
                leave_flow(arguments.values(), state)
            return _ROLES[known.kind](site, known, arguments, state)
        return _call_external(site, callee.dotted, arguments, state)
    leave_flow(arguments.values(), state)
    if isinstance(callee, Member):
        return _call_member(site, callee, arguments, state)
    if isinstance(callee, Keras):
        # A layer or model that is called: the tensor depends on its weights and its inputs'.
        _note_weights(callee.ids, state)
        return Keras(callee.ids | lookup.keras_ids(arguments.values()), "tensor")
    if isinstance(callee, Instance) and callee.cls.keras_kind is not None:
        _note_weights(frozenset((callee.id,)), state)
        return Keras(lookup.keras_ids((callee, *arguments.values())), "tensor")
    lookup.escape(arguments.values(), state)
    return UNKNOWN


def bounded(value: Value, state: State) -> Value:
    """A value that is to be kept: in the place of one with too many parts, or a function with too
    many defaults, one that is unknown.
    """
    if not isinstance(value, Compound) or value.weight <= WEIGHT_LIMIT:
        return value
    parts = [part for part in value.parts if part is not None]
    leave_flow(parts, state)
    lookup.escape(parts, state)
    if isinstance(value, Routine):
        return value.but(defaults=tuple(each and UNKNOWN for each in value.defaults))
    return UNKNOWN


# Calls that take in a config or options without letting them go.
_KEEPING = ("config", "options", "partial", "session")


def leave_flow(values: Iterable[Value], state: State) -> None:
    """Note the sessions and configs that code elsewhere may use from now on."""
    for value in values:
        if isinstance(value, (Config, Options)):
            _note_use(value, state)
        elif isinstance(value, Session):
            state.set(value.id, LEFT, TRUE)
        elif isinstance(value, Sequence):
            leave_flow(value.items, state)
        elif isinstance(value, Mapping):
            leave_flow((item for _, item in value.items), state)


def leave_inner(frame_id: int, function: Function, state: State) -> None:
    """Note what functions inside of one that ends may use: what the names in them hold."""
    variables = state.attributes(frame_id)
    shared = function.inner_words
    leave_flow((variables[name] for name in variables if name in shared), state)
    state.set(frame_id, ENDED, TRUE)


def _note_use(value: Config | Options, state: State) -> None:
    """Note that options are of use, and so are those that they were copied from."""
    options = options_of(value, state) if isinstance(value, Config) else value
    while isinstance(options, Options):
        state.set(options.id, LEFT, TRUE)
        source = state.get(options.id, SOURCE)
        options = source if isinstance(source, Options) else None


def note_build_call(site: Site, state: State) -> None:
    """Tell the rules of a call of a building method, after whatever it did."""
    node = site.node
    if node is not None and node.name in site.flow.analysis.options.build_methods:
        for rule in site.flow.rules:
            rule.build_called(site, node.name, state)


def _call_external(site: Site, dotted: str, arguments: Arguments, state: State) -> Value:
    top, _, rest = dotted.partition(".")
    if top == "builtins":
        leave_flow(arguments.values(), state)
        value = _call_builtin(rest, arguments, state)
        if value == UNKNOWN:
            lookup.hand_on(arguments.values(), state)
        return value
    if top in ("tensorflow", "keras", "tf_keras"):
        # A session given to TensorFlow's own code is not registered there, but a config is used.
        leave_flow((value for value in arguments.values() if value.__class__ != Session), state)
        ids = lookup.keras_ids(arguments.values())
        # `K.mean(output)`, `tf.concat(outputs)`: a tensor that depends on the same weights.
        return Keras(ids, "tensor") if ids else External(f"{dotted}()")
    leave_flow(arguments.values(), state)
    if top not in ("numpy", "os", "sys", "logging"):
        lookup.escape(arguments.values(), state)
    return UNKNOWN


def _call_builtin(name: str, arguments: Arguments, state: State) -> Value:
    values = arguments.positional
    if name == "getattr" and len(values) >= 2 and isinstance(values[0], External):
        attr = values[1]
        if isinstance(attr, Const) and isinstance(attr.value, str):
            return External(f"{values[0].dotted}.{attr.value}")
    elif name == "setattr":
        lookup.escape(values[:1], state)
    elif name == "range" and values and isinstance(values[-1], Const):
        start = 0 if len(values) == 1 else None
        stop = values[0].value if len(values) == 1 and isinstance(values[0], Const) else None
        if len(values) == 2 and isinstance(values[0], Const) and isinstance(values[1], Const):
            start, stop = _integer(values[0]), _integer(values[1])
        if isinstance(start, int) and isinstance(stop, int):
            return Sequence((UNKNOWN,) if stop > start else (), is_list=False)
    elif name in ("list", "tuple", "sorted", "reversed", "enumerate", "zip", "iter") and values:
        if name in ("enumerate", "zip"):
            empty = {lookup.iterate(value)[1] for value in values}
            return Sequence((UNKNOWN,), is_list=False) if empty == {False} else UNKNOWN
        if isinstance(values[0], Sequence):
            # A list of its own.
            return values[0].but(is_list=name in ("list", "sorted"))
        if isinstance(values[0], Keras):
            return values[0]
    return UNKNOWN


def _integer(value: Const) -> int | None:
    return value.value if isinstance(value.value, int) else None


def _call_member(site: Site, member: Member, arguments: Arguments, state: State) -> Value:
    owner, name = member.of, member.name
    if isinstance(owner, Session):
        return _call_session(site, owner, name, arguments, state)
    if isinstance(owner, Graph):
        return Context(owner) if name == "as_default" else UNKNOWN
    if isinstance(owner, Initializer):
        if name == "run":
            _run_initializer(site, owner, arguments.get("session", 1), state)
        return UNKNOWN
    if isinstance(owner, Thread):
        if name == "start":
            holding.give((owner.target,), state)
            site.flow.run_thread(owner.target, owner.arguments, site.chain, state, site.frame)
        return UNKNOWN
    if isinstance(owner, Executor):
        if name in EXECUTOR_METHODS and arguments.positional:
            lookup.hand_on(arguments.values(), state)
            passed = ANY_ARGUMENTS
            if name in ("apply_async", "submit"):
                passed = arguments.but(positional=arguments.positional[1:])
            site.flow.run_thread(arguments.positional[0], passed, site.chain, state, site.frame)
        return UNKNOWN
    if isinstance(owner, Supervisor) and name in SUPERVISOR_METHODS:
        known = Role("session", name, SUPERVISOR_METHODS[name])
        return _create_session(site, known, arguments, state)
    if isinstance(owner, (Config, Options, DeviceCount)):
        leave_flow((owner,), state)
        if name != "SerializeToString":
            lookup.escape((owner,), state)
        return UNKNOWN
    if isinstance(owner, (Sequence, Mapping)):
        return _call_container(site, owner, name, arguments, state)
    if isinstance(owner, Super):
        if not (
            isinstance(owner.receiver, Instance)
            and (owner.receiver.cls.keras_kind or lookup.is_closed(owner.cls, state))
        ):
            lookup.escape((owner.receiver, *arguments.values()), state)
        return UNKNOWN
    ids = lookup.keras_ids((owner,))
    if ids:
        return _call_keras(site, ids, name, arguments, state)
    lookup.escape(arguments.values(), state)
    return UNKNOWN


def _call_session(
    site: Site, session: Session, name: str, arguments: Arguments, state: State
) -> Value:
    if name == "as_default":
        return Context(session)
    if name == "__enter__":
        state.set(session.id, LEFT, TRUE)
        state.entered = (*state.entered, Entered(session, None))
        return session
    if name in ("close", "__exit__"):
        state.close(session, site.chain)
    elif name == "run":
        initializer = _initializer_in(arguments.get("fetches", 0))
        if initializer is not None:
            _run_initializer(site, initializer, session, state)
    return UNKNOWN


def _initializer_in(value: Value | None) -> Initializer | None:
    """What running a value runs to initialise all variables of a graph."""
    if isinstance(value, Sequence):
        return next(filter(None, map(_initializer_in, value.items)), None)
    return value if isinstance(value, Initializer) else None


def _run_initializer(
    site: Site, initializer: Initializer, session: Value | None, state: State
) -> None:
    if session is None and state.entered:
        session = state.entered[-1].session
    if isinstance(session, Session):
        for rule in site.flow.rules:
            rule.initialized(site, initializer.graph, session, state)
        for id_, home in state.homes.items():
            creation = state.creations.get(id_)
            if creation is None or home.of_worth:
                continue
            if creation.graph == initializer.graph:
                state.homes[id_] = home._replace(copies=home.copies | {session.id})


_LIST_METHODS = frozenset("clear extend insert pop popitem remove setdefault update".split())


def _call_container(
    site: Site, owner: Value, name: str, arguments: Arguments, state: State
) -> Value:
    changed: Value | None = None
    if isinstance(owner, Sequence) and name == "append" and arguments.positional:
        changed = Sequence((*owner.items, arguments.positional[0]), owner.is_list)
    elif name in _LIST_METHODS:
        changed = UNKNOWN
        lookup.hand_on(arguments.values(), state)
    elif isinstance(owner, Mapping) and name == "get" and arguments.positional:
        return lookup.item(owner, arguments.positional[0])
    elif isinstance(owner, Mapping) and name in ("keys", "values", "items"):
        return Sequence((UNKNOWN,) if owner.items else (), is_list=False)
    if changed is not None and site.node is not None:
        func = site.node.func
        if isinstance(func, Attribute):
            site.flow.rebind(func.value, owner, changed, state, site.frame)
    return UNKNOWN


# --- Keras objects -----------------------------------------------------------------------------


class Touch(NamedTuple):
    """Weights that are given, loaded, read or trained: of which objects, in which session.

    Others of the graph are ``initialized`` there as well. ``gives`` tells whether the objects get
    values whatever they had before, ``changes`` whether they have values of worth afterwards
    (given, loaded or trained). Where it does not need their values (``get_session()``), ``uses``
    is False.
    """

    subject: str
    ids: frozenset[int]
    initialized: frozenset[int]
    session: KnownOrNot
    gives: bool
    changes: bool
    uses: bool

    def puts_weights_in(self, state: State) -> bool:
        """Whether it leaves weights in its session: not where all have theirs in another."""
        homes = [state.homes.get(id_) for id_ in self.ids]
        return any(home is None or not differ(home.session, self.session) for home in homes)


def _create_keras(
    site: Site, subject: str, kind: str, arguments: Arguments, gives: bool, state: State
) -> Keras:
    parts = lookup.keras_ids(arguments.values())
    created = Keras(frozenset((site.chain,)) | parts, kind)
    _note_creation(site, site.chain, subject, kind == "model" or bool(parts), state)
    _note_weights(parts, state)
    _settle(frozenset((site.chain,)), parts, state)
    if gives:
        touch(site, subject, frozenset((site.chain,)), state, gives=True)
    return created


def _note_creation(site: Site, id_: int, subject: str, has_weights: bool, state: State) -> None:
    registered = not state.entered and state.registered is not None and not state.is_foreign
    state.creations[id_] = Creation(site.chain, state.graph, state.current, registered, has_weights)
    for rule in site.flow.rules:
        rule.keras_created(site, subject, state)


def _note_weights(ids: frozenset[int], state: State) -> None:
    """Note that objects are called, or made a part of a model: now they have weights."""
    for id_ in ids:
        creation = state.creations.get(id_)
        if creation is not None and not creation.has_weights:
            state.creations[id_] = creation._replace(has_weights=True)


def _settle(ids: frozenset[int], parts: frozenset[int], state: State) -> None:
    """Note that the weights of models are those of their parts, which may have them already."""
    home = next((state.homes[part] for part in sorted(parts) if part in state.homes), None)
    if home is not None:
        for id_ in ids:
            state.homes.setdefault(id_, home)


def create_instance(site: Site, instance: Instance, kind: str, state: State) -> None:
    """Note that an object of a project's own layer or model class was created."""
    subject = f"Keras {kind} '{instance.cls.definition.scope.name}'"
    _note_creation(site, instance.id, subject, kind == "model", state)


def build_instance(instance: Instance, arguments: Arguments, state: State) -> None:
    """Give Keras' own ``__init__`` what an object is created with: the parts of it."""
    _add_parts(frozenset((instance.id,)), lookup.keras_ids(arguments.values()), state)


def touch(
    site: Site,
    subject: str,
    ids: frozenset[int],
    state: State,
    gives: bool,
    trains: bool = False,
    uses: bool = True,
) -> None:
    """Put weights into the session that Keras uses, or read them there.

    Whatever needs a session initialises every model of the graph in it.
    """
    current = state.current
    touched = _parts(ids, state)
    others = frozenset(id_ for id_ in _initializable(state) if id_ not in state.homes) - touched
    event = Touch(subject, touched, others, current, gives, gives or trains, uses)
    for rule in site.flow.rules:
        rule.weights_touched(site, event, state)
    state.make_session()
    home = Home(current, bool(state.entered), site.chain, gives or trains)
    for id_ in touched | others:
        if (gives and id_ in touched) or id_ not in state.homes:
            state.homes[id_] = home if id_ in touched else home._replace(of_worth=False)
        elif trains:
            state.homes[id_] = state.homes[id_]._replace(of_worth=True, copies=frozenset())


def _initializable(state: State) -> frozenset[int]:
    """The objects that have weights in the graph that is the default now."""
    graph = state.graph
    return frozenset(
        id_
        for id_, creation in state.creations.items()
        if creation.has_weights and creation.graph == graph
    )


def _parts(ids: frozenset[int], state: State) -> frozenset[int]:
    """The objects and whatever was added to them (`model.add(layer)`)."""
    found = set(ids)
    pending = list(ids)
    while pending:
        parts = state.get(pending.pop(), PARTS)
        if isinstance(parts, Keras):
            pending += parts.ids - found
            found |= parts.ids
    return frozenset(found)


def _call_keras(
    site: Site, ids: frozenset[int], name: str, arguments: Arguments, state: State
) -> Value:
    if name in READING_METHODS or name in GIVING_METHODS:
        trains = name in TRAINING_METHODS
        touch(site, f"{name}()", ids, state, gives=name in GIVING_METHODS, trains=trains)
        return UNKNOWN
    added = lookup.keras_ids(arguments.values())
    if name == "add":
        _add_parts(ids, added, state)
        return UNKNOWN
    lookup.escape(arguments.values(), state)
    return Keras(ids | added, "part")


def _add_parts(ids: frozenset[int], added: frozenset[int], state: State) -> None:
    """Note that models have further parts."""
    _note_weights(added, state)
    _settle(ids, added, state)
    for id_ in ids:
        known = state.get(id_, PARTS)
        before = known.ids if isinstance(known, Keras) else frozenset()
        state.set(id_, PARTS, Keras(before | added, "part"))


def _layer(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    gives = _gives_weights(arguments.get("weights"))
    return _create_keras(site, f"Keras layer '{known.name}'", "layer", arguments, gives, state)


def _gives_weights(weights: Value | None) -> bool:
    return weights is not None and weights != NONE and not isinstance(weights, Unknown)


def _model(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    if known.name == "clone_model":
        # A clone has weights of its own.
        arguments = Arguments((), (), complete=True)
    return _create_keras(site, f"Keras model '{known.name}'", "model", arguments, False, state)


def _application(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    weights = arguments.get("weights", known.position)
    gives = weights is None or _gives_weights(weights)
    return _create_keras(site, f"Keras model '{known.name}'", "model", arguments, gives, state)


def _load_model(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return _create_keras(site, "load_model()", "model", arguments, True, state)


def _save_model(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    ids = lookup.keras_ids(arguments.positional[:1])
    if ids:
        touch(site, "save_model()", ids, state, gives=False)
    return UNKNOWN


def _backend_weights(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    ids = lookup.keras_ids(arguments.values()) or _initializable(state)
    if known.name in ("eval", "get_value", "set_value") or ids:
        gives = known.name.endswith("set_value")
        touch(site, f"K.{known.name}()", ids, state, gives)
    return UNKNOWN


# --- the session that Keras uses ---------------------------------------------------------------


def _set_session(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    session = arguments.get("session", 0)
    if session == NONE:
        for rule in site.flow.rules:
            rule.unregistered(site, state)
        state.forget_sessions()
        return NONE
    registered = session if isinstance(session, Session) else UNKNOWN
    for rule in site.flow.rules:
        rule.registered(site, registered, state)
    state.kept = registered
    return NONE


def _get_session(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    ids = _initializable(state)
    if ids:
        touch(site, "get_session()", ids, state, gives=False, uses=False)
    state.make_session()
    return state.current


def _clear(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    for rule in site.flow.rules:
        rule.cleared(site, known.name, state)
    state.forget_sessions()
    state.reset_graph()
    return NONE


def _default_session(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return state.entered[-1].session if state.entered else UNKNOWN


# --- creating, entering and leaving sessions and graphs ----------------------------------------


class NewSession(NamedTuple):
    """A session that was created, with the value of its config (None where it has none)."""

    kind: str
    session: Session
    config: Value | None


def _session(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    session = _create_session(site, known, arguments, state)
    if known.name == "InteractiveSession":
        state.entered = (*state.entered, Entered(session, None))
    return session


def _create_session(site: Site, known: Role, arguments: Arguments, state: State) -> Session:
    config = arguments.get("config", known.position)
    session = Session(site.chain)
    state.objects[session.id] = {}
    if known.name in ("Session", "InteractiveSession"):
        graph = arguments.get("graph", 1)
        own = isinstance(graph, Graph)
        state.set(session.id, GRAPH, state.graph if graph in (None, NONE) else graph or NONE)
        if own:
            state.set(session.id, OWN_GRAPH, TRUE)
    else:
        # These do not become the default session when they are entered.
        state.set(session.id, MONITORED, TRUE)
    _announce(site, NewSession(known.name, session, config), state)
    return session


def _announce(site: Site, created: NewSession, state: State) -> None:
    if isinstance(created.config, Config):
        _note_use(created.config, state)
    for rule in site.flow.rules:
        rule.session_created(site, created, state)


def _monitored_session(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    creator = arguments.get("session_creator", 0)
    session = Session(site.chain)
    state.objects[session.id] = {MONITORED: TRUE}
    config: Value | None = UNKNOWN
    if creator is None or creator == NONE:
        config = None
    elif isinstance(creator, Creator):
        config = creator.config
    _announce(site, NewSession(known.name, session, config), state)
    return session


def _creator(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    config = arguments.get("config", known.position)
    return Creator(NONE if config is None else config)


def _thread(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    passed = _passed(arguments.get("args", 3), arguments.get("kwargs", 4))
    return Thread(arguments.get("target", 1) or UNKNOWN, passed)


def _timer(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    passed = _passed(arguments.get("args", 2), arguments.get("kwargs", 3))
    return Thread(arguments.get("function", 1) or UNKNOWN, passed)


def _passed(positional: Value | None, keywords: Value | None) -> Arguments:
    """The arguments that a thread gets as a list and a dict."""
    if positional is not None and not isinstance(positional, Sequence):
        return ANY_ARGUMENTS
    if keywords is not None and not isinstance(keywords, Mapping):
        return ANY_ARGUMENTS
    pairs = () if keywords is None else keywords.items
    named = tuple((str(key.value), value) for key, value in pairs)
    return Arguments(() if positional is None else positional.items, named, complete=True)


def _partial(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    if not arguments.positional:
        return UNKNOWN
    rest = arguments.but(positional=arguments.positional[1:])
    return Partial(arguments.positional[0], rest)


def _executor(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return Executor()


def _route(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    site.flow.handlers[arguments.get("view", 1) or UNKNOWN] = site.chain
    return UNKNOWN


def _supervisor(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return Supervisor(site.chain)


def _graph(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return Graph(site.chain)


def _default_graph(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return state.graph


def enter(manager: Value, expression: Expression, block: int, state: State) -> Value:
    """Enter a ``with`` block; the value that its ``as`` gets."""
    if isinstance(manager, Session):
        state.set(manager.id, LEFT, TRUE)
        if state.get(manager.id, MONITORED) is None:
            state.entered = (*state.entered, Entered(manager, block))
            graph = state.get(manager.id, GRAPH)
            if graph is not None and state.get(manager.id, OWN_GRAPH) is not None:
                state.graphs = (*state.graphs, (graph, block))
        return manager
    if isinstance(manager, Context):
        if isinstance(manager.of, Session):
            state.set(manager.of.id, LEFT, TRUE)
            state.entered = (*state.entered, Entered(manager.of, block))
        else:
            state.graphs = (*state.graphs, (manager.of, block))
        return manager.of
    if isinstance(manager, Unknown):
        if _may_be_session(expression):
            state.entered = (*state.entered, Entered(UNKNOWN, block))
        elif isinstance(expression, Call) and expression.name == "as_default":
            state.graphs = (*state.graphs, (UNKNOWN, block))
    return manager if isinstance(manager, Executor) else UNKNOWN


def _may_be_session(expression: Expression) -> bool:
    """Whether an unknown context manager may be a session, by the name it goes by.

    ``with open(…)`` and ``with self.graph.as_default()`` change no session.
    """
    if isinstance(expression, Call):
        if expression.name == "as_default" and isinstance(expression.func, Attribute):
            return "graph" not in lookup.spelled(expression.func.value).lower()
        return "sess" in expression.name.lower()
    return "sess" in lookup.spelled(expression).lower()


def leave(manager: Value, block: int, state: State) -> None:
    """Leave a ``with`` block."""
    state.leave(block)
    if isinstance(manager, Session):
        state.close(manager, block)


# --- configs -----------------------------------------------------------------------------------


def options_of(config: Value | None, state: State) -> Options | None:
    """The GPU options of a known config."""
    if isinstance(config, Config):
        options = state.get(config.id, OPTIONS)
        if isinstance(options, Options):
            return options
    return None


def _config(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    config = Config(site.chain)
    options = Options(site.part("options"), config.id)
    state.objects[config.id] = {OPTIONS: options}
    state.objects[options.id] = {}
    given = arguments.get("gpu_options")
    growth: Value | None = None
    if isinstance(given, Options):
        # The options are copied: a later change of the original changes nothing here.
        growth = state.get(given.id, GROWTH)
        copies = state.get(given.id, COPIES)
        others = copies.items if isinstance(copies, Sequence) else ()
        state.set(given.id, COPIES, Sequence((*others, options), is_list=False))
        state.set(options.id, SOURCE, given)
    elif isinstance(given, Mapping):
        growth = given.get("allow_growth")
    elif given is not None and given != NONE:
        growth = UNKNOWN
    if growth is not None:
        state.set(options.id, GROWTH, growth)
        if isinstance(given, Mapping):
            _tell_growth(site, options, growth, state)
    devices = arguments.get("device_count")
    if isinstance(devices, Mapping):
        gpus = devices.get("GPU")
        if gpus is not None:
            state.set(config.id, GPUS, gpus)
    elif devices is not None:
        state.set(config.id, GPUS, UNKNOWN)
    return config


def _options(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    options = Options(site.chain)
    state.objects[options.id] = {}
    growth = arguments.get("allow_growth")
    if growth is not None:
        state.set(options.id, GROWTH, growth)
        _tell_growth(site, options, growth, state)
    return options


def _tell_growth(site: Site, options: Options, growth: Value, state: State) -> None:
    for rule in site.flow.rules:
        rule.growth_set(site, options, growth, state)


def set_attribute(site: Site, owner: Value, attr: str, value: Value, state: State) -> None:
    """Assign to an attribute of something that is no object of the file's own classes."""
    if isinstance(owner, Options) and attr == "allow_growth":
        state.set(owner.id, GROWTH, value)
        _tell_growth(site, owner, value, state)
    elif isinstance(owner, Config) and attr == "gpu_options":
        options = options_of(owner, state)
        if options is not None:
            state.set(options.id, GROWTH, UNKNOWN)


def set_item(owner: Value, index: Value, value: Value, state: State) -> Value | None:
    """Assign to an item; what the container is from now on, None if that is not followed."""
    if isinstance(owner, DeviceCount):
        if index == Const("GPU"):
            state.set(owner.config, GPUS, value)
    elif isinstance(owner, External):
        if owner.dotted == "os.environ":
            _set_environment(index, value, state)
    elif isinstance(owner, Sequence):
        return UNKNOWN
    elif isinstance(owner, Mapping):
        if isinstance(index, Const):
            kept = tuple(pair for pair in owner.items if pair[0] != index)
            return Mapping((*kept, (index, value)))
        return UNKNOWN
    return None


def _set_environment(name: Value, value: Value, state: State) -> None:
    if name == Const("CUDA_VISIBLE_DEVICES"):
        # What can't be known may hide them as well.
        state.gpus_hidden = not isinstance(value, Const) or value.value in ("", "-1")


def _environment(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    if len(arguments.positional) == 2:
        _set_environment(*arguments.positional, state)
    return UNKNOWN


def _update_environment(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    for value in arguments.positional:
        if isinstance(value, Mapping):
            for key, item in value.items:
                _set_environment(key, item, state)
    for keyword, item in arguments.keywords:
        _set_environment(Const(keyword), item, state)
    return UNKNOWN


def _initializer(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return Initializer(state.graph)


def _some_initializer(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    variables = arguments.get("var_list", 0)
    return Initializer(variables.graph) if isinstance(variables, GlobalVariables) else UNKNOWN


def _group(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return _initializer_in(Sequence(arguments.values(), is_list=False)) or UNKNOWN


def _global_variables(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return GlobalVariables(state.graph)


def _memory_growth(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    if arguments.get("enable", 1) == Const(True):
        site.flow.memory_growth = True
    return NONE


def _nothing(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return UNKNOWN


_ROLES: dict[str, Callable[[Site, Role, Arguments, State], Value]] = {
    "layer": _layer,
    "model": _model,
    "application": _application,
    "load_model": _load_model,
    "save_model": _save_model,
    "backend weights": _backend_weights,
    "set_session": _set_session,
    "get_session": _get_session,
    "clear_session": _clear,
    "session": _session,
    "monitored session": _monitored_session,
    "creator": _creator,
    "supervisor": _supervisor,
    "thread": _thread,
    "timer": _timer,
    "partial": _partial,
    "executor": _executor,
    "route": _route,
    "config": _config,
    "options": _options,
    "graph": _graph,
    "default graph": _default_graph,
    "default session": _default_session,
    "reset graph": _clear,
    "initializer": _initializer,
    "some initializer": _some_initializer,
    "group": _group,
    "global variables": _global_variables,
    "memory growth": _memory_growth,
    "set environment": _environment,
    "update environment": _update_environment,
    "transparent decorator": _nothing,
    "property": _nothing,
    "classmethod": _nothing,
    "staticmethod": _nothing,
    "contextmanager": _nothing,
}
