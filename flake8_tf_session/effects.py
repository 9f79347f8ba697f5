"""What calls of TensorFlow and Keras do to a path, told to the rules as it happens."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Callable, NamedTuple, TypeVar

from . import escape, lookup
from .program import Attribute, Call, Expression
from .state import (
    COPIES,
    FRACTION,
    GPUS,
    GRAPH,
    GROWTH,
    LEFT,
    MONITORED,
    OPTIONS,
    OWN_GRAPH,
    PARTS,
    SOURCE,
    STANDALONE,
    Creation,
    Entered,
    Given,
    Home,
    KnownOrNot,
    Overwritten,
    State,
    made_function,
    original,
)
from .values import (
    ANY_ARGUMENTS,
    MANAGER,
    NONE,
    TRUE,
    UNKNOWN,
    Arguments,
    Config,
    Const,
    Context,
    Creator,
    DeviceCount,
    Executor,
    ExitStack,
    External,
    GlobalVariables,
    Graph,
    Initializer,
    Instance,
    Keras,
    Mapping,
    Member,
    Method,
    Options,
    Partial,
    Routine,
    Sequence,
    Server,
    Session,
    Super,
    Supervisor,
    Target,
    Thread,
    Unknown,
    Value,
    differ,
)
from .vocabulary import (
    EXECUTOR_METHODS,
    FUNCTION_OF,
    GIVING_METHODS,
    KEEPING_METHODS,
    READING_METHODS,
    SUPERVISOR_METHODS,
    TRAINING_METHODS,
    VISIBLE_DEVICES,
    WEIGHTLESS,
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
    values = arguments.values()
    if isinstance(callee, External):
        known = role(callee.dotted)
        site = site._replace(dotted=callee.dotted)
        for rule in site.flow.rules:
            rule.called(site)
        if known is not None:
            if known.kind not in _FOLLOWED:
                _pass(values, state)
            return _ROLES[known.kind](site, known, arguments, state)
        return _call_external(site, callee.dotted, arguments, state)
    if isinstance(callee, Member):
        return _call_member(site, callee, arguments, state)
    if isinstance(callee, Keras):
        # A layer or model that is called: the tensor depends on its weights and its inputs'.
        _pass(values, state)
        _note_weights(callee.ids, state)
        return Keras(callee.ids | lookup.keras_ids(values), "tensor")
    if isinstance(callee, Instance) and callee.cls.keras_kind is not None:
        _pass(values, state)
        _note_weights(frozenset((callee.id,)), state)
        return Keras(lookup.keras_ids((callee, *values)), "tensor")
    initializer = _initializer_in(Sequence(values, is_list=False))
    if initializer is not None:
        _run_initializer(site, initializer, UNKNOWN, state)
    escape.given((callee, *values), state)
    node = site.node
    enters = node is not None and node.name == "as_default" and _may_be_session(node)
    return MANAGER if enters else UNKNOWN


# Calls whose arguments are followed on in what they return.
_FOLLOWED = ("config", "options", "partial", "server", "session")


def _pass(values: Collection[Value], state: State) -> None:
    """Give TensorFlow's or Keras' own code values: it keeps functions, and no object alive."""
    escape.used(values, state)
    escape.held((part for part in escape.parts_of(values) if isinstance(part, Routine)), state)


def note_build_call(site: Site, state: State) -> None:
    """Tell the rules of a call of a building method, after whatever it did."""
    node = site.node
    if node is not None and node.name in site.flow.analysis.options.build_methods:
        for rule in site.flow.rules:
            rule.build_called(site, node.name, state)


def _call_external(site: Site, dotted: str, arguments: Arguments, state: State) -> Value:
    top, _, rest = dotted.partition(".")
    if top == "builtins":
        if rest in _SEEING and not (rest == "vars" and arguments.positional):
            variables = state.attributes(site.frame.id).values()
            (escape.given if rest in ("eval", "exec") else escape.held)(variables, state)
        return _call_builtin(rest, arguments, state)
    values = arguments.values()
    if top in ("tensorflow", "keras", "tf_keras"):
        # A session given to TensorFlow's own code is not registered there, but a config is used.
        _pass([value for value in values if value.__class__ is not Session], state)
        ids = lookup.keras_ids(values)
        # `K.mean(output)`, `tf.concat(outputs)`: a tensor that depends on the same weights.
        return Keras(ids, "tensor") if ids else External(f"{dotted}()")
    if top in ("logging", "numpy", "os", "sys"):
        _pass(values, state)
    else:
        escape.given(values, state)
    return UNKNOWN


# Functions that see the variables around their call.
_SEEING = frozenset(("eval", "exec", "locals", "vars"))
# Functions that return nothing of what they look at, nor keep it.
_LOOKING = frozenset(
    "ascii bool callable dir format hasattr hash id isinstance len print repr str type".split()
)


def _call_builtin(name: str, arguments: Arguments, state: State) -> Value:
    value = UNKNOWN if name in _LOOKING else _returned(name, arguments.positional, state)
    if value is None or name in ("enumerate", "zip"):
        escape.changed(arguments.values(), state)
    else:
        escape.used(arguments.values(), state)
    return UNKNOWN if value is None else value


def _returned(name: str, values: tuple[Value, ...], state: State) -> Value | None:
    """What a builtin function returns; None if that may be, or hold, what it was given."""
    if name == "getattr" and len(values) >= 2:
        return _attribute(values[0], values[1], values[2:], state)
    if name == "range" and values and isinstance(values[-1], Const):
        start = 0 if len(values) == 1 else None
        stop = values[0].value if len(values) == 1 and isinstance(values[0], Const) else None
        if len(values) == 2 and isinstance(values[0], Const) and isinstance(values[1], Const):
            start, stop = _integer(values[0]), _integer(values[1])
        if isinstance(start, int) and isinstance(stop, int):
            return Sequence((UNKNOWN,) if stop > start else (), is_list=False)
    elif name in ("list", "tuple", "sorted", "reversed", "enumerate", "zip", "iter") and values:
        if name in ("enumerate", "zip"):
            empty = {lookup.iterate(value)[1] for value in values}
            return Sequence((UNKNOWN,), is_list=False) if empty == {False} else None
        if isinstance(values[0], Sequence):
            # A list of its own.
            return values[0].but(is_list=name in ("list", "sorted"))
        if isinstance(values[0], Keras):
            return values[0]
    return None


def _attribute(owner: Value, name: Value, default: tuple[Value, ...], state: State) -> Value | None:
    """What ``getattr`` returns; None if that may be a part of its owner."""
    if not isinstance(name, Const) or not isinstance(name.value, str):
        return None
    found = lookup.attribute(owner, name.value, state)
    if isinstance(owner, Instance) and (found is None or isinstance(found, Unknown)):
        escape.changed(default, state)
        return UNKNOWN
    is_property = isinstance(found, Method) and found.function.wrapper == "property"
    return None if is_property or isinstance(found, Unknown) else found


def _integer(value: Const) -> int | None:
    return value.value if isinstance(value.value, int) else None


def _call_member(site: Site, member: Member, arguments: Arguments, state: State) -> Value:
    owner, name = member.of, member.name
    values = arguments.values()
    if isinstance(owner, Session):
        _pass(values, state)
        return _call_session(site, owner, name, arguments, state)
    if isinstance(owner, Graph):
        _pass(values, state)
        return Context(owner) if name == "as_default" else UNKNOWN
    if isinstance(owner, Context):
        return _call_context(owner, name, state)
    if isinstance(owner, ExitStack):
        return _call_stack(owner, name, state)
    if isinstance(owner, Initializer):
        _pass(values, state)
        if name == "run":
            _run_initializer(site, owner, arguments.get("session", 1), state)
        return UNKNOWN
    if isinstance(owner, Thread):
        if name == "start":
            _start((owner,), owner.target, state)
            site.flow.run_thread(owner.target, owner.arguments, site.chain, state, site.frame)
        return UNKNOWN
    if isinstance(owner, Executor):
        if name in EXECUTOR_METHODS and arguments.positional:
            _start(values, values[0], state)
            passed = ANY_ARGUMENTS
            if name in ("apply_async", "submit"):
                passed = arguments.but(positional=arguments.positional[1:])
            site.flow.run_thread(arguments.positional[0], passed, site.chain, state, site.frame)
        return UNKNOWN
    if isinstance(owner, Supervisor) and name in SUPERVISOR_METHODS:
        _pass(values, state)
        known = Role("session", name, SUPERVISOR_METHODS[name])
        return _create_session(site, known, arguments, state)
    if isinstance(owner, (Config, Options, DeviceCount)):
        escape.used((owner, *values), state)
        if name != "SerializeToString":
            escape.changed((owner,), state)
        return UNKNOWN
    if isinstance(owner, (Sequence, Mapping)):
        return _call_container(site, owner, name, values, state)
    if isinstance(owner, Super):
        if not (
            isinstance(owner.receiver, Instance)
            and (owner.receiver.cls.keras_kind or lookup.is_closed(owner.cls, state))
        ):
            escape.given((owner.receiver, *values), state)
        else:
            _pass(values, state)
        return UNKNOWN
    ids = lookup.keras_ids((owner,))
    if ids:
        return _call_keras(site, ids, name, arguments, state)
    escape.given((owner, *values), state)
    return UNKNOWN


def _start(values: Iterable[Value], target: Value, state: State) -> None:
    """Let a thread run with values; what a function of the project does in it is followed."""
    while isinstance(target, Partial):
        target = target.callee
    known = isinstance(target, (Member, Method, Routine))
    (escape.held if known else escape.given)(values, state)


def _call_session(
    site: Site, session: Session, name: str, arguments: Arguments, state: State
) -> Value:
    if name == "as_default":
        return Context(session)
    if name == "__enter__":
        state.set(session.id, LEFT, TRUE)
        state.enter(session, None)
        return session
    if name in ("close", "__exit__"):
        state.close(session, site.chain)
    elif name == "run":
        initializer = _initializer_in(arguments.get("fetches", 0))
        if initializer is not None:
            _run_initializer(site, initializer, session, state)
    return UNKNOWN


def _call_context(context: Context, name: str, state: State) -> Value:
    if name == "__enter__":
        _enter_context(context, None, state)
        return context.of
    if name == "__exit__" and isinstance(context.of, Session):
        state.entered = _without_last(Entered(context.of, None), state.entered)
    elif name == "__exit__":
        state.graphs = _without_last((context.of, None), state.graphs)
    return UNKNOWN


def _call_stack(stack: ExitStack, name: str, state: State) -> Value:
    if name in ("aclose", "close"):
        state.leave(stack.id)
    elif name == "pop_all":
        # Another stack leaves them, whenever that is left.
        state.entered = tuple(
            Entered(UNKNOWN, None) if each.block == stack.id else each for each in state.entered
        )
    return UNKNOWN


_T = TypeVar("_T")


def _without_last(item: _T, items: tuple[_T, ...]) -> tuple[_T, ...]:
    for index in reversed(range(len(items))):
        if items[index] == item:
            return items[:index] + items[index + 1 :]
    return items


def note_unknown_method(site: Site, node: Call, owner: Value, state: State) -> None:
    """Note what a method of something unknown may enter, leave or give, by its name."""
    if not isinstance(node.func, Attribute):
        return
    if node.name in GIVING_METHODS:
        for rule in site.flow.rules:
            rule.unknown_given(site, state)
        _give_held(state)
    entered = Entered(UNKNOWN, None)
    if node.name == "__enter__" and (owner == MANAGER or _may_be_session(node.func.value)):
        state.entered = (*state.entered, entered)
    elif node.name == "__exit__" and owner == MANAGER:
        state.entered = _without_last(entered, state.entered)
    elif node.name in ("__exit__", "close"):
        # It may be any that code elsewhere has.
        state.entered = tuple(
            Entered(UNKNOWN, None)
            if each.block is None
            and isinstance(each.session, Session)
            and state.get(each.session.id, LEFT) is not None
            else each
            for each in state.entered
        )


def _give_held(state: State) -> None:
    """Note that the objects which code elsewhere holds may have got weights again."""
    for key, home in state.homes.items():
        if state.get(original(key), LEFT) is not None:
            state.homes[key] = home._replace(session=UNKNOWN, strayed_from=None, overwritten=None)


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
        _initialize_homes(site.chain, initializer, session, state)
    if session is not None:
        _initialize_objects(initializer, session, state)


def _initialize_objects(initializer: Initializer, session: Value, state: State) -> None:
    """Give objects that have no weights yet initial ones.

    In the session that Keras keeps it is as if they were built under that one, if they belong to
    no block. A session that is not known may be the one that Keras keeps, if that is not either.
    """
    for id_, creation in state.creations.items():
        if id_ in state.homes or creation.graph != initializer.graph:
            continue
        if creation.has_weights and id_ not in initializer.ids:
            continue
        if isinstance(session, Session):
            creation = creation._replace(initialized=creation.initialized | {session.id})
        if session == state.kept and not creation.entered and creation.session != state.current:
            creation = creation._replace(session=state.kept)
        state.creations[id_] = creation


def _initialize_homes(chain: int, initializer: Initializer, session: Session, state: State) -> None:
    """Give objects that have weights initial ones, which are as good as others of no worth."""
    hides = session == state.current and state.enters_another
    overwritten: Overwritten | None = None
    for id_, home in sorted(state.homes.items()):
        if differ(home.graph, initializer.graph) or original(id_) not in initializer.ids:
            continue
        if home.given is None:
            state.homes[id_] = home._replace(copies=home.copies | {session.id})
        elif hides or session == home.session:
            # All of them are one mistake.
            overwritten = overwritten or Overwritten(session, chain, home.given)
            state.homes[id_] = home._replace(overwritten=overwritten)


_LIST_METHODS = frozenset("clear extend insert pop popitem remove setdefault update".split())
# Those after which what was in a list or dict is nowhere else.
_HARMLESS_METHODS = frozenset("clear count index keys reverse sort".split())


def _call_container(
    site: Site, owner: Value, name: str, values: tuple[Value, ...], state: State
) -> Value:
    returned: Value = UNKNOWN
    changed: Value | None = None
    if isinstance(owner, Sequence) and name == "append" and values:
        escape.used(values, state)
        changed = Sequence((*owner.items, values[0]), owner.is_list)
    elif isinstance(owner, Mapping) and name == "get" and values:
        returned = lookup.item(owner, values[0])
        if isinstance(returned, Unknown):
            escape.changed(values if isinstance(values[0], Const) else (owner, *values), state)
    else:
        if name not in _HARMLESS_METHODS:
            escape.changed((owner, *values), state)
        if name in _LIST_METHODS:
            changed = UNKNOWN
        elif isinstance(owner, Mapping) and name in ("keys", "values", "items"):
            returned = Sequence((UNKNOWN,) if owner.items else (), is_list=False)
    if changed is not None and site.node is not None:
        func = site.node.func
        if isinstance(func, Attribute):
            site.flow.rebind(func.value, owner, changed, state, site.frame)
    return returned


# --- Keras objects -----------------------------------------------------------------------------


class Touch(NamedTuple):
    """Weights that are given, loaded, read or trained: of which objects, in which session.

    Others of the graph are ``initialized`` there as well. ``gives`` tells whether the objects get
    values whatever they had before, ``uses`` whether it needs the values that they have, and
    ``keeps`` whether it does so only to keep them elsewhere (``save()``).
    """

    subject: str
    ids: frozenset[int]
    initialized: frozenset[int]
    session: KnownOrNot
    gives: bool
    uses: bool
    keeps: bool = False


def _create_keras(
    site: Site,
    subject: str,
    kind: str,
    arguments: Arguments,
    gives: bool,
    state: State,
    weightless: bool = False,
    is_empty: bool = False,
) -> Keras:
    parts = lookup.keras_ids(arguments.values())
    created = Keras(frozenset((site.chain,)) | parts, kind)
    has_weights = not weightless and (kind == "model" or bool(parts)) and not is_empty
    _note_creation(site, site.chain, site.dotted, subject, has_weights, state, weightless)
    if parts:
        _add_parts(frozenset((site.chain,)), parts, state)
    if gives:
        touch(site, subject, frozenset((site.chain,)), state, gives=True)
    return created


def _note_creation(
    site: Site,
    id_: int,
    dotted: str,
    subject: str,
    has_weights: bool,
    state: State,
    weightless: bool = False,
) -> None:
    state.creations[id_] = Creation(
        site.chain, state.graph, state.current, state.enters_another, has_weights, weightless
    )
    if site.flow.analysis.options.follow_threads and dotted.startswith("keras."):
        state.set(id_, STANDALONE, TRUE)
    for rule in site.flow.rules:
        rule.keras_created(site, id_, subject, state)


def _note_weights(ids: frozenset[int], state: State) -> None:
    """Note that objects are called, or made a part of a model: now they have weights."""
    for id_ in ids:
        creation = state.creations.get(id_)
        if creation is not None and not creation.has_weights and not creation.weightless:
            state.creations[id_] = creation._replace(has_weights=True)


def _settle(ids: frozenset[int], parts: frozenset[int], state: State) -> None:
    """Note that the weights of models are those of their parts, which may have them already."""
    home = next((state.homes[part] for part in sorted(parts) if part in state.homes), None)
    if home is not None:
        for id_ in ids:
            state.homes.setdefault(id_, home)


def create_instance(site: Site, instance: Instance, base: tuple[str, str], state: State) -> None:
    """Note that an object of a project's own layer or model class was created."""
    kind, dotted = base
    subject = f"Keras {kind} '{instance.cls.definition.scope.name}'"
    _note_creation(site, instance.id, dotted, subject, kind == "model", state)


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
    keeps: bool = False,
) -> None:
    """Put weights into the session that Keras uses, or read them there.

    Whatever needs a session initialises every model of the graph in it.
    """
    touched = with_parts(ids, state)
    current = frozenset(id_ for id_ in touched if not state.is_of_old_graph(id_))
    if touched and not current:
        # It fails, or another model answers.
        return
    others = frozenset(id_ for id_ in _initializable(state) if id_ not in state.homes) - current
    event = Touch(subject, current, others, state.current, gives, uses and not gives, keeps)
    for rule in site.flow.rules:
        rule.weights_touched(site, event, state)
    if state.fails:
        # Nothing is where it was not before.
        return
    state.make_session()
    given = Given(site.chain, subject) if gives or trains else None
    for id_ in current | others:
        _settle_weights(site, id_, event, given if id_ in current else None, state)


def _settle_weights(site: Site, id_: int, event: Touch, given: Given | None, state: State) -> None:
    """Note where the weights of an object are after an event."""
    home = state.homes.get(id_)
    if home is None or (event.gives and given is not None):
        another = state.enters_another
        state.homes[id_] = Home(
            event.session,
            state.graph,
            site.chain,
            event.subject,
            another,
            given,
            _strayed_from(id_, home, state) if another else None,
        )
    elif given is not None:
        state.homes[id_] = home._replace(given=given, copies=frozenset())


def _strayed_from(id_: int, home: Home | None, state: State) -> int | None:
    """What put an object into the session that Keras keeps, before its weights go into another.

    None if nothing did: Keras looks for them nowhere else then.
    """
    if home is not None:
        return home.strayed_from if home.entered else home.chain
    creation = state.creations.get(id_)
    if creation is None or creation.entered or state.kept is None:
        return None
    return creation.chain


def _initializable(state: State) -> frozenset[int]:
    """The objects that have weights in the graph that is the default now."""
    graph = state.graph
    return frozenset(
        id_
        for id_, creation in state.creations.items()
        if creation.has_weights and creation.graph == graph
    )


def with_parts(ids: frozenset[int], state: State) -> frozenset[int]:
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
    _pass(arguments.values(), state)
    if name in READING_METHODS or name in GIVING_METHODS:
        touch(
            site,
            f"{name}()",
            ids,
            state,
            gives=name in GIVING_METHODS,
            trains=name in TRAINING_METHODS,
            keeps=name in KEEPING_METHODS,
        )
        _note_function(site, ids, name, state)
        return UNKNOWN
    _note_function(site, ids, name, state)
    added = lookup.keras_ids(arguments.values())
    if name == "add":
        _note_weights(ids, state)
        _add_parts(ids, added, state)
        return UNKNOWN
    escape.given(arguments.values(), state)
    return Keras(ids | added, "part")


def _note_function(site: Site, ids: frozenset[int], name: str, state: State) -> None:
    """Note the function that a method of models makes, if it needs one, in the main thread."""
    if name in FUNCTION_OF and site.flow.thread is None:
        for id_ in ids:
            state.set(id_, made_function(FUNCTION_OF[name]), TRUE)


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
    subject = f"Keras layer '{known.name}'"
    weightless = known.name in WEIGHTLESS
    return _create_keras(site, subject, "layer", arguments, gives, state, weightless)


def _gives_weights(weights: Value | None) -> bool:
    return weights is not None and weights != NONE and not isinstance(weights, Unknown)


def _model(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    if known.name == "clone_model":
        # A clone has weights of its own.
        arguments = Arguments((), (), complete=True)
    is_empty = known.name == "Sequential" and arguments.get("layers", 0) in (None, NONE)
    return _create_keras(
        site, f"Keras model '{known.name}'", "model", arguments, False, state, is_empty=is_empty
    )


def _application(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    weights = arguments.get("weights", known.position)
    gives = weights is None or _gives_weights(weights)
    return _create_keras(site, f"Keras model '{known.name}'", "model", arguments, gives, state)


def _load_model(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return _create_keras(site, "load_model()", "model", arguments, True, state)


def _save_model(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    ids = lookup.keras_ids(arguments.positional[:1])
    if ids:
        touch(site, "save_model()", ids, state, gives=False, keeps=True)
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
        state.unregister()
        return NONE
    registered = session if isinstance(session, Session) else UNKNOWN
    for rule in site.flow.rules:
        rule.registered(site, registered, state)
    state.register(registered)
    return NONE


def _get_session(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    graphs = state.graphs
    if state.enters_foreign:
        # It initialises what is in the graph of its session.
        state.graphs = (*graphs, (state.graph_of(state.current), None))
    ids = _initializable(state)
    if ids:
        touch(site, "get_session()", ids, state, gives=False, uses=False)
    state.graphs = graphs
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
    """A session that was created, with the value of its config (None where it has none).

    ``devices`` is the config of what has its devices: with a target, that of the target's server.
    """

    kind: str
    session: Session
    config: Value | None
    devices: Value | None
    has_target: bool


def _session(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    session = _create_session(site, known, arguments, state)
    if known.name == "InteractiveSession":
        state.enter(session, None)
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
    server = _server_config(known, arguments)
    devices = config if server is None else server
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


def _monitored_session(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    creator = arguments.get("session_creator", 0)
    session = Session(site.chain)
    state.objects[session.id] = {MONITORED: TRUE}
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


def _creator(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    config = arguments.get("config", known.position)
    return Creator(NONE if config is None else config, _server_config(known, arguments))


def _thread(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    passed = _passed(arguments.get("args", 3), arguments.get("kwargs", 4), state)
    return Thread(arguments.get("target", 1) or UNKNOWN, passed)


def _timer(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    passed = _passed(arguments.get("args", 2), arguments.get("kwargs", 3), state)
    return Thread(arguments.get("function", 1) or UNKNOWN, passed)


def _passed(positional: Value | None, keywords: Value | None, state: State) -> Arguments:
    """The arguments that a thread gets as a list and a dict."""
    positional = positional or Sequence((), is_list=False)
    keywords = keywords or Mapping(())
    if not isinstance(positional, Sequence) or not isinstance(keywords, Mapping):
        escape.changed((positional, keywords), state)
        return ANY_ARGUMENTS
    named = tuple((str(key.value), value) for key, value in keywords.items)
    return Arguments(positional.items, named, complete=True)


def _partial(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    if not arguments.positional:
        return UNKNOWN
    rest = arguments.but(positional=arguments.positional[1:])
    return Partial(arguments.positional[0], rest)


def _executor(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return Executor()


def _exit_stack(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return ExitStack(site.chain)


def _route(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    site.flow.handlers[arguments.get("view", 1) or UNKNOWN] = site.chain
    return UNKNOWN


def _supervisor(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return Supervisor(site.chain)


def _server(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    cluster = arguments.get("server_or_cluster_def", 0)
    if known.name != "create_local_server" and not _is_cluster(cluster):
        # The definition of a server has a config of its own.
        return UNKNOWN
    config = arguments.get("config", known.position)
    if isinstance(config, Config):
        escape.used((config,), state)
        # It is copied: a later change of the original changes nothing here.
        config = _new_config(site, options_of(config, state), state.get(config.id, GPUS), state)
    return Server(site.chain, NONE if config is None else config)


def _is_cluster(value: Value | None) -> bool:
    """Whether a value is a specification of a cluster, which tells nothing of devices."""
    return isinstance(value, Mapping) or (
        isinstance(value, External) and value.dotted.endswith("train.ClusterSpec()")
    )


def _graph(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return Graph(site.chain)


def _default_graph(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return state.graph


def enter(manager: Value, expression: Expression, block: int, state: State) -> Value:
    """Enter a ``with`` block; the value that its ``as`` gets."""
    if isinstance(manager, Session):
        state.set(manager.id, LEFT, TRUE)
        state.enter(manager, block)
        return manager
    if isinstance(manager, Context):
        _enter_context(manager, block, state)
        return manager.of
    if isinstance(manager, (Unknown, Instance)):
        if manager == MANAGER or _may_be_session(expression):
            state.entered = (*state.entered, Entered(UNKNOWN, block))
        elif isinstance(expression, Call) and expression.name == "as_default":
            state.graphs = (*state.graphs, (UNKNOWN, block))
    return manager if isinstance(manager, (Executor, ExitStack)) else UNKNOWN


def _enter_context(context: Context, block: int | None, state: State) -> None:
    """Enter what ``as_default()`` returned."""
    if isinstance(context.of, Session):
        state.set(context.of.id, LEFT, TRUE)
        state.entered = (*state.entered, Entered(context.of, block))
    else:
        state.graphs = (*state.graphs, (context.of, block))


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
    elif isinstance(manager, ExitStack):
        state.leave(manager.id)


# --- configs -----------------------------------------------------------------------------------


def options_of(config: Value | None, state: State) -> Options | None:
    """The GPU options of a known config."""
    if isinstance(config, Config):
        options = state.get(config.id, OPTIONS)
        if isinstance(options, Options):
            return options
    return None


def copies_of(options: Options, state: State) -> list[Options]:
    """What was copied from options, and from these copies."""
    found: list[Options] = []
    pending = [options]
    while pending:
        copies = state.get(pending.pop().id, COPIES)
        for copy in copies.items if isinstance(copies, Sequence) else ():
            if isinstance(copy, Options) and copy not in found:
                found.append(copy)
                pending.append(copy)
    return found


def _new_config(site: Site, copied: Options | None, gpus: Value | None, state: State) -> Config:
    """A config, with a copy of the options that it is given: later changes of these are lost."""
    config = Config(site.chain)
    options = Options(site.part("options"), config.id)
    state.objects[config.id] = (
        {OPTIONS: options} if gpus is None else {OPTIONS: options, GPUS: gpus}
    )
    state.objects[options.id] = {}
    if copied is not None:
        for fact in (GROWTH, FRACTION):
            value = state.get(copied.id, fact)
            if value is not None:
                state.set(options.id, fact, value)
        copies = state.get(copied.id, COPIES)
        others = copies.items if isinstance(copies, Sequence) else ()
        state.set(copied.id, COPIES, Sequence((*others, options), is_list=False))
        state.set(options.id, SOURCE, copied)
    return config


def _config(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    devices = arguments.get("device_count")
    gpus: Value | None = None if devices is None else UNKNOWN
    if isinstance(devices, Mapping):
        gpus = devices.get("GPU")
    given = arguments.get("gpu_options")
    config = _new_config(site, given if isinstance(given, Options) else None, gpus, state)
    options = options_of(config, state)
    assert options is not None
    if isinstance(given, Mapping):
        _set_options(site, options, given.get, state)
    elif not isinstance(given, Options) and given is not None and given != NONE:
        state.set(options.id, GROWTH, UNKNOWN)
    return config


def _options(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    options = Options(site.chain)
    state.objects[options.id] = {}
    _set_options(site, options, arguments.get, state)
    return options


def _set_options(
    site: Site, options: Options, given: Callable[[str], Value | None], state: State
) -> None:
    """Set what options are created with."""
    for name in _OPTIONS:
        value = given(name)
        if value is not None:
            set_attribute(site, options, name, value, state)


# The fields of GPU options that count, and the facts that they are.
_OPTIONS = {"allow_growth": GROWTH, "per_process_gpu_memory_fraction": FRACTION}


def set_attribute(site: Site, owner: Value, attr: str, value: Value, state: State) -> None:
    """Assign to an attribute of something that is no object of the file's own classes."""
    if isinstance(owner, Options) and attr in _OPTIONS:
        state.set(owner.id, _OPTIONS[attr], value)
        if attr == "allow_growth":
            for rule in site.flow.rules:
                rule.growth_set(site, owner, value, state)
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
    if name == Const(VISIBLE_DEVICES):
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
    return Initializer(state.graph, _variables(state))


def _some_initializer(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    variables = arguments.get("var_list", 0)
    if not isinstance(variables, GlobalVariables):
        return UNKNOWN
    return Initializer(variables.graph, variables.ids)


def _group(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return _initializer_in(Sequence(arguments.values(), is_list=False)) or UNKNOWN


def _global_variables(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return GlobalVariables(state.graph, _variables(state))


def _variables(state: State) -> frozenset[int]:
    """The objects that have weights in the graph that is the default now."""
    graph = state.graph
    given = (original(key) for key, home in state.homes.items() if not differ(home.graph, graph))
    return _initializable(state).union(given)


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
    "server": _server,
    "supervisor": _supervisor,
    "thread": _thread,
    "timer": _timer,
    "partial": _partial,
    "executor": _executor,
    "exit stack": _exit_stack,
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
