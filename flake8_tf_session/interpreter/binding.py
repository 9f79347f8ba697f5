"""Assignment to names, attributes, items and tuples of them."""

from __future__ import annotations

from ..domain import app_objects, containers, escape, lookup, reachability
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import UNKNOWN, Class, DeviceCount, Instance, Mapping, Module, Sequence, Value
from ..ir.nodes import Assign, Attribute, Expression, Name, Subscript, Target, Unpack
from ..models import configs, python, threads
from ..rules.base import Site
from .flow import Flow


def scope(name: str, state: State, frame: Frame) -> int:
    """The owner of a name that is assigned."""
    function = frame.function
    if name in function.global_names:
        return frame.module
    if name in function.nonlocal_names:
        known = lookup.owner_of_name(name, state, frame)
        return frame.id if known is None else known
    return frame.id


def set_name(name: str, value: Value, state: State, frame: Frame) -> None:
    """Assign to a name."""
    owner = scope(name, state, frame)
    if owner != frame.id or frame.is_class_body:
        escape.used((value,), state)
    state.set(owner, name, escape.bounded(value, state))


def bind(
    flow: Flow, target: Target, value: Value, state: State, frame: Frame, node: Assign | None
) -> list[State]:
    """Assign a value to a target; ``node`` is the statement, where it is an assignment."""
    if isinstance(target, Name):
        set_name(target.id, value, state, frame)
        return [state]
    if isinstance(target, Attribute):
        return _set_attribute(flow, target, value, state, frame, node)
    if isinstance(target, Subscript):
        return _set_item(flow, target, value, state, frame)
    return _unpack(flow, target, value, state, frame)


def _set_attribute(
    flow: Flow, target: Attribute, value: Value, state: State, frame: Frame, node: Assign | None
) -> list[State]:
    states = []
    for owner, after in flow.evaluate(target.value, state, frame):
        if isinstance(owner, (Instance, Class)):
            escape.used((value,), after)
            after.set(owner.id, target.attr, escape.bounded(value, after))
        elif isinstance(owner, Module):
            escape.used((value,), after)
            flow.modules.rebind(owner, target.attr, value, after)
        elif not app_objects.set_attribute(owner, target.attr, value, frame.module, after):
            escape.changed((value,), after)
            site = Site(flow, frame, flow.place(frame, node))
            configs.set_attribute(site, owner, target.attr, value, after)
            threads.set_attribute(site, owner, target.attr, value, after)
        states.append(after)
    return states


def _set_item(
    flow: Flow, target: Subscript, value: Value, state: State, frame: Frame
) -> list[State]:
    states = []
    for values, after in flow.evaluate_all(operands(target), state, frame):
        index = values[-1] if target.index is not None else UNKNOWN
        if app_objects.set_item(values[0], index, value, frame.module, after):
            states.append(after)
            continue
        changed = python.set_item(values[0], index, value, after)
        if isinstance(changed, Mapping) or isinstance(values[0], DeviceCount):
            escape.held((value,), after)
        else:
            escape.changed((*values, value), after)
        if changed is not None:
            rebind(flow, target.value, values[0], changed, after, frame)
        states.append(after)
    return states


def rebind(
    flow: Flow, expression: Expression, before: Value, value: Value, state: State, frame: Frame
) -> None:
    """Give a variable or attribute the value that its list or dict was changed to.

    Whatever else holds that list or dict has the value then as well.
    """
    value = escape.bounded(value, state)
    is_known = reachability.change(before, value, state)
    if isinstance(expression, Attribute) or (isinstance(expression, Name) and not is_known):
        bind(flow, expression, value, state, frame, None)


def _unpack(flow: Flow, target: Unpack, value: Value, state: State, frame: Frame) -> list[State]:
    items: tuple[Value, ...]
    missing = len(target.targets) - len(value.items) if isinstance(value, Sequence) else -1
    if isinstance(value, Sequence) and value.items and not target.starred and missing >= 0:
        # Of what a loop or comprehension made, only the first is known.
        items = (*value.items, *[UNKNOWN] * missing)
    else:
        items = (iterate(value, state)[0],) * len(target.targets)
    states = [state]
    for inner, item in zip(target.targets, items):
        states = [later for each in states for later in bind(flow, inner, item, each, frame, None)]
    return states


def iterate(value: Value, state: State) -> tuple[Value, bool | None]:
    """What iterating gives, and whether it is empty: as `containers.iterate`."""
    item, empty = containers.iterate(value)
    if not isinstance(value, Mapping):
        containers.lose(value, item, state)
    return item, empty


def operands(target: Attribute | Subscript) -> list[Expression]:
    """What is evaluated before a target is set, in that order: its index last."""
    if isinstance(target, Attribute):
        return [target.value]
    index = [] if target.index is None else [target.index]
    return [target.value, *target.others, *index]
