"""Estimators of scikit-learn that build a Keras model when they are fitted."""

from __future__ import annotations

from ..domain import lookup
from ..domain.facts import BUILDS, BUILT, PARTS
from ..domain.state import State
from ..domain.values import UNKNOWN, Arguments, Const, Keras, Method, Partial, Routine, Value
from ..rules.base import Site
from ..tensorflow.vocabulary import Role


def estimator(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """``KerasClassifier(build_fn=build, epochs=3)``; scikeras calls it ``model``."""
    build = arguments.get("model") or arguments.get("build_fn", 0)
    if not isinstance(build, (Method, Routine)):
        return UNKNOWN
    function = build.function.function if isinstance(build, Method) else build.function
    names = {parameter.name for parameter in function.parameters}
    passed = tuple(pair for pair in arguments.keywords if pair[0] in names)
    call = Partial(build, Arguments((), passed, arguments.complete))
    state.note(site.chain, BUILDS, call)
    return Keras(frozenset((site.chain,)), "model")


def building(owner: Value, name: str, state: State) -> tuple[int, Partial] | None:
    """The id of an estimator of which a method builds the model, and what it calls for that."""
    if isinstance(owner, Keras) and len(owner.ids) == 1 and name == "fit":
        (id_,) = owner.ids
        call = state.fact(id_, BUILDS)
        if isinstance(call, Partial):
            return id_, call
    return None


def set_model(id_: int, built: Value, state: State) -> None:
    """Let an estimator have the model that was built for it: it drops the one that it had."""
    before = state.fact(id_, PARTS)
    for part in before.ids if isinstance(before, Keras) else ():
        creation = state.keras_objects.get(part)
        if creation is not None:
            state.keras_objects[part] = creation._replace(held=False)
    state.weights_in.pop(id_, None)
    state.unset(id_, BUILT.name)
    if not state.graphs:
        state.note(id_, BUILT, Const(state.resets))
    state.note(id_, PARTS, Keras(lookup.keras_ids((built,)), "part"))
