"""What kinds of value have in common, and what is asked of each."""

from __future__ import annotations

from typing import NoReturn

from ..tensorflow.vocabulary import FALSE_NAMES
from .values import (
    Class,
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
    Imported,
    Initializer,
    Instance,
    Keras,
    LambdaCallback,
    Mapping,
    Member,
    Method,
    Module,
    Options,
    Partial,
    Routine,
    Saver,
    Sequence,
    Server,
    Session,
    Super,
    Supervisor,
    Suspended,
    Target,
    Thread,
    Unknown,
    Value,
)

# Kinds by what they have in common. Where a function treats some kinds apart, the type checker sees
# to it that it says what becomes of all others, too: it ends with `no_other`.
# Of TensorFlow's and Keras' own objects.
OBJECTS = (
    Session,
    Graph,
    Context,
    Config,
    Options,
    DeviceCount,
    Creator,
    Server,
    Target,
    Supervisor,
    GlobalVariables,
    Initializer,
    Saver,
    Keras,
    LambdaCallback,
)
# Of Python's own.
HELPERS = (Thread, Executor, ExitStack, Super, Suspended)
CODE = (Module, Routine, Class, Method, Partial)


def no_other(value: NoReturn) -> NoReturn:
    """Tell the type checker that all kinds of value were treated."""
    raise AssertionError(value)  # pragma: no cover - there is none


def truth(value: Value) -> bool | None:
    """Whether a value is true; None if that can't be known."""
    if isinstance(value, Const):
        return bool(value.value)
    if isinstance(value, Unknown):
        return {"true": True, "false": False}.get(value.fact)
    if isinstance(value, Sequence):
        return bool(value.items)
    if isinstance(value, External):
        return False if value.dotted in FALSE_NAMES else None
    if isinstance(value, (Mapping, Member, Instance, Imported)):
        return None
    if isinstance(value, (OBJECTS, HELPERS, CODE)):
        return True
    no_other(value)


def is_none(value: Value) -> bool | None:
    """Whether a value is None; None if that can't be known."""
    if isinstance(value, Const):
        return value.value is None
    if isinstance(value, Unknown):
        return False if value.fact in ("true", "not None") else None
    if isinstance(value, (Member, External, Imported)):
        return None
    if isinstance(value, (Mapping, Sequence, Instance, OBJECTS, HELPERS, CODE)):
        return False
    no_other(value)


def differ(one: Value, other: Value) -> bool:
    """Whether two values are known sessions, or known graphs, and different ones."""
    return one.__class__ == other.__class__ and isinstance(one, (Session, Graph)) and one != other
