"""Threads: what starts one, and with which function and arguments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..domain import containers, escape, lookup
from ..domain.frameworks import framework_of, names_run
from ..domain.state import State
from ..domain.values import (
    ANY_ARGUMENTS,
    NO_ARGUMENTS,
    NONE,
    UNKNOWN,
    Arguments,
    Class,
    Const,
    Executor,
    External,
    Instance,
    Mapping,
    Member,
    Method,
    Partial,
    Routine,
    Sequence,
    Suspended,
    Thread,
    Value,
)
from ..rules.base import Site
from ..tensorflow.vocabulary import (
    EXECUTOR_METHODS,
    GENERATOR_PARAMETERS,
    HANDLED_ATTRIBUTES,
    HANDLER_KINDS,
    REGISTRARS,
    Framework,
    Role,
)


class Start(NamedTuple):
    """What a call returns that starts a thread: the function that it runs, its arguments, and
    whether several threads run it. Or a process that is forked (``forks``).
    """

    target: Value
    arguments: Arguments
    repeats: bool = False
    forks: bool = False


def call_thread(owner: Thread, name: str, state: State) -> Value | Start:
    """Call a method of a thread that is not started yet."""
    if name != "start":
        return UNKNOWN
    _start((owner,), owner.target, state)
    return Start(owner.target, owner.arguments, forks=owner.forks)


def call_executor(name: str, arguments: Arguments, state: State) -> Value | Start:
    """Call a method of a pool of threads."""
    if name not in EXECUTOR_METHODS or not arguments.positional:
        return UNKNOWN
    target, *rest = arguments.positional
    _start(arguments.values(), target, state)
    if name in ("apply_async", "submit"):
        return Start(target, arguments.but(positional=tuple(rest)))
    return Start(target, ANY_ARGUMENTS, repeats=name != "apply")


def consumed(arguments: Arguments, state: State) -> Start | None:
    """What Keras runs in other threads when a model takes its batches from it: a generator, or the
    items of a `Sequence`.
    """
    workers = arguments.get("workers")
    processes = arguments.get("use_multiprocessing") or Const(False)
    if workers == Const(0) or processes != Const(False):
        escape.given((each for each in arguments.values() if isinstance(each, Suspended)), state)
        return None
    for name, position in GENERATOR_PARAMETERS:
        value = arguments.get(name, position)
        if isinstance(value, Suspended):
            return Start(value, NO_ARGUMENTS)
        if isinstance(value, Instance):
            item = lookup.class_attribute(value.cls, "__getitem__", state)
            if isinstance(item, Routine):
                return Start(Method(item, value), ANY_ARGUMENTS)
    return None


def _start(values: Iterable[Value], target: Value, state: State) -> None:
    """Let a thread run with values."""
    while isinstance(target, Partial):
        target = target.callee
    if isinstance(target, (Member, Method, Routine)):
        # When its function, which is followed, has ended, it keeps nothing alive.
        escape.used(values, state)
    else:
        escape.given(values, state)


def thread(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make ``threading.Thread(target=…, args=…)``."""
    passed = _passed(arguments.get("args", 3), arguments.get("kwargs", 4), state)
    return Thread(arguments.get("target", 1) or UNKNOWN, passed)


def timer(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make ``threading.Timer(interval, function, …)``."""
    passed = _passed(arguments.get("args", 2), arguments.get("kwargs", 3), state)
    return Thread(arguments.get("function", 1) or UNKNOWN, passed)


def _passed(positional: Value | None, keywords: Value | None, state: State) -> Arguments:
    """The arguments that a thread gets as a list and a dict."""
    positional = positional or Sequence((), is_list=False)
    keywords = keywords or Mapping(())
    if not isinstance(positional, Sequence) or not isinstance(keywords, Mapping):
        escape.changed((positional, keywords), state)
        return ANY_ARGUMENTS
    return Arguments(positional.items, keywords.named, complete=True)


def executor(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make a pool of threads."""
    return Executor()


def framework(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make an object that has functions run: ``Flask(__name__)``, ``FastAPI(lifespan=manager)``."""
    for name in HANDLER_KINDS[site.dotted][1].lifespans:
        manager = arguments.get(name)
        if isinstance(manager, Routine) and manager.wrapper == "contextmanager":
            site.flow.starters[manager] = site.chain
    escape.given(arguments.values(), state)
    return External(f"{site.dotted}()")


def decorator(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Call ``app.route`` with what it decorates, or with what it is to know of that."""
    function = arguments.positional[0] if arguments.positional else UNKNOWN
    if isinstance(function, (Routine, Method)):
        handle(site, function, HANDLER_KINDS[site.dotted][1], state)
        return function
    escape.given(arguments.values(), state)
    return External(site.dotted)


def starter(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Call ``app.on_event("startup")``, or what it returns with what it decorates."""
    function = arguments.positional[0] if arguments.positional else UNKNOWN
    if isinstance(function, Routine):
        site.flow.starters[function] = site.chain
        return function
    return External(f"{site.dotted}()") if function == Const("startup") else UNKNOWN


def callback(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Give a framework a function that it runs later: ``add_url_rule(rule, name, function)``."""
    used = HANDLER_KINDS[site.dotted][1]
    name, position = used.callbacks[known.name]
    function = arguments.get(name, position) or UNKNOWN
    handle(site, function, used, state)
    escape.given([value for value in arguments.values() if value != function], state)
    is_decorator = function == UNKNOWN and known.name in used.decorators
    return External(f"{site.dotted}()") if is_decorator else UNKNOWN


def runner(site: Site, known: Role, arguments: Arguments, state: State) -> Value | Start:
    """Let a framework run a function now, with arguments: ``asyncio.to_thread(work, model)``."""
    used = HANDLER_KINDS[site.dotted][1]
    name, position = used.runners[known.name]
    function = arguments.get(name, position) or UNKNOWN
    if not is_run(site, function, used):
        escape.given(arguments.values(), state)
        return UNKNOWN
    _start(arguments.values(), function, state)
    return Start(function, arguments.but(positional=arguments.positional[position + 1 :]))


def handle(site: Site, target: Value, used: Framework, state: State) -> None:
    """Note what a framework runs: a function, or the methods of an object."""
    escape.held((target,), state)
    if isinstance(target, Instance):
        for name in names_run(target.cls, used, state):
            method = lookup.attribute(target, name, state)
            if isinstance(method, Method):
                _note_handler(site, method, used)
        return
    _note_handler(site, target, used)


def _note_handler(site: Site, target: Value, used: Framework) -> None:
    if is_run(site, target, used):
        site.flow.handlers[target] = site.chain


def is_run(site: Site, target: Value, used: Framework) -> bool:
    """Whether a framework runs something in another thread, in a program as this one is."""
    function = target
    while isinstance(function, Partial):
        function = function.callee
    routine = function.function if isinstance(function, Method) else function
    is_coroutine = isinstance(routine, Routine) and routine.function.is_coroutine
    host = site.flow.host
    return (
        used.has_threads
        and (used.has_coroutines or not is_coroutine)
        and (not used.needs or host.mentions(frozenset(used.needs)))
        and not (used.lacks and host.mentions(frozenset(used.lacks)))
    )


def note_class(site: Site, cls: Class) -> None:
    """Note a class whose objects a framework makes, and whose methods it runs."""
    used = framework_of(cls)
    if used is not None and used.is_made_there and is_run(site, cls, used):
        site.flow.handlers[cls] = site.chain


def register(site: Site, arguments: Arguments, state: State) -> Value:
    """Call a function whose name ends as a framework's: the methods of what it gets are run."""
    name = "" if site.node is None else site.node.name
    for suffix, used in REGISTRARS.items():
        if name.endswith(suffix) and arguments.positional:
            handle(site, arguments.positional[0], used, state)
    escape.given(arguments.values()[1:], state)
    return UNKNOWN


def set_attribute(site: Site, owner: Value, name: str, value: Value, state: State) -> None:
    """Assign what is run to an attribute: ``client.on_message = function``."""
    dotted = f"{owner.dotted}.{name}" if isinstance(owner, External) else ""
    if dotted in HANDLED_ATTRIBUTES:
        handle(site, value, HANDLED_ATTRIBUTES[dotted], state)


def parallel(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """``joblib.Parallel``, if it has threads."""
    escape.given(arguments.values(), state)
    jobs = arguments.get("n_jobs", 0)
    has_jobs = jobs is not None and jobs not in (NONE, Const(1))
    threads = (
        arguments.get("backend", 1) == Const("threading")
        or arguments.get("prefer") == Const("threads")
        or arguments.get("require") == Const("sharedmem")
    )
    return Executor() if has_jobs and threads else UNKNOWN


def delayed(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """``joblib.delayed(function)``: called, it makes what a thread of `parallel` runs."""
    if site.dotted.endswith("()") and arguments.positional:
        target, *rest = arguments.positional
        return Thread(target, arguments.but(positional=tuple(rest)))
    return Partial(External(f"{site.dotted}()"), arguments)


def call_parallel(arguments: Arguments, state: State) -> Value | Start:
    """Let the threads of ``joblib.Parallel`` run what they are given; the first of it is known."""
    tasks = containers.iterate(arguments.positional[0])[0] if arguments.positional else UNKNOWN
    if not isinstance(tasks, Thread):
        escape.given(arguments.values(), state)
        return UNKNOWN
    return call_thread(tasks, "start", state)
