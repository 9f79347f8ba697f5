"""Callbacks: the hooks that Keras calls while it fits, evaluates or predicts."""

from __future__ import annotations

from typing import Callable, NamedTuple

from ..domain import lookup
from ..domain.exits import Outcomes
from ..domain.join import merge
from ..domain.state import State
from ..domain.values import (
    UNKNOWN,
    Arguments,
    Const,
    Instance,
    LambdaCallback,
    Method,
    Routine,
    Sequence,
    Session,
    Value,
)
from ..domain.weights import Overwritten
from ..models import keras
from ..rules.base import Site
from ..rules.losses import causes_of
from ..tensorflow.vocabulary import CALLBACK_METHODS, LAMBDA_HOOKS
from .execution import follow
from .flow import Flow


class Call(NamedTuple):
    """The call of a model's method that tells callbacks: of which model, and which callbacks."""

    model: Value
    name: str
    arguments: Arguments
    site: Site
    told: tuple[Instance | LambdaCallback, ...]


def told(owner: Value, name: str, arguments: Arguments) -> tuple[Instance | LambdaCallback, ...]:
    """The callbacks that a method of a model tells, as far as what they do is known."""
    if name not in CALLBACK_METHODS or not lookup.keras_ids((owner,)):
        return ()
    given = arguments.get("callbacks", CALLBACK_METHODS[name])
    items = given.items if isinstance(given, Sequence) else (given,)
    return tuple(item for item in items if isinstance(item, (Instance, LambdaCallback)))


def during(flow: Flow, call: Call, state: State, access: Callable[[State], Outcomes]) -> Outcomes:
    """Call the hooks around what a method does to the weights, in Keras' order.

    One batch of an epoch is walked, and a second epoch if there is one. Where the weights are in
    another session than the one in use, or that is closed, it fails, and no hook is called after
    that; none at all where the model is of a graph that was reset.
    """
    if keras.is_old(lookup.keras_ids((call.model,)), state):
        return access(state)
    states = [state]
    failed: list[State] = []
    for number, step in enumerate(_steps(call)):
        if step:
            for index, callback in enumerate(call.told):
                place = flow.chains.intern(call.site.chain, f"{number} {index}")
                states = [
                    after
                    for each in states
                    for after in _tell(flow, callback, step, place, call, each)
                ]
        else:
            lost = [_is_lost(call.model, each) for each in states]
            pairs = [(no, after) for no, each in zip(lost, states) for _, after in access(each)]
            failed += [after for no, after in pairs if no]
            states = [after for no, after in pairs if not no]
        states = merge(states)
    states += merge(failed)
    for each in states:
        for callback in call.told:
            if isinstance(callback, Instance):
                # It may be gone now, and then it does not keep the model alive.
                each.set(callback.id, "model", UNKNOWN)
    return [(UNKNOWN, each) for each in states]


def _is_lost(model: Value, state: State) -> bool:
    """Whether a model has no weights in the session in use, but in another, or that is closed."""
    if state.fails:
        return True
    current = state.current
    return any(
        not isinstance(cause, Overwritten)
        for each in causes_of(state.with_parts(lookup.keras_ids((model,))), state)
        # What has no weights yet gets them by the access; what has others here goes on with these.
        if each.home and not (isinstance(current, Session) and current.id in each.home.older)
        for cause in each.causes
    )


def _steps(call: Call) -> list[str]:
    """The hooks in their order; an empty one where the weights are accessed."""
    kind = call.name.partition("_")[0]
    if kind != "fit":
        kind = "test" if kind == "evaluate" else kind
        batch = [f"on_{kind}_batch_begin", "", f"on_{kind}_batch_end"]
        return ["set_model", "set_params", f"on_{kind}_begin", *batch, f"on_{kind}_end"]
    position = 2 if call.name == "fit_generator" else 3
    epochs = call.arguments.get("epochs", position)
    is_repeated = isinstance(epochs, Const) and isinstance(epochs.value, int) and epochs.value > 1
    batch = ["on_train_batch_begin", "", "on_train_batch_end"]
    epoch = ["on_epoch_begin", *batch, "on_epoch_end"]
    epochs_walked = epoch * (2 if is_repeated else 1)
    return ["set_model", "set_params", "on_train_begin", *epochs_walked, "on_train_end"]


def _tell(
    flow: Flow,
    callback: Instance | LambdaCallback,
    hook: str,
    place: int,
    call: Call,
    state: State,
) -> list[State]:
    """Call one hook of a callback; the state given is used up."""
    if hook == "set_model" and isinstance(callback, Instance):
        state.set(callback.id, "model", call.model)
    function = _hook(callback, hook, state)
    if function is None:
        return [state]
    passed: tuple[Value, ...] = (UNKNOWN,)
    if hook == "set_model":
        passed = (call.model,)
    elif "batch" in hook or "epoch" in hook:
        passed = (UNKNOWN, UNKNOWN)
    arguments = Arguments(passed, (), complete=True)
    outer, flow.in_callback = flow.in_callback, True
    outcomes = follow(flow, function, arguments, place, state, call.site.frame)
    flow.in_callback = outer
    return [after for _, after in outcomes]


def _hook(callback: Instance | LambdaCallback, hook: str, state: State) -> Routine | Method | None:
    """The function of the project's that is a hook of a callback, None if it has none."""
    # Those of the batches of training have a second name.
    for name in (hook, hook.replace("train_batch", "batch")):
        if isinstance(callback, LambdaCallback):
            position = LAMBDA_HOOKS.index(name) if name in LAMBDA_HOOKS else None
            found = callback.hooks.get(name, position)
            if isinstance(found, (Method, Routine)):
                return found
        else:
            found = lookup.class_attribute(callback.cls, name, state)
            if isinstance(found, Routine):
                return Method(found, callback)
    return None
