"""What code that can't be seen may do to the values that it gets."""

from __future__ import annotations

from collections.abc import Iterable

from .program import Function
from .state import ENDED, GPUS, GROWTH, LEFT, OPEN, OPTIONS, SOURCE, Entered, State
from .values import (
    TRUE,
    UNKNOWN,
    Class,
    Config,
    Const,
    Context,
    DeviceCount,
    External,
    Graph,
    Imported,
    Instance,
    Keras,
    Mapping,
    Member,
    Method,
    Module,
    Options,
    Partial,
    Routine,
    Sequence,
    Session,
    Super,
    Suspended,
    Thread,
    Unknown,
    Value,
)

# Most values: they have no parts, and unknown code can't change them.
PLAIN = frozenset((Class, Const, External, Imported, Module, Unknown))


def parts_of(values: Iterable[Value]) -> list[Value]:
    """Values, and those that they consist of."""
    found: list[Value] = []
    pending = list(values)
    while pending:
        value = pending.pop()
        found.append(value)
        if value.__class__ in PLAIN:
            continue
        if isinstance(value, Sequence):
            pending += value.items
        elif isinstance(value, Mapping):
            pending += (item for _, item in value.items)
        elif isinstance(value, (Context, Member)):
            pending.append(value.of)
        elif isinstance(value, (Method, Super)):
            pending.append(value.receiver)
        elif isinstance(value, Partial):
            pending += (value.callee, *value.arguments.values())
        elif isinstance(value, Thread):
            pending += (value.target, *value.arguments.values())
        elif isinstance(value, Suspended):
            pending += value.arguments.values()
            if value.receiver is not None:
                pending.append(value.receiver)
    return found


def held(values: Iterable[Value], state: State) -> None:
    """Let something that can't be seen hold the objects that it was given."""
    for part in parts_of(values):
        if isinstance(part, Instance):
            state.set(part.id, LEFT, TRUE)
        elif isinstance(part, Keras):
            for id_ in part.ids:
                state.set(id_, LEFT, TRUE)
        elif isinstance(part, Routine):
            held((default for default in part.defaults if default is not None), state)
            for id_ in part.frames:
                # What a module holds is held anyway.
                if id_ != part.module:
                    state.set(id_, LEFT, TRUE)


def changed(values: Iterable[Value], state: State) -> None:
    """Let unknown code change the objects that it was given."""
    for value in values:
        if value.__class__ in PLAIN:
            continue
        if isinstance(value, Config):
            options: Value | None = state.get(value.id, OPTIONS)
            if isinstance(options, Options):
                state.set(options.id, GROWTH, UNKNOWN)
        elif isinstance(value, Options):
            state.set(value.id, GROWTH, UNKNOWN)
        elif isinstance(value, DeviceCount):
            state.set(value.config, GPUS, UNKNOWN)
        elif isinstance(value, Instance):
            _open(value, state)
        elif isinstance(value, (Keras, Member, Routine, Thread)):
            held((value,), state)
        elif isinstance(value, Graph) or (
            isinstance(value, Context) and isinstance(value.of, Graph)
        ):
            # Unknown code may enter it.
            state.graphs = (*state.graphs, (UNKNOWN, None))
        elif isinstance(value, Context):
            state.entered = (*state.entered, Entered(UNKNOWN, None))
        elif isinstance(value, Sequence):
            changed(value.items, state)
        elif isinstance(value, Mapping):
            changed((item for _, item in value.items), state)
        elif isinstance(value, Method):
            changed((value.receiver,), state)
        elif isinstance(value, Suspended):
            given = () if value.receiver is None else (value.receiver,)
            changed((value.function, *given, *value.arguments.values()), state)
        elif isinstance(value, Partial):
            changed((value.callee, *value.arguments.values()), state)


def _open(instance: Instance, state: State) -> None:
    """Let an instance have any attributes from now on."""
    attributes = state.attributes(instance.id)
    if (
        attributes.get(OPEN) is not None
        and attributes.get(LEFT) is not None
        and all(isinstance(value, (Unknown, Const)) for value in attributes.values())
    ):
        return
    state.objects[instance.id] = {OPEN: Const(True), LEFT: TRUE}
    changed([value for key, value in attributes.items() if key != OPEN], state)


def used(values: Iterable[Value], state: State) -> None:
    """Note the sessions and configs that code elsewhere may use from now on."""
    for value in values:
        if isinstance(value, (Config, Options)):
            _used_options(value, state)
        elif isinstance(value, Session):
            state.set(value.id, LEFT, TRUE)
        elif isinstance(value, Sequence):
            used(value.items, state)
        elif isinstance(value, Mapping):
            used((item for _, item in value.items), state)


def end_frame(frame_id: int, function: Function, state: State) -> None:
    """Note what functions inside of one that ends may use: what the names in them hold."""
    variables = state.attributes(frame_id)
    shared = function.inner_words
    used((variables[name] for name in variables if name in shared), state)
    state.set(frame_id, ENDED, TRUE)


def _used_options(value: Config | Options, state: State) -> None:
    """Note that options are of use, and so are those that they were copied from."""
    options: Value | None = state.get(value.id, OPTIONS) if isinstance(value, Config) else value
    while isinstance(options, Options):
        state.set(options.id, LEFT, TRUE)
        source = state.get(options.id, SOURCE)
        options = source if isinstance(source, Options) else None


def give(values: Iterable[Value], state: State) -> None:
    """Let the functions among values, and what they see, be held by code that can't be seen."""
    for value in values:
        while isinstance(value, Partial):
            value = value.callee
        if isinstance(value, (Routine, Method, Suspended)):
            held((value if isinstance(value, Routine) else value.function,), state)
        elif isinstance(value, Sequence):
            give(value.items, state)
        elif isinstance(value, Mapping):
            give((item for _, item in value.items), state)
