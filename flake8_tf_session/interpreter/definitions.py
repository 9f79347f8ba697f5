"""Definitions of functions and classes."""

from __future__ import annotations

from ..domain import escape
from ..domain.exits import Outcomes
from ..domain.facts import OPEN
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import (
    PROPERTIES,
    UNKNOWN,
    Arguments,
    Class,
    External,
    Instance,
    Method,
    Routine,
    Value,
)
from ..ir.nodes import Attribute, Call, ClassDef, Expression, Function, FunctionDef
from ..rules.base import Site
from ..tensorflow.vocabulary import ROUTE_DECORATORS, role
from .binding import set_name
from .calls import apply
from .flow import Flow
from .limits import BASES_LIMIT
from .tasks import bound, is_task


def function_def(flow: Flow, node: FunctionDef, state: State, frame: Frame) -> list[State]:
    after = []
    for decorators, decorated in flow.evaluate_all(node.decorators, state, frame):
        for routine, defined in routines(flow, node.function, decorated, frame):
            outcomes: Outcomes = [(routine, defined)]
            for decorator in reversed(decorators):
                outcomes = [
                    outcome
                    for value, each in outcomes
                    for outcome in _decorate(flow, decorator, value, node, each, frame)
                ]
            wrapped = (value for value, _ in outcomes if isinstance(value, Routine))
            own = next((each for each in wrapped if each.function is node.function), routine)
            task = is_task(node)
            if task:
                own = bound(own, node, defined, frame)
            flow.entries.define(node.function, own, frame, task)
            if any(map(_is_route, node.decorators)):
                flow.handlers[routine] = flow.place(frame, (node, "handler"))
            for value, each in outcomes:
                set_name(node.function.name, value, each, frame)
                after.append(each)
    return after


def routines(
    flow: Flow, function: Function, state: State, frame: Frame
) -> list[tuple[Routine, State]]:
    defaults = [parameter.default for parameter in function.parameters]
    given = [default for default in defaults if default is not None]
    found = []
    for values, after in flow.evaluate_all(given, state, frame):
        remaining = iter(values)
        bound = tuple(None if default is None else next(remaining) for default in defaults)
        routine = Routine(function, frame.module, frame.visible, frame.owner, bound)
        found.append((routine, after))
    return found


def _decorate(
    flow: Flow, decorator: Value, value: Value, node: FunctionDef, state: State, frame: Frame
) -> Outcomes:
    if isinstance(decorator, External) and isinstance(value, Routine):
        known = role(decorator.dotted)
        if known is not None and known.kind == "transparent decorator":
            return [(value, state)]
        if known is not None and known.kind in _WRAPPERS:
            return [(value.wrapped(known.kind), state)]
    if isinstance(decorator, Routine) and decorator.wrapper == "property":
        # `@layer.setter`: the property goes on as it is.
        return [(decorator, state)]
    if isinstance(decorator, (Class, Instance, Method, Routine)):
        site = Site(flow, frame, flow.place(frame, (node, decorator)))
        return apply(flow, decorator, Arguments((value,), (), True), site, state)
    escape.given((decorator, value), state)
    return [(UNKNOWN, state)]


_WRAPPERS = (*PROPERTIES, "cache", "classmethod", "staticmethod", "contextmanager")


def _is_route(decorator: Expression) -> bool:
    """Whether a decorator makes a function a request handler: ``@app.route("/predict")``."""
    return (
        isinstance(decorator, Call)
        and isinstance(decorator.func, Attribute)
        and decorator.func.attr in ROUTE_DECORATORS
    )


def class_def(flow: Flow, node: ClassDef, state: State, frame: Frame) -> list[State]:
    after = []
    expressions = [*node.decorators, *(base.value for base in node.bases)]
    expressions += [keyword.value for keyword in node.keywords]
    for values, defined in flow.evaluate_all(expressions, state, frame):
        first, last = len(node.decorators), len(node.decorators) + len(node.bases)
        bases = values[first:last]
        escape.given(values[last:], defined)
        id_ = flow.chains.intern(frame.id, node)
        cls = flow.host.same_class(Class(id_, node, _followed(bases)))
        defined.store[id_] = {}
        if node.decorators or node.keywords:
            # A decorator or metaclass may add attributes.
            defined.mark(id_, OPEN)
        body = Frame(id_, node.scope, frame.module, frame.visible, cls)
        body.is_entry = frame.is_entry
        body.chain = frame.chain
        body.exits = frame.exits.inner()
        for each in flow.block(node.scope.body, [defined], body):
            set_name(node.scope.name, cls, each, frame)
            flow.entries.define_class(cls, each, frame)
            after.append(each)
        frame.exits.raises += body.exits.raises
    return after


def _followed(bases: tuple[Value, ...]) -> tuple[Value, ...]:
    """Base classes; where they are derived from too many, the others are unknown."""
    followed: list[Value] = []
    count = 0
    for base in bases:
        count += len(base.mro) if isinstance(base, Class) else 1
        is_class = isinstance(base, (Class, External)) and count <= BASES_LIMIT
        followed.append(base if is_class else UNKNOWN)
    return tuple(followed)
