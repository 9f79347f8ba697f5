"""Escape analysis: what becomes of a value that leaves what the interpreter follows.

There are four degrees, each with what the one before it means. Whoever loses sight of a value calls
the one that tells what happens to it:

- `used`: it is still followed, but code elsewhere may use the session or config in it: it was put
  into an attribute or global, returned, compared, or given to TensorFlow;
- `held`: code that can't be seen may keep it, so that it is alive;
- `changed`: such code may change it, now or later: it is in something that is not followed;
- `given`: such code runs with it now, and may enter the graphs and sessions in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..ir.nodes import Function
from ..tensorflow.vocabulary import GROWTH_WORDS, TENSOR_ATTRIBUTES
from .configs import options_of, sources_of
from .facts import ENDED, ESCAPED, FILLED, GPUS, GROWTH, OPEN
from .state import Entered, State
from .values import (
    EARLIER,
    TRUE,
    UNKNOWN,
    WEIGHT_LIMIT,
    Class,
    Compound,
    Config,
    Const,
    Context,
    DeviceCount,
    External,
    Graph,
    Imported,
    Instance,
    Keras,
    LambdaCallback,
    Member,
    Module,
    Options,
    Routine,
    Session,
    Super,
    Unknown,
    Value,
)

# Most values: they have no parts, and unknown code can't change them.
PLAIN = frozenset((Class, Const, External, Imported, Module, Unknown))


def parts_of(values: Iterable[Value]) -> list[Value]:
    """Values, and those that they consist of."""
    found: list[Value] = []
    pending: list[Value | None] = list(values)
    while pending:
        value = pending.pop()
        if value is None:
            continue
        found.append(value)
        if value.__class__ in PLAIN:
            continue
        if isinstance(value, Member) and value.name in TENSOR_ATTRIBUTES:
            continue
        if isinstance(value, Compound):
            pending += value.parts
        elif isinstance(value, Context):
            pending.append(value.of)
        elif isinstance(value, Super):
            pending.append(value.receiver)
    return found


def parts_that_lead_on(values: Iterable[Value]) -> list[Value]:
    """Values, and those that they consist of, but for such as lead nowhere: most values."""
    parts = [value for value in values if value.__class__ not in PLAIN]
    return [part for part in parts_of(parts) if part.__class__ not in PLAIN] if parts else parts


def used(values: Iterable[Value], state: State) -> None:
    """Note that code elsewhere may use the sessions and configs among values from now on."""
    for part in parts_that_lead_on(values):
        _use(part, state)


def held(values: Iterable[Value], state: State) -> None:
    """Let code that can't be seen keep values."""
    for part in parts_that_lead_on(values):
        _use(part, state)
        _hold(part, state)


def passed(values: Collection[Value], state: State) -> None:
    """Give TensorFlow's or Keras' own code values: it keeps functions, and no object alive.

    Of callbacks it keeps nothing.
    """
    parts = parts_that_lead_on(values)
    used(parts, state)
    hooks = {
        part
        for callback in parts
        if isinstance(callback, LambdaCallback)
        for part in callback.parts
    }
    held((part for part in parts if isinstance(part, Routine) and part not in hooks), state)


def changed(values: Iterable[Value], state: State) -> list[Value]:
    """Let code that can't be seen keep and change values; all that it reaches through them."""
    reached: list[Value] = []
    pending = parts_that_lead_on(values)
    while pending:
        part = pending.pop()
        reached.append(part)
        _use(part, state)
        _hold(part, state)
        if isinstance(part, Instance):
            pending += parts_that_lead_on(_open(part, state))
        elif isinstance(part, Routine):
            pending += _growing(part, state)
        else:
            _change(part, state)
    return reached


def given(values: Iterable[Value], state: State) -> list[Value]:
    """Let code that can't be seen run with values: it may keep, change and enter them; all that it
    reaches through them.
    """
    reached = changed(values, state)
    for part in reached:
        if isinstance(part, Graph):
            state.graphs = (*state.graphs, (UNKNOWN, None))
        elif isinstance(part, Context) and isinstance(part.of, Session):
            state.entered = (*state.entered, Entered(UNKNOWN, None))
    return reached


def fill(skipped: Iterable[State], walked: Iterable[State]) -> None:
    """Let sessions be filled where a loop is skipped, if its body fills them."""
    for other in walked:
        ids = [id_ for id_, table in other.store.items() if FILLED.name in table]
        for state in skipped:
            for id_ in ids:
                if id_ in state.store and not state.has(id_, FILLED):
                    state.mark(id_, FILLED)


def bounded(value: Value, state: State) -> Value:
    """A value that is to be kept: in the place of one with too many parts, or a function with too
    many defaults, one that is unknown.
    """
    if not isinstance(value, Compound) or value.weight <= WEIGHT_LIMIT:
        return value
    changed((part for part in value.parts if part is not None), state)
    if isinstance(value, Routine):
        return value.but(defaults=tuple(each and UNKNOWN for each in value.defaults))
    return UNKNOWN


def end_frame(frame_id: int, function: Function, state: State) -> None:
    """Note what functions inside of one that ends may use: what the names in them hold."""
    variables = state.attributes(frame_id)
    shared = function.inner_words
    used((variables[name] for name in variables if name in shared), state)
    state.mark(frame_id, ENDED)


def _use(part: Value, state: State) -> None:
    if isinstance(part, Session):
        state.mark(part.id, ESCAPED)
    elif isinstance(part, (Config, Options)):
        # Whoever uses options uses those that they were copied from.
        options = options_of(part, state) if isinstance(part, Config) else part
        for each in () if options is None else sources_of(options, state):
            state.mark(each.id, ESCAPED)


def owners_of(part: Value) -> Iterable[int]:
    """The ids under which a state has what a value leads to: attributes, and variables around it.

    What a module or class holds is held anyway.
    """
    if isinstance(part, Instance):
        return (part.id,)
    if isinstance(part, Keras):
        return part.ids
    if isinstance(part, Routine):
        return (id_ for id_ in part.frames if id_ != part.module)
    return ()


def _hold(part: Value, state: State) -> None:
    for id_ in owners_of(part):
        state.mark(id_, ESCAPED)


def _change(part: Value, state: State) -> None:
    if isinstance(part, Config):
        options = options_of(part, state)
        if options is not None:
            state.note(options.id, GROWTH, UNKNOWN)
        state.note(part.id, GPUS, UNKNOWN)
    elif isinstance(part, Options):
        state.note(part.id, GROWTH, UNKNOWN)
    elif isinstance(part, DeviceCount):
        state.note(part.config, GPUS, UNKNOWN)
    elif isinstance(part, Session):
        state.mark(part.id, FILLED)
    elif isinstance(part, Keras):
        give_again(part, state)


def give_again(keras: Keras, state: State) -> None:
    """Let objects of before the flow have been given weights in whichever session."""
    for id_ in state.with_parts(keras.ids):
        home = state.weights_in.get(id_)
        if home is not None and home.session == EARLIER:
            state.weights_in[id_] = home._replace(session=UNKNOWN)


def _open(instance: Instance, state: State) -> list[Value]:
    """Let an instance have any attributes from now on; the values that it had."""
    attributes = state.attributes(instance.id)
    state.store[instance.id] = {OPEN.name: Const(True), ESCAPED.name: TRUE}
    return [value for name, value in attributes.items() if name != OPEN.name]


def _growing(routine: Routine, state: State) -> list[Value]:
    """The configs and options around a function that may ask for growth when it is called."""
    if GROWTH_WORDS.isdisjoint(routine.function.words):
        return []
    return [
        value
        for id_ in routine.frames
        for name, value in state.attributes(id_).items()
        if name in routine.function.words and isinstance(value, (Config, Options))
    ]
