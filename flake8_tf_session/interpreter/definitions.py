"""Definitions of functions and classes."""

from __future__ import annotations

from ..domain import escape, lookup
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
    Unknown,
    Value,
)
from ..ir.nodes import Attribute, Call, ClassDef, Constant, Expression, Function, FunctionDef
from ..models import threads
from ..rules.base import Site
from ..tensorflow.vocabulary import HANDLER_KINDS, ROUTE_DECORATORS, VERB_DECORATORS, VIEWS, role
from .binding import set_name
from .calls import apply
from .flow import Flow
from .limits import BASES_LIMIT
from .tasks import bound, is_task


def function_def(flow: Flow, node: FunctionDef, state: State, frame: Frame) -> list[State]:
    """Define a function and call its decorators."""
    after = []
    for decorators, decorated in flow.evaluate_all(node.decorators, state, frame):
        for routine, defined in routines(flow, node.function, decorated, frame):
            outcomes: Outcomes = [(routine, defined)]
            for decorator, spelled in zip(reversed(decorators), reversed(node.decorators)):
                for value, each in outcomes:
                    if _is_handler(decorator, spelled, node.function):
                        target = value if isinstance(value, Routine) else routine
                        _note_handler(flow, decorator, target, node, each, frame)
                outcomes = [
                    outcome
                    for value, each in outcomes
                    for outcome in _decorate(flow, decorator, value, node, each, frame)
                ]
            wrapped = (value for value, _ in outcomes if isinstance(value, Routine))
            own = next((each for each in wrapped if each.function is node.function), routine)
            _note_view(flow, own, node, defined, frame)
            task = is_task(node)
            if task:
                own = bound(own, node, defined, frame)
            flow.entries.define(node.function, own, frame, task)
            if len(outcomes) > 1 and any(value == routine for value, _ in outcomes):
                # What it is instead on some paths calls it: not worth paths for each function.
                outcomes = [(routine, each) for _, each in outcomes]
            for value, each in outcomes:
                set_name(node.function.name, value, each, frame)
                after.append(each)
    return after


def routines(
    flow: Flow, function: Function, state: State, frame: Frame
) -> list[tuple[Routine, State]]:
    """Make a function, with the defaults of its parameters evaluated now."""
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
        if known is not None and known.kind == "handler decorator":
            return [(value, state)]
        if known is not None and known.kind == "starter":
            site = Site(flow, frame, flow.place(frame, (node, "starter")))
            return apply(flow, decorator, Arguments((value,), (), True), site, state)
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


def _is_handler(decorator: Value, spelled: Expression, function: Function) -> bool:
    """Whether a decorator makes a function one that a framework runs: that of a known framework, or
    a route's of something unknown, whose coroutines may be run in the main thread.
    """
    known = role(decorator.dotted) if isinstance(decorator, External) else None
    if known is not None:
        return known.kind == "handler decorator"
    is_unknown = isinstance(decorator, (External, Unknown))
    return is_unknown and _is_route(spelled) and not function.is_coroutine


def _is_route(spelled: Expression) -> bool:
    """Whether a decorator is a route's by its name: ``@app.route(path)``, ``@app.post("/ask")``."""
    func = spelled.func if isinstance(spelled, Call) else spelled
    if not isinstance(func, Attribute):
        return False
    values = [each.value for each in spelled.arguments] if isinstance(spelled, Call) else []
    texts = [each.value for each in values if isinstance(each, Constant)]
    has_path = any(isinstance(text, str) and text[:1] == "/" for text in texts)
    return func.attr in ROUTE_DECORATORS or (func.attr in VERB_DECORATORS and has_path)


def _note_handler(
    flow: Flow, decorator: Value, target: Routine, node: FunctionDef, state: State, frame: Frame
) -> None:
    """Note what a framework is to run: a function as it is decorated so far."""
    site = Site(flow, frame, flow.place(frame, (node, "handler")))
    flow.handled.add(node.function)
    dotted = decorator.dotted if isinstance(decorator, External) else ""
    if dotted not in HANDLER_KINDS:
        flow.handlers[target] = site.chain
    elif not frame.is_class_body:
        threads.handle(site, target, HANDLER_KINDS[dotted][1], state)
    elif threads.is_run(site, target, HANDLER_KINDS[dotted][1]):
        flow.entries.run_elsewhere.add(node.function)


def _note_view(flow: Flow, routine: Routine, node: FunctionDef, state: State, frame: Frame) -> None:
    """Note a function that a framework runs by what it answers with: ``def view(request): …``.

    In a file that lists its views that list tells.
    """
    parameters = node.function.parameters
    is_one = parameters and parameters[0].name == "request" and frame.id == frame.module
    if not is_one or node.function in flow.handled or "urlpatterns" in frame.function.words:
        return
    for name in sorted(node.function.words):
        value = lookup.name(name, state, frame)
        used = VIEWS.get(value.dotted.rpartition(".")[0]) if isinstance(value, External) else None
        if used is not None:
            threads.handle(
                Site(flow, frame, flow.place(frame, (node, "handler"))), routine, used, state
            )
            return


def class_def(flow: Flow, node: ClassDef, state: State, frame: Frame) -> list[State]:
    """Define a class: its body is executed, and its decorators are called."""
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
            threads.note_class(Site(flow, frame, flow.place(frame, (node, "handler"))), cls)
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
