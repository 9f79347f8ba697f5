"""Python's own functions, containers and environment."""

from __future__ import annotations

from ..domain import containers, escape, lookup
from ..domain.facts import GPUS
from ..domain.state import State
from ..domain.values import (
    PROPERTIES,
    UNKNOWN,
    Arguments,
    Const,
    DeviceCount,
    ExitStack,
    External,
    Instance,
    Keras,
    Mapping,
    Method,
    Partial,
    Routine,
    Sequence,
    Unknown,
    Value,
)
from ..rules.base import Site
from ..tensorflow.vocabulary import VISIBLE_DEVICES, Role, is_computing

# Functions that see the variables around their call.
SEEING = frozenset(("eval", "exec", "locals", "vars"))
# Functions that return nothing of what they look at, nor keep it.
_LOOKING = frozenset(
    "ascii bool callable dir format hasattr hash id isinstance len print repr str type".split()
)
# Functions that return what is in a list, tuple or set as another.
_LISTING = frozenset("frozenset iter list reversed set sorted tuple".split())


def call_builtin(name: str, arguments: Arguments, state: State) -> Value:
    """Call a builtin: what it returns, as far as it is made of what it was given."""
    value = UNKNOWN if name in _LOOKING else _returned(name, arguments.positional, state)
    if value is None:
        escape.changed(arguments.values(), state)
    elif name in ("enumerate", "zip"):
        containers.lose(Sequence(arguments.values(), is_list=False), value, state)
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
    elif name in ("enumerate", "zip") and values:
        columns = [
            containers.iterate(value) for value in values[: 1 if name == "enumerate" else None]
        ]
        if any(empty is not False for _, empty in columns):
            return None
        row = [item for item, _ in columns]
        row = [UNKNOWN, *row] if name == "enumerate" else row
        return Sequence((Sequence(tuple(row), is_list=False),), is_list=False)
    elif name in _LISTING and values:
        if isinstance(values[0], Sequence):
            # A list of its own.
            return values[0].but(is_list=name in ("list", "sorted"))
        if isinstance(values[0], Keras):
            return values[0]
    return None


def _attribute(owner: Value, name: Value, default: tuple[Value, ...], state: State) -> Value | None:
    """What ``getattr`` returns; None if that may be a part of its owner."""
    if not isinstance(name, Const) or not isinstance(name.value, str):
        if isinstance(owner, External) and is_computing(owner.dotted):
            return External(f"{owner.dotted}.?")
        return None
    found = lookup.attribute(owner, name.value, state)
    if isinstance(owner, Instance) and (found is None or isinstance(found, Unknown)):
        escape.changed(default, state)
        return UNKNOWN
    is_property = isinstance(found, Method) and found.function.wrapper in PROPERTIES
    return None if is_property or isinstance(found, Unknown) else found


def _integer(value: Const) -> int | None:
    return value.value if isinstance(value.value, int) else None


_LIST_METHODS = frozenset("clear extend insert pop popitem remove setdefault update".split())
# Those after which what was in a list or dict is nowhere else.
_HARMLESS_METHODS = frozenset("clear count index keys reverse sort".split())


def call_container(
    owner: Value, name: str, values: tuple[Value, ...], state: State
) -> tuple[Value, Value | None]:
    """Call a method of a list, tuple or dict: what it returns, and what the container is after it
    (None if it is what it was).
    """
    if isinstance(owner, Sequence) and name == "append" and values:
        escape.used(values, state)
        return UNKNOWN, Sequence((*owner.items, values[0]), owner.is_list)
    if isinstance(owner, Mapping) and name in ("items", "values"):
        pairs = [Sequence(pair, is_list=False) for pair in owner.items]
        held = pairs if name == "items" else [value for _, value in owner.items]
        return Sequence(tuple(held), is_list=False), None
    if isinstance(owner, Mapping) and name == "get" and values:
        found = containers.item(owner, values[0])
        if isinstance(found, Unknown):
            escape.changed(values if isinstance(values[0], Const) else (owner, *values), state)
        return found, None
    if name not in _HARMLESS_METHODS:
        escape.changed((owner, *values), state)
    if name in _LIST_METHODS:
        return UNKNOWN, UNKNOWN
    if isinstance(owner, Mapping) and name == "keys":
        return Sequence((UNKNOWN,) if owner.items else (), is_list=False), None
    return UNKNOWN, None


def partial(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make ``functools.partial(callee, …)``."""
    if not arguments.positional:
        return UNKNOWN
    rest = arguments.but(positional=arguments.positional[1:])
    return Partial(arguments.positional[0], rest)


def cache(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """``lru_cache(function)``, or with options what decorates one."""
    function = arguments.positional[0] if arguments.positional else None
    if isinstance(function, Routine):
        return function.wrapped("cache")
    return External(f"{site.dotted}()")


def exit_stack(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make a ``contextlib.ExitStack``."""
    return ExitStack(site.chain)


def _set_environment(name: Value, value: Value, state: State) -> None:
    if name == Const(VISIBLE_DEVICES):
        # What can't be known may hide them as well.
        state.gpus_hidden = not isinstance(value, Const) or value.value in ("", "-1")


def environment(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Call ``os.putenv`` or ``os.environ.setdefault`` with a variable and its value."""
    if len(arguments.positional) == 2:
        _set_environment(*arguments.positional, state)
    return UNKNOWN


def update_environment(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Call ``os.environ.update`` with variables and their values."""
    for value in arguments.positional:
        if isinstance(value, Mapping):
            for key, item in value.items:
                _set_environment(key, item, state)
    for keyword, item in arguments.keywords:
        _set_environment(Const(keyword), item, state)
    return UNKNOWN


def set_item(owner: Value, index: Value, value: Value, state: State) -> Value | None:
    """Assign to an item; what the container is from now on, None if that is not followed."""
    if isinstance(owner, DeviceCount):
        if index == Const("GPU"):
            state.note(owner.config, GPUS, value)
    elif isinstance(owner, External):
        if owner.dotted == "os.environ":
            _set_environment(index, value, state)
    elif isinstance(owner, Sequence):
        return UNKNOWN
    elif isinstance(owner, Mapping):
        return _with_item(owner, index, value)
    return None


def _with_item(owner: Mapping, index: Value, value: Value) -> Value:
    """A dict after an assignment; unknown where nothing stands for all that it may hold."""
    if isinstance(index, Const):
        kept = tuple(pair for pair in owner.items if pair[0] != index)
        return Mapping((*kept, (index, value)))
    if not containers.matters((value,)):
        return UNKNOWN
    others = tuple(pair for pair in owner.items if not isinstance(pair[0], Unknown))
    held = [known for key, known in owner.items if isinstance(key, Unknown)]
    whichever = containers.any_of((*held, value))
    return whichever if isinstance(whichever, Unknown) else Mapping((*others, (UNKNOWN, whichever)))
