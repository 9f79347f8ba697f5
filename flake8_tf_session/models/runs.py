"""Sessions that the program runs itself: what needs, gives and trains weights there.

That is in the session that the call names, whichever Keras uses, and nothing is initialised by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ..domain import escape, lookup
from ..domain.facts import CLOSED, FILLED, MONITORED
from ..domain.kinds import differ
from ..domain.state import Entered, State
from ..domain.values import (
    NONE,
    UNKNOWN,
    Arguments,
    Const,
    External,
    GlobalVariables,
    Initializer,
    Keras,
    Mapping,
    Member,
    Sequence,
    Session,
    Value,
)
from ..domain.weights import Given, WeightsIn
from ..rules.base import Site
from ..rules.events import Touch
from ..tensorflow.vocabulary import (
    ASSIGNING,
    RUN_ATTRIBUTES,
    SESSION_READERS,
    SHAPE_FUNCTIONS,
    TENSOR_ATTRIBUTES,
    Role,
    role,
)
from . import keras

_NOTHING: frozenset[int] = frozenset()
# Functions that apply layers, and `Input`, give tensors, too.
_RUN_KINDS = ("layer", "tensor", "training")
_KNOWN_ATTRIBUTES = RUN_ATTRIBUTES | TENSOR_ATTRIBUTES


class Effects(NamedTuple):
    """What running something does: the objects whose weights it needs, and those that it trains.

    ``is_unseen`` tells whether it may give any variables values.
    """

    needs: frozenset[int] = _NOTHING
    trains: frozenset[int] = _NOTHING
    is_unseen: bool = False


# --- tensors ---


def combined(values: Iterable[Value]) -> Keras | None:
    """What is computed from values, if weights stand behind one of them."""
    values = tuple(values)
    return result(_NOTHING, values) if lookup.keras_ids(values) else None


def result(own: frozenset[int], values: Iterable[Value]) -> Keras:
    """What objects (a layer, a model) give for values: it depends on their weights and those
    behind the values.
    """
    values = tuple(values)
    ids = own | lookup.keras_ids(values)
    return Keras(ids, "tensor" if own | _needed(values) == ids else "part")


def result_of(dotted: str, values: Iterable[Value]) -> Value:
    """What a function of TensorFlow's or Keras' returns: ``K.mean(output)``, ``tf.concat(…)``."""
    name = dotted.rpartition(".")[2]
    found = combined(values)
    if found is None:
        return _result_of(dotted)
    is_tensor = name[:1].islower() and name not in SHAPE_FUNCTIONS and name not in ASSIGNING
    return found if is_tensor else found.but(kind="part")


@lru_cache(maxsize=4096)
def _result_of(dotted: str) -> External:
    """What a function returns of which no more is known."""
    return External(f"{dotted}()")


def training(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """``optimizer.minimize(loss)``, ``optimizer.apply_gradients(pairs)``."""
    variables = arguments.get("var_list", 2) if known.name == "minimize" else None
    found = result_of(site.dotted, arguments.positional[:1] or (arguments.get("loss") or UNKNOWN,))
    if not isinstance(found, Keras) or found.kind != "tensor":
        return found
    if variables is None or variables == NONE:
        return found.but(kind="training")
    trained = combined((variables,))
    # Nobody knows what it trains, but it needs what the loss does.
    return found if trained is None or trained.ids < found.ids else found.but(kind="training")


def _needed(values: Iterable[Value]) -> frozenset[int]:
    """The objects whose weights are needed to run values, as far as that is sure."""
    needs = _NOTHING
    for value in values:
        if isinstance(value, Sequence):
            needs |= _needed(value.items)
        elif isinstance(value, Member):
            needs |= lookup.keras_ids((value,)) if value.name in RUN_ATTRIBUTES else _NOTHING
        elif isinstance(value, Keras) and value.kind in _RUN_KINDS:
            needs |= value.ids
    return needs


def _effects(value: Value) -> Effects:
    """What running a value does in a session."""
    if isinstance(value, (Sequence, Mapping)):
        each = [_effects(part) for part in value.parts]
        return Effects(
            _NOTHING.union(*(one.needs for one in each)),
            _NOTHING.union(*(one.trains for one in each)),
            any(one.is_unseen for one in each),
        )
    if isinstance(value, Keras) and value.kind in _RUN_KINDS:
        return Effects(value.ids, value.ids if value.kind == "training" else _NOTHING)
    if isinstance(value, GlobalVariables):
        return Effects(value.ids)
    if isinstance(value, Member) and value.name in _KNOWN_ATTRIBUTES:
        return Effects(_needed((value,)))
    if isinstance(value, External):
        return Effects(is_unseen=_gives(value.dotted))
    if isinstance(value, Const) and isinstance(value.value, str):
        # `"dense/BiasAdd:0"` is a tensor, `"save/restore_all"` an operation.
        return Effects(is_unseen=":" not in value.value)
    return Effects(is_unseen=not isinstance(value, Initializer))


def _gives(dotted: str) -> bool:
    """Whether what TensorFlow returned may give variables values when it is run."""
    called = dotted[:-2] if dotted.endswith("()") else dotted
    known = role(called)
    return called.rpartition(".")[2] in ASSIGNING or (
        known is not None and known.kind == "training"
    )


# --- runs ---


def run(
    site: Site,
    subject: str,
    fetches: Value,
    feeds: Value | None,
    session: Session,
    state: State,
) -> None:
    """Run tensors and operations in a session."""
    effects = _effects(fetches)
    fed = _needed(key for key, _ in feeds.items) if isinstance(feeds, Mapping) else _NOTHING
    need(site, subject, effects.needs - fed, session, state)
    train(site, subject, effects.trains - fed, session, state)
    if effects.is_unseen:
        state.mark(session.id, FILLED)


def tell_run(site: Site, subject: str, session: Session, state: State) -> None:
    """Tell the rules that a session is to run something."""
    for rule in site.flow.rules:
        rule.session_run(site, subject, session, state)


def call_tensor(site: Site, tensor: Value, name: str, arguments: Arguments, state: State) -> Value:
    """``tensor.eval(session=s)``, ``operation.run(session=s)``."""
    session = arguments.get("session", 1)
    if session in (None, NONE):
        session = state.entered[-1].session if state.entered else UNKNOWN
    if isinstance(session, Session):
        run(site, f"{name}()", tensor, arguments.get("feed_dict", 0), session, state)
    return UNKNOWN


def note_sessions(dotted: str, values: Iterable[Value], state: State) -> None:
    """Note that a function of TensorFlow's may give values to the variables in sessions."""
    owner, _, name = dotted.rpartition(".")
    if name in SESSION_READERS or (name == "run" and not _gives(owner)):
        return
    for part in escape.parts_of(values):
        if isinstance(part, Session):
            state.mark(part.id, FILLED)


def need(
    site: Site,
    subject: str,
    ids: frozenset[int],
    session: Session,
    state: State,
    keeps: bool = False,
) -> None:
    """Need the weights of objects in a session."""
    entered, graphs = state.entered, state.graphs
    state.entered, state.graphs = (*entered, Entered(session, None)), ()
    keras.outlive(site, subject, ids, state)
    state.entered, state.graphs = entered, graphs
    if state.has(session.id, FILLED):
        return
    for id_ in ids:
        home = state.weights_in.get(id_)
        hidden = None if home is None else home.overwritten
        if home is not None and hidden is not None and home.session != hidden.session == session:
            # It is no initializer that is to blame: without it this would fail.
            state.weights_in[id_] = home._replace(overwritten=None)
    _tell(site, Touch(subject, ids, _NOTHING, session, False, True, keeps, True), state)


def train(site: Site, subject: str, ids: frozenset[int], session: Session, state: State) -> None:
    """Train objects in a session, where they have weights there.

    Without them it fails. Where those of worth are in another one, nobody knows which are meant
    from then on.
    """
    is_filled = state.has(session.id, FILLED)
    for id_ in _known(ids, session, state):
        creation, home = state.keras_objects[id_], state.weights_in.get(id_)
        copies = creation.copies if home is None else home.copies
        if session.id in copies or (home is None and is_filled):
            _settle(site, subject, id_, session, state)
        elif home is not None and home.session == session:
            state.weights_in[id_] = home._replace(given=Given(site.chain, subject))
        elif home is not None:
            state.weights_in[id_] = home._replace(session=UNKNOWN)


def give(
    site: Site, subject: str, ids: frozenset[int], session: Session, state: State, names_them: bool
) -> None:
    """Give objects weights in a session.

    What has weights of worth elsewhere may be meant to keep them, if nothing names it.
    """
    _tell(site, Touch(subject, ids, _NOTHING, session, True, False, named=True), state)
    # Those of before the flow as well.
    escape.give_again(Keras(ids, "part"), state)
    for id_ in _known(ids, session, state):
        home = state.weights_in.get(id_)
        if differ(state.keras_objects[id_].graph, state.graph_of(session)):
            # It fails.
            continue
        if home is None or home.given is None or names_them or home.session == session:
            _settle(site, subject, id_, session, state)
        else:
            state.weights_in[id_] = home._replace(session=UNKNOWN)


def _settle(site: Site, subject: str, id_: int, session: Session, state: State) -> None:
    """Note that an object's weights of worth are in a session."""
    home = state.weights_in.get(id_)
    state.weights_in[id_] = WeightsIn(
        session,
        state.keras_objects[id_].graph,
        site.chain,
        subject,
        session != state.keras_session,
        Given(site.chain, subject),
        older=home.sessions if home else _NOTHING,
    )


def _known(ids: frozenset[int], session: Session, state: State) -> frozenset[int]:
    """Those of some objects that are known to be, or may be, of a session's graph."""
    if state.has(session.id, CLOSED) or state.has(session.id, MONITORED):
        return _NOTHING
    return state.with_parts(ids) & state.keras_objects.keys()


def _tell(site: Site, touch: Touch, state: State) -> None:
    """Tell the rules of an access in a session as if that were entered, and its objects' graph."""
    assert isinstance(touch.session, Session)
    ids = _known(touch.ids, touch.session, state)
    if not ids:
        return
    entered, graphs = state.entered, state.graphs
    state.entered = (*entered, Entered(touch.session, None))
    state.graphs = (*graphs, (state.keras_objects[min(ids)].graph, None))
    for rule in site.flow.rules:
        rule.weights_touched(site, touch._replace(ids=ids), state)
    state.entered, state.graphs = entered, graphs
