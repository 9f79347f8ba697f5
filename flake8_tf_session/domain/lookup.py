"""Names, attributes and classes: what a name means at one point of a path."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from functools import lru_cache

from ..ir.nodes import Attribute, Expression, Name
from ..tensorflow.vocabulary import (
    BACKEND_BUILTINS,
    BUILTINS,
    PLAIN_ATTRIBUTES,
    RUNNING_METHODS,
    is_module_member,
    is_tensorflow,
)
from . import escape
from .facts import GRAPH, GROWTH, OPEN, OPTIONS
from .frame import Frame
from .kinds import OBJECTS, no_other, truth
from .state import State
from .values import (
    FALSE,
    TRUE,
    UNKNOWN,
    Arguments,
    Class,
    Config,
    Const,
    Creator,
    DeviceCount,
    Executor,
    ExitStack,
    External,
    GlobalVariables,
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
    Server,
    Session,
    Super,
    Suspended,
    Target,
    Thread,
    Unknown,
    Value,
)

_BUILTINS = frozenset(dir(builtins))
# Those that no star import is taken to bring: TensorFlow and Keras have functions like `max`.
_OWN_BUILTINS = _BUILTINS - BUILTINS
# Attributes that every instance has, or through which it is changed unseen.
_INSTANCE_ATTRIBUTES = frozenset(("__class__", "__dict__", "__doc__", "__module__"))
_OPENING_METHODS = ("__getattr__", "__getattribute__", "__setattr__")
_STARS = "*"


# --- names ---


def name(id: str, state: State, frame: Frame) -> Value | None:
    """The value of a name; None where it was never set on this path, which then can't happen."""
    local = id in frame.function.local
    if local and not frame.is_class_body:
        # Most names: a variable of the function itself.
        value = state.get(frame.id, id)
        if value is None and frame.id != frame.module:
            return None
    else:
        owner = owner_of_name(id, state, frame)
        value = None if owner is None else state.get(owner, id)
    if value is not None:
        return state.shared.found(value, state) if value.__class__ is Imported else value
    if _is_unset_outside(id, state, frame):
        return None
    starred = None if id in _OWN_BUILTINS else from_star(id, frame.module, state)
    if starred is not None:
        return state.shared.found(starred, state) if isinstance(starred, Imported) else starred
    if id in _BUILTINS:
        return External(f"builtins.{id}")
    return None if local and frame.id == frame.module else UNKNOWN


def _is_unset_outside(id: str, state: State, frame: Frame) -> bool:
    """Whether a name is a variable of a function around, being executed, that was never set."""
    caller = frame.caller
    while caller is not None:
        if caller.id in frame.closure and id in caller.function.local:
            return state.get(caller.id, id) is None
        caller = caller.caller
    return False


def owner_of_name(id: str, state: State, frame: Frame) -> int | None:
    """The id of the frame in which a name is set, None if it is in none."""
    if id in frame.function.local and not frame.is_class_body:
        return frame.id if state.get(frame.id, id) is not None else None
    if id not in frame.function.global_names:
        for owner in (frame.id, *frame.closure):
            if state.get(owner, id) is not None:
                unset = owner == frame.module and _is_unset_outside(id, state, frame)
                return None if unset else owner
    return frame.module if state.get(frame.module, id) is not None else None


def star_import(module: External | Module, importer: int, state: State) -> None:
    """Remember ``from module import *`` in the module whose frame is ``importer``."""
    known = state.get(importer, _STARS)
    items = known.items if isinstance(known, Sequence) else ()
    state.set(importer, _STARS, Sequence((*items, module), is_list=False))


def from_star(id: str, importer: int, state: State) -> Value | None:
    """What a star import of a module brings under a name; None if it has no star import.

    Modules that import all from each other, in chains or circles, are looked through in a loop.
    """
    stars = state.get(importer, _STARS)
    if not isinstance(stars, Sequence):
        return None
    pending = list(stars.items)
    seen: set[Value] = set()
    while pending:
        module = pending.pop()
        if isinstance(module, External) and is_module_member(module.dotted, id):
            return External(f"{module.dotted}.{id}")
        if isinstance(module, Module) and module not in seen:
            seen.add(module)
            frame = state.shared.exporting(module, id, state)
            value = None if frame is None else state.get(frame, id)
            if value is not None and value != UNKNOWN:
                return value
            inner = None if frame is None or value is not None else state.get(frame, _STARS)
            if isinstance(inner, Sequence):
                pending += inner.items
    if (
        id in _BUILTINS
        and id not in BACKEND_BUILTINS
        and all(
            isinstance(item, Module)
            or (isinstance(item, External) and not is_tensorflow(item.dotted))
            for item in stars.items
        )
    ):
        return None
    # Any of the modules may have brought it; TensorFlow over a builtin, too.
    return UNKNOWN


# --- classes ---


def class_attribute(
    cls: Class, attr: str, state: State, behind: Class | None = None
) -> Value | None:
    """An attribute of a class, looked up in its MRO (only behind ``behind``, for ``super()``)."""
    classes = cls.mro
    if behind is not None:
        classes = classes[classes.index(behind) + 1 :] if behind in classes else ()
    for each in classes:
        value = state.get(each.id, attr)
        if value is not None:
            return value
    return None


def is_closed(cls: Class, state: State) -> bool:
    """Whether all attributes of its instances can be seen in the project."""
    for base in cls.outer_bases:
        if not isinstance(base, External) or base.dotted not in ("builtins.object", "abc.ABC"):
            return False
    return not any(
        state.get(each.id, attr) is not None
        for each in cls.mro
        for attr in (OPEN.name, *_OPENING_METHODS)
    )


def derives_from(cls: Class, names: Iterable[str]) -> bool:
    """Whether a class of a library is a base class, by its dotted name."""
    return any(External(name) in cls.outer_bases for name in names)


def super_of(arguments: Arguments, frame: Frame) -> Value:
    """The value of ``super()`` or ``super(cls, self)``."""
    if arguments.positional:
        if len(arguments.positional) == 2:
            cls, receiver = arguments.positional
            if isinstance(cls, Class) and isinstance(receiver, (Instance, Class)):
                return Super(cls, receiver)
        return UNKNOWN
    if frame.owner is not None and isinstance(frame.receiver, (Instance, Class)):
        return Super(frame.owner, frame.receiver)
    return UNKNOWN


# --- attributes ---


def attribute(value: Value, attr: str, state: State) -> Value | None:
    """An attribute of a value; None where it was never set on this path, which can't happen."""
    if value.__class__ is External:
        return _member(value.dotted, attr)
    if value.__class__ is Unknown:
        return UNKNOWN
    if isinstance(value, Instance):
        return _instance_attribute(value, attr, state)
    if isinstance(value, Module):
        return state.shared.found(Imported(value, attr), state)
    if isinstance(value, Class):
        found = class_attribute(value, attr, state)
        return UNKNOWN if found is None else _bound(found, None, value)
    if isinstance(value, Super):
        return _super_attribute(value, attr, state)
    if isinstance(value, Routine):
        is_setter = value.wrapper == "property" and attr in _PROPERTY_METHODS
        return value if is_setter else UNKNOWN
    if isinstance(value, (Sequence, Mapping, Thread, Executor, ExitStack)):
        return Member(value, attr)
    if isinstance(value, Member):
        # What a model's attributes hold is its own.
        if not isinstance(value.of, (Keras, Instance)) or value.name in PLAIN_ATTRIBUTES:
            return UNKNOWN
        return Member(value if attr in RUNNING_METHODS else value.of, attr)
    if isinstance(value, OBJECTS):
        return _object_attribute(value, attr, state)
    if isinstance(value, (External, Unknown, Const, Imported, Method, Partial, Suspended)):
        return UNKNOWN
    no_other(value)


_PROPERTY_METHODS = ("deleter", "setter")


@lru_cache(maxsize=4096)
def _member(dotted: str, attr: str) -> External:
    """What stands under a name in something imported."""
    return External(f"{dotted}.{attr}")


def _super_attribute(value: Super, attr: str, state: State) -> Value:
    """An attribute behind a class in the order of its receiver's classes."""
    receiver = value.receiver
    instance = receiver if isinstance(receiver, Instance) else None
    cls = receiver if isinstance(receiver, Class) else None
    if instance is not None:
        cls = instance.cls
    found = None if cls is None else class_attribute(cls, attr, state, behind=value.cls)
    return Member(value, attr) if found is None else _bound(found, instance, cls)


def _object_attribute(value: Value, attr: str, state: State) -> Value:
    """An attribute of an object of TensorFlow's or Keras' own."""
    if isinstance(value, Session) and attr == "graph":
        return state.fact(value.id, GRAPH) or UNKNOWN
    if isinstance(value, Config) and attr == "gpu_options":
        return state.fact(value.id, OPTIONS) or UNKNOWN
    if isinstance(value, Config) and attr == "device_count":
        return DeviceCount(value.id)
    if isinstance(value, Options) and attr == "allow_growth":
        return state.fact(value.id, GROWTH) or Const(False)
    if isinstance(value, Server):
        return Target(value.config) if attr == "target" else UNKNOWN
    if isinstance(value, (Creator, Target, GlobalVariables)):
        return UNKNOWN
    return Member(value, attr)


def _instance_attribute(instance: Instance, attr: str, state: State) -> Value | None:
    found = state.get(instance.id, attr)
    if found is not None:
        return found
    found = class_attribute(instance.cls, attr, state)
    if found is not None:
        return _bound(found, instance, instance.cls)
    if attr in _INSTANCE_ATTRIBUTES:
        if attr == "__dict__":
            state.mark(instance.id, OPEN)
            escape.held((instance,), state)
        return UNKNOWN
    if instance.cls.keras_kind is not None:
        return Member(instance, attr)
    if (
        any(attr in each.definition.assigned for each in instance.cls.mro)
        and not state.has(instance.id, OPEN)
        and is_closed(instance.cls, state)
    ):
        return None
    # Nothing in its classes' files assigns it: a subclass elsewhere brings it.
    state.set(instance.id, attr, UNKNOWN)
    return UNKNOWN


def _bound(found: Value, instance: Instance | None, cls: Class | None) -> Value:
    """Bind a class's attribute as Python does when it is read through an instance or class."""
    if not isinstance(found, Routine) or found.owner is None:
        return found
    if found.wrapper == "staticmethod":
        return found
    if found.wrapper == "classmethod":
        return found if cls is None else Method(found.wrapped(""), cls)
    return found if instance is None else Method(found, instance)


# --- conditions ---


def combine(values: tuple[Value, ...], is_and: bool) -> Value:
    """The value of ``and``/``or`` over operands that do nothing."""
    for value in values[:-1]:
        outcome = truth(value)
        if outcome is None:
            known = {truth(each) for each in values}
            if (not is_and) in known:
                return FALSE if is_and else TRUE
            return UNKNOWN
        if outcome != is_and:
            return value
    return values[-1]


def catches_all(type_: Expression | None) -> bool:
    """Whether an ``except`` clause catches whatever a program may raise."""
    return type_ is None or (isinstance(type_, Name) and type_.id in ("Exception", "BaseException"))


def keras_ids(values: Iterable[Value]) -> frozenset[int]:
    """The Keras objects whose weights stand behind values."""
    ids: frozenset[int] = frozenset()
    for value in values:
        if value.__class__ in escape.PLAIN:
            continue
        if isinstance(value, Keras):
            ids |= value.ids
        elif isinstance(value, Instance):
            if value.cls.keras_kind is not None:
                ids |= {value.id}
        elif isinstance(value, Member):
            if value.name not in PLAIN_ATTRIBUTES:
                ids |= keras_ids((value.of,))
        elif isinstance(value, Sequence):
            ids |= keras_ids(value.items)
        elif isinstance(value, Mapping):
            ids |= keras_ids(item for _, item in value.items)
    return ids


def spelled(expression: Expression) -> str:
    """The last name of an expression, empty where it has none."""
    if isinstance(expression, Attribute):
        return expression.attr
    return expression.id if isinstance(expression, Name) else ""
