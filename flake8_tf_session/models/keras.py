"""Keras objects: created, put together, and their weights given, read and trained."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain import escape, lookup
from ..domain.facts import BUILT, MADE, PARTS, SHAPED, STANDALONE
from ..domain.kinds import differ
from ..domain.state import State
from ..domain.values import (
    NO_ARGUMENTS,
    NONE,
    TRUE,
    UNKNOWN,
    Arguments,
    Const,
    Instance,
    Keras,
    KnownOrNot,
    LambdaCallback,
    Session,
    Unknown,
    Value,
)
from ..domain.weights import Given, KerasObject, WeightsIn
from ..rules.base import Site
from ..rules.events import Touch
from ..tensorflow.vocabulary import (
    DESCRIBING_METHODS,
    ESTIMATOR_METHODS,
    FUNCTION_OF,
    GIVING_METHODS,
    KEEPING_METHODS,
    READING_METHODS,
    SHAPE_ARGUMENTS,
    SHAPED_LAYERS,
    TRAINING_METHODS,
    WEIGHTLESS,
    Role,
)


def _create_keras(
    site: Site,
    subject: str,
    kind: str,
    arguments: Arguments,
    gives: bool,
    state: State,
    weightless: bool = False,
    is_empty: bool = False,
    is_built: bool = True,
) -> Keras:
    parts = lookup.keras_ids(arguments.values())
    created = Keras(frozenset((site.chain,)) | parts, kind)
    has_weights = not weightless and (kind == "model" or bool(parts)) and not is_empty
    _note_creation(site, site.chain, site.dotted, subject, has_weights, state, weightless)
    if parts:
        outlive(site, subject, parts, state)
        _add_parts(frozenset((site.chain,)), parts, state)
    if is_built:
        note_built(frozenset((site.chain,)), state)
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
    state.keras_objects[id_] = KerasObject(
        site.chain, state.graph, state.current, state.enters_another, has_weights, weightless
    )
    if site.flow.options.follow_threads and dotted.startswith("keras."):
        state.mark(id_, STANDALONE)
    for rule in site.flow.rules:
        rule.keras_created(site, id_, subject, state)


def note_weights(ids: frozenset[int], state: State) -> None:
    """Note that objects are called, or made a part of a model: now they have weights."""
    for id_ in ids:
        creation = state.keras_objects.get(id_)
        if creation is not None and not creation.has_weights and not creation.weightless:
            state.keras_objects[id_] = creation._replace(has_weights=True)


def note_built(ids: frozenset[int], state: State) -> None:
    """Note that objects have variables in the default graph, if no other was entered."""
    for id_ in state.with_parts(ids) if not state.graphs else ():
        if not state.has(id_, BUILT):
            state.note(id_, BUILT, Const(state.resets))


def apply(site: Site, ids: frozenset[int], values: Iterable[Value], state: State) -> None:
    """Call layers or models: they are built for their inputs."""
    outlive(site, "the call", ids, state)
    note_weights(ids, state)
    if lookup.keras_ids(values):
        note_built(ids, state)


def outlive(site: Site, subject: str, ids: frozenset[int], state: State) -> None:
    """Tell the rules which of the objects that are used belong to a graph that was reset."""
    old = frozenset(id_ for id_ in ids if _is_old(id_, state))
    for rule in site.flow.rules if old else ():
        rule.outlived(site, subject, old, state)


def is_old(ids: frozenset[int], state: State) -> bool:
    """Whether the default graph, which is in use, was reset since some objects were built."""
    return not state.graphs and any(_is_old(id_, state) for id_ in ids)


def _is_old(id_: int, state: State) -> bool:
    """Whether the default graph was reset since an object was built."""
    built = state.fact(id_, BUILT)
    return isinstance(built, Const) and built.value != state.resets


def _settle(ids: frozenset[int], parts: frozenset[int], state: State) -> None:
    """Note that the weights of models are those of their parts, which may have them already."""
    home = next(
        (state.weights_in[part] for part in sorted(parts) if part in state.weights_in), None
    )
    if home is not None:
        for id_ in ids:
            state.weights_in.setdefault(id_, home)


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
    touched = state.with_parts(ids)
    current = frozenset(id_ for id_ in touched if not state.is_of_old_graph(id_))
    outlive(site, subject, ids, state)
    if touched and not current:
        # It fails, or another model answers.
        return
    others = frozenset(id_ for id_ in initializable(state) if id_ not in state.weights_in) - current
    event = Touch(subject, current, others, state.current, gives, uses and not gives, keeps)
    for rule in site.flow.rules:
        rule.weights_touched(site, event, state)
    if state.fails:
        # Nothing is where it was not before, but what the session itself finds in its graph.
        current, others = _found_there(event, state), frozenset()
    state.make_session()
    if uses or gives:
        note_built(current, state)
    given = Given(site.chain, subject) if gives or trains else None
    for id_ in current | others:
        _settle_weights(site, id_, event, given if id_ in current else None, state)


def _settle_weights(site: Site, id_: int, event: Touch, given: Given | None, state: State) -> None:
    """Note where the weights of an object are after an event."""
    home = state.weights_in.get(id_)
    if home is None or (given is not None and (event.gives or _is_there(event.session, home))):
        another = state.enters_another
        creation = state.keras_objects.get(id_)
        state.weights_in[id_] = WeightsIn(
            event.session,
            state.graph_of(event.session) if state.enters_foreign else state.graph,
            site.chain,
            event.subject,
            another,
            given,
            _strayed_from(id_, home, state) if another else None,
            copies=frozenset() if given or creation is None else creation.copies,
            older=frozenset() if home is None else home.sessions,
        )
    elif given is not None and not differ(home.session, event.session):
        # Where the weights are not they can't be trained.
        state.weights_in[id_] = home._replace(given=given, copies=frozenset())


def _found_there(event: Touch, state: State) -> frozenset[int]:
    """The objects that an access finds in the graph of an entered session, whichever is the default
    one: all that makes no function of a model asks for no other.
    """
    if event.subject.partition("(")[0] in FUNCTION_OF or state.has_closed_session:
        return frozenset()
    graph = state.graph_of(event.session)
    return frozenset(
        id_
        for id_ in event.ids
        if id_ in state.keras_objects and state.keras_objects[id_].graph == graph
    )


def _is_there(session: KnownOrNot, home: WeightsIn) -> bool:
    """Whether an object has other weights in a session than those of worth: it may train them."""
    return session != home.session and isinstance(session, Session) and session.id in home.sessions


def _strayed_from(id_: int, home: WeightsIn | None, state: State) -> int | None:
    """What put an object into the session that Keras keeps, before its weights go into another.

    None if nothing did, or it keeps none of this graph: it looks for them nowhere else then.
    """
    if state.keras_session is None or state.is_foreign:
        return None
    if home is not None:
        return home.strayed_from if home.entered else home.chain
    creation = state.keras_objects.get(id_)
    if creation is None or creation.entered:
        return None
    return creation.chain


def initializable(state: State) -> frozenset[int]:
    """The objects that have weights in the graph that is the default now."""
    graph = state.graph
    return frozenset(
        id_
        for id_, creation in state.keras_objects.items()
        if creation.has_weights and creation.graph == graph
    )


def call_keras(
    site: Site, ids: frozenset[int], name: str, arguments: Arguments, state: State
) -> Value:
    """Call a method of Keras objects: it may read, give or train their weights."""
    escape.passed(arguments.values(), state)
    if name in READING_METHODS or name in GIVING_METHODS or name in ESTIMATOR_METHODS:
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
    if name == "compile":
        outlive(site, "compile()", ids, state)
    _note_function(site, ids, name, state)
    added = lookup.keras_ids(arguments.values())
    if name == "add":
        note_weights(ids, state)
        outlive(site, "add()", ids | added, state)
        _add_parts(ids, added, state)
        if _is_shaped(added, state):
            note_built(ids, state)
        return UNKNOWN
    escape.given(arguments.values(), state)
    return UNKNOWN if name in DESCRIBING_METHODS else Keras(ids | added, "part")


def _note_function(site: Site, ids: frozenset[int], name: str, state: State) -> None:
    """Note the function that a method of models makes, if it needs one, where it does not fail: in
    the main thread, or in the one that made the model.
    """
    for id_ in ids if name in FUNCTION_OF else ():
        creation = state.keras_objects.get(id_)
        is_here = creation is not None and creation.graph == state.graph
        if site.flow.thread is None or is_here:
            state.mark(id_, MADE[FUNCTION_OF[name]])


def _add_parts(ids: frozenset[int], added: frozenset[int], state: State) -> None:
    """Note that models have further parts."""
    note_weights(added, state)
    _settle(ids, added, state)
    for id_ in ids:
        known = state.fact(id_, PARTS)
        before = known.ids if isinstance(known, Keras) else frozenset()
        state.note(id_, PARTS, Keras(before | added, "part"))


def layer(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make a layer; ``weights=`` gives it some."""
    gives = _gives_weights(arguments.get("weights"))
    subject = f"Keras layer '{known.name}'"
    weightless = known.name in WEIGHTLESS
    created = _create_keras(
        site, subject, "layer", arguments, gives, state, weightless, is_built=False
    )
    if known.name in SHAPED_LAYERS or any(map(arguments.get, SHAPE_ARGUMENTS)):
        state.mark(site.chain, SHAPED)
    return created


def _is_shaped(parts: frozenset[int], state: State) -> bool:
    """Whether a model that begins with one of some parts is built at once."""
    return any(state.has(id_, BUILT) or state.fact(id_, SHAPED) == TRUE for id_ in parts)


def _gives_weights(weights: Value | None) -> bool:
    return weights is not None and weights != NONE and not isinstance(weights, Unknown)


def model(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make a model of layers, or the clone of one."""
    if known.name == "clone_model":
        # A clone has weights of its own.
        arguments = NO_ARGUMENTS
    is_sequential = known.name == "Sequential"
    return _create_keras(
        site,
        f"Keras model '{known.name}'",
        "model",
        arguments,
        False,
        state,
        is_empty=is_sequential and arguments.get("layers", 0) in (None, NONE),
        is_built=not is_sequential or _is_shaped(lookup.keras_ids(arguments.values()), state),
    )


def application(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make a model of ``keras.applications``, which has weights unless it is told otherwise."""
    weights = arguments.get("weights", known.position)
    gives = weights is None or _gives_weights(weights)
    return _create_keras(site, f"Keras model '{known.name}'", "model", arguments, gives, state)


def load_model(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Load a model with its weights."""
    # It has nothing of what it is given.
    return _create_keras(site, "load_model()", "model", NO_ARGUMENTS, True, state)


def save_model(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Save a model: its weights are read."""
    ids = lookup.keras_ids(arguments.positional[:1])
    if ids:
        touch(site, "save_model()", ids, state, gives=False, keeps=True)
    return UNKNOWN


def backend_weights(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Call a function of the backend that reads or gives weights: ``K.get_value(w)``."""
    known_ids = lookup.keras_ids(arguments.values())
    ids = known_ids or initializable(state)
    if known.name in ("eval", "get_value", "set_value") or ids:
        gives = known.name.endswith("set_value")
        # It may be another's value that is read: that needs the session, and no model's weights.
        touch(site, f"K.{known.name}()", ids, state, gives, uses=bool(known_ids))
    return UNKNOWN


def lambda_callback(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make a ``LambdaCallback``, whose functions ``fit`` calls."""
    return LambdaCallback(arguments)
