"""Calls: of the project's functions and classes, of threads and managers, and of libraries."""

from __future__ import annotations

from ..domain import app_objects, escape, lookup, reachability
from ..domain.exits import Outcomes
from ..domain.facts import INSTANCE, OPEN
from ..domain.frame import Frame
from ..domain.frameworks import is_run
from ..domain.state import State
from ..domain.values import (
    NO_ARGUMENTS,
    PROPERTIES,
    UNKNOWN,
    Arguments,
    Class,
    Const,
    ExitStack,
    External,
    Instance,
    Mapping,
    Member,
    Method,
    Partial,
    Routine,
    Sequence,
    Super,
    Suspended,
    Unknown,
    Value,
)
from ..ir.nodes import Attribute, Call
from ..models import calls as models
from ..models import contexts, estimators, keras, processes, python, threads
from ..models.threads import Start
from ..rules.base import Site
from ..tensorflow.vocabulary import PROCESS_CLASSES, REGISTRARS, STACK_METHODS, role
from . import callbacks, withs
from .arguments import arguments_of
from .binding import rebind
from .execution import follow
from .flow import Flow, Started
from .processes import fork, run_process
from .threads import run_thread


def member(flow: Flow, value: Value, node: Attribute, state: State, frame: Frame) -> Outcomes:
    """Look up an attribute of a value; a property is executed."""
    kept = app_objects.attribute(value, node.attr, frame.module, state)
    found = lookup.attribute(value, node.attr, state) if kept is None else kept
    if found is None:
        return []
    if isinstance(found, Unknown) and isinstance(value, (Method, Partial)):
        escape.changed((value,), state)
    if isinstance(found, Method) and found.function.wrapper in PROPERTIES:
        bound = Method(found.function.wrapped(""), found.receiver)
        outcomes = follow(flow, bound, NO_ARGUMENTS, flow.place(frame, node), state, frame)
        if found.function.wrapper == "cached property" and isinstance(value, Instance):
            for result, after in outcomes:
                escape.used((result,), after)
                after.set(value.id, node.attr, escape.bounded(result, after))
        return outcomes
    return [(found, state)]


def call(flow: Flow, head: Value, node: Call, state: State, frame: Frame) -> Outcomes:
    """Call a value, or the attribute of it that the call's callee is."""
    flow.step(state, frame)
    func = node.func
    site = Site(flow, frame, flow.place(frame, node), node)
    outcomes: Outcomes = []
    passed = [argument.value for argument in node.arguments]
    for values, after in flow.evaluate_all(passed, state, frame):
        arguments = arguments_of(node, values)
        if not node.is_plain:
            # `*steps()` runs a generator.
            starred = zip(values, node.arguments)
            escape.given(
                (
                    each
                    for each, argument in starred
                    if argument.star and isinstance(each, Suspended)
                ),
                after,
            )
        callees: Outcomes = [(head, after)]
        if isinstance(func, Attribute):
            callees = member(flow, head, func, after, frame)
        for callee, ready in callees:
            if isinstance(head, Instance) and node.name == "start":
                _start_own(site, flow, head, ready)
            if isinstance(callee, Unknown) and isinstance(head, Instance) and _is_thread(head):
                # What else a thread's own methods do is nothing to it.
                outcomes.append((UNKNOWN, ready))
                continue
            if isinstance(callee, Unknown):
                escape.given((head,), ready)
                contexts.note_unknown_method(site, node, head, ready)
            if node.name.endswith(_REGISTRARS):
                outcomes.append((threads.register(site, arguments, ready), ready))
                continue
            for value, later in apply(flow, callee, arguments, site, ready):
                models.note_build_call(site, later)
                outcomes.append((value, later))
    return outcomes


_REGISTRARS = tuple(REGISTRARS)


def _is_thread(instance: Instance) -> bool:
    return is_run(instance.cls, "run")


def _start_own(site: Site, flow: Flow, thread: Instance, state: State) -> None:
    """Start a thread, or a process, of a class of the project's."""
    run = lookup.class_attribute(thread.cls, "run", state)
    if not isinstance(run, Routine):
        return
    method = Method(run, thread)
    if _is_thread(thread):
        escape.used((thread,), state)
        started = Started(method, NO_ARGUMENTS, site.chain, repeats=False)
        run_thread(flow, started, state, site.frame)
    elif lookup.derives_from(thread.cls, PROCESS_CLASSES) and processes.forks(site):
        run_process(flow, method, NO_ARGUMENTS, site.chain, state, site.frame)


def apply(flow: Flow, callee: Value, arguments: Arguments, site: Site, state: State) -> Outcomes:
    """Call a value with arguments that were evaluated."""
    while isinstance(callee, Partial):
        arguments = callee.arguments.followed_by(arguments)
        callee = callee.callee
    if isinstance(callee, (Routine, Method)):
        return follow(flow, callee, arguments, site.chain, state, site.frame)
    if isinstance(callee, Class):
        return _instantiate(flow, callee, arguments, site, state)
    if isinstance(callee, Member):
        return _call_member(flow, callee, arguments, site, state)
    if isinstance(callee, Instance):
        method = lookup.class_attribute(callee.cls, "__call__", state)
        if isinstance(method, Routine):
            bound = Method(method, callee)
            return follow(flow, bound, arguments, site.chain, state, site.frame)
    if isinstance(callee, External):
        key = arguments.positional[0] if arguments.positional else UNKNOWN
        kept = app_objects.got(callee, key, site.frame.module, state)
        if kept is not None:
            return [(kept, state)]
        if callee.dotted == "builtins.super":
            return [(lookup.super_of(arguments, site.frame), state)]
        if callee.dotted == "builtins.object.__new__":
            return _allocate_of(flow, arguments, site, state)
        known = role(callee.dotted)
        if known is not None and known.kind == "import":
            return [(_imported(flow, arguments, site), state)]
        if known is not None and known.kind == "fork":
            return fork(flow, site, state)
        if known is not None and known.kind == "exit":
            flow.stopped.append(state)
            flow.end_for_good((state,))
            return []
    return _call_library(flow, callee, arguments, site, state)


def _imported(flow: Flow, arguments: Arguments, site: Site) -> Value:
    """The module that ``import_module("package.module")`` returns; what importing it does is not
    followed.
    """
    name = arguments.positional[0] if len(arguments.positional) == 1 else UNKNOWN
    if not isinstance(name, Const) or not isinstance(name.value, str) or name.value[:1] in ".":
        return UNKNOWN
    importer = site.frame.function.anchor.source
    return flow.modules.module(importer, 0, name.value) or External(name.value)


def _call_member(
    flow: Flow, callee: Member, arguments: Arguments, site: Site, state: State
) -> Outcomes:
    """Call a method of something that is no object of the project's classes."""
    owner, name = callee.of, callee.name
    if isinstance(owner, (Sequence, Mapping)):
        value, changed = python.call_container(owner, name, arguments.values(), state)
        func = None if site.node is None else site.node.func
        if changed is not None and isinstance(func, Attribute):
            rebind(flow, func.value, owner, changed, state, site.frame)
        return [(value, state)]
    if isinstance(owner, Super) and name == "__new__":
        return _allocate_of(flow, arguments, site, state)
    if isinstance(owner, ExitStack) and name in STACK_METHODS and arguments.positional:
        return withs.enter_context(flow, site, owner, arguments.positional[0], state)
    building = estimators.building(owner, name, state)
    if building is not None:
        outcomes: Outcomes = []
        id_, function = building
        for built, after in apply(flow, function, NO_ARGUMENTS, site, state):
            estimators.set_model(id_, built, after)
            outcomes += _call_library(flow, callee, arguments, site, after)
        return outcomes
    told = callbacks.told(owner, name, arguments)
    if told:
        return callbacks.during(
            flow,
            callbacks.Call(owner, name, arguments, site, told),
            state,
            lambda each: _call_library(flow, callee, arguments, site, each),
        )
    return _call_library(flow, callee, arguments, site, state)


def _call_library(
    flow: Flow, callee: Value, arguments: Arguments, site: Site, state: State
) -> Outcomes:
    called = models.call(site, callee, arguments, state)
    if isinstance(called, Start):
        if called.forks:
            run_process(flow, called.target, called.arguments, site.chain, state, site.frame)
        else:
            run_thread(flow, Started(*called[:2], site.chain, called.repeats), state, site.frame)
            if isinstance(called.target, Suspended):
                escape.given((called.target,), state)
        return [(UNKNOWN, state)]
    return [(called, state)]


def _instantiate(
    flow: Flow, cls: Class, arguments: Arguments, site: Site, state: State
) -> Outcomes:
    new = lookup.class_attribute(cls, "__new__", state)
    if not isinstance(new, Routine) or cls.keras_base is not None:
        return _initialize(flow, _allocate(flow, cls, site, state), arguments, site, state)
    outcomes: Outcomes = []
    for value, after in follow(flow, Method(new, cls), arguments, site.chain, state, site.frame):
        if isinstance(value, Instance) and cls in value.cls.mro:
            outcomes += _initialize(flow, value, arguments, site, after)
        else:
            outcomes.append((value, after))
    return outcomes


def _allocate_of(flow: Flow, arguments: Arguments, site: Site, state: State) -> Outcomes:
    """``object.__new__(cls)``, or what it is as `super()`'s."""
    cls = arguments.positional[0] if arguments.positional else UNKNOWN
    if isinstance(cls, Class):
        return [(_allocate(flow, cls, site, state), state)]
    escape.given(arguments.values(), state)
    return [(UNKNOWN, state)]


def _allocate(flow: Flow, cls: Class, site: Site, state: State) -> Instance:
    """Make an object of a class of the project's, without its ``__init__``."""
    instance = Instance(flow.chains.intern(site.chain, cls.id), cls)
    state.store[instance.id] = {}
    state.mark(instance.id, INSTANCE)
    if not lookup.is_closed(cls, state):
        state.mark(instance.id, OPEN)
        if not reachability.is_seen(cls, state):
            escape.held((instance,), state)
    return instance


def _initialize(
    flow: Flow, instance: Instance, arguments: Arguments, site: Site, state: State
) -> Outcomes:
    """Call ``__init__``, the project's or Keras'."""
    cls = instance.cls
    is_seen = not lookup.is_closed(cls, state) and reachability.is_seen(cls, state)
    method = lookup.class_attribute(cls, "__init__", state)
    states = [state]
    if isinstance(method, Routine):
        flow.entries.note_created(site.chain, cls, method)
        bound = Method(method, instance)
        ends = follow(flow, bound, arguments, site.chain, state, site.frame)
        states = [after for _, after in ends]
    elif is_seen and cls.keras_base is not None and method is None:
        keras.build_instance(instance, arguments, state)
    elif method is not None or not lookup.is_closed(cls, state):
        escape.given(arguments.values(), state)
    for after in states:
        if cls.keras_base is not None:
            keras.create_instance(site, instance, cls.keras_base, after)
    return [(instance, after) for after in states]
