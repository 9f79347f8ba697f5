"""What a call of something that is no code of the project does to a path, told to the rules."""

from __future__ import annotations

from typing import Callable

from ..domain import escape, lookup, reachability
from ..domain.state import State
from ..domain.values import (
    UNKNOWN,
    Arguments,
    Config,
    Context,
    DeviceCount,
    Executor,
    ExitStack,
    External,
    Graph,
    Initializer,
    Instance,
    Keras,
    Member,
    Options,
    Saver,
    Sequence,
    Session,
    Super,
    Supervisor,
    Thread,
    Value,
)
from ..rules.base import Site
from ..tensorflow.vocabulary import (
    CONSUMING_METHODS,
    RUNNING_METHODS,
    SUPERVISOR_METHODS,
    THREAD_CLASSES,
    WINDOW_TOOLKITS,
    Role,
    role,
)
from . import (
    configs,
    contexts,
    estimators,
    initializers,
    keras,
    processes,
    python,
    runs,
    savers,
    sessions,
    threads,
)
from .threads import Start


def call(site: Site, callee: Value, arguments: Arguments, state: State) -> Value | Start:
    """Call something that is no function or class of the project, and no container.

    Returns:
        The value that it returns, or the thread that it starts.
    """
    values = arguments.values()
    if isinstance(callee, External):
        known = role(callee.dotted)
        if known is None and not site.flow.hearing:
            # Most calls: no rule hears of them.
            return _call_external(site, callee.dotted, arguments, state)
        site = site._replace(dotted=callee.dotted)
        for rule in site.flow.hearing:
            rule.called(site)
        if known is None:
            return _call_external(site, callee.dotted, arguments, state)
        if known.kind not in _FOLLOWED:
            escape.passed(values, state)
        return _ROLES[known.kind](site, known, arguments, state)
    if isinstance(callee, Member):
        return _call_member(site, callee, arguments, state)
    if isinstance(callee, Keras):
        # A layer or model that is called: the tensor depends on its weights and its inputs'.
        escape.passed(values, state)
        keras.apply(site, callee.ids, values, state)
        return runs.result(callee.ids, values)
    if isinstance(callee, Instance) and callee.cls.keras_kind is not None:
        escape.passed(values, state)
        keras.note_weights(frozenset((callee.id,)), state)
        return runs.result(frozenset((callee.id,)), values)
    if isinstance(callee, Executor):
        return processes.call_parallel(callee, arguments, state)
    initializer = initializers.initializer_in(Sequence(values, is_list=False))
    if initializer is not None:
        initializers.run_initializer(site, initializer, UNKNOWN, state)
    escape.given((callee, *values), state)
    return contexts.entered_by_name(site.node)


# Calls whose arguments are followed on in what they return, or used by nobody after them.
_FOLLOWED = (
    *("config", "export", "freeze", "options", "partial", "server", "session"),
    *("callback", "delayed", "framework", "handler decorator", "lambda callback", "parallel"),
    *("runner", "starter", "thread", "timer"),
)


def note_build_call(site: Site, state: State) -> None:
    """Tell the rules of a call of a building method, after whatever it did."""
    node = site.node
    if node is not None and node.name in site.flow.options.build_methods:
        for rule in site.flow.rules:
            rule.build_called(site, node.name, state)


def _call_external(site: Site, dotted: str, arguments: Arguments, state: State) -> Value:
    top, _, rest = dotted.partition(".")
    if top == "builtins":
        if rest in python.SEEING and not (rest == "vars" and arguments.positional):
            variables = state.attributes(site.frame.id).values()
            (escape.given if rest in ("eval", "exec") else escape.held)(variables, state)
        return python.call_builtin(rest, arguments, state)
    values = arguments.values()
    if top in ("tensorflow", "keras", "tf_keras"):
        # A session given to TensorFlow's own code is not registered there, but a config is used.
        escape.passed([value for value in values if value.__class__ is not Session], state)
        runs.note_sessions(dotted, values, state)
        return runs.result_of(dotted, values)
    if top in WINDOW_TOOLKITS:
        escape.held(values, state)
        # Windows and what is in them; of more calls in a row nobody needs to know.
        return External(f"{dotted}()") if "()" not in dotted else UNKNOWN
    if top in ("logging", "numpy", "os", "sys"):
        escape.passed(values, state)
    else:
        owner, _, name = dotted.rpartition(".")
        is_own = name == "__init__" and owner in THREAD_CLASSES
        if is_own and values and _is_thread(values[0], state):
            values = values[1:]
        escape.given(values, state)
    return UNKNOWN


def _call_member(site: Site, member: Member, arguments: Arguments, state: State) -> Value | Start:
    owner, name = member.of, member.name
    values = arguments.values()
    if isinstance(owner, Thread):
        return threads.call_thread(owner, name, state)
    if isinstance(owner, Executor):
        return processes.call_executor(owner, name, arguments, state)
    if isinstance(owner, Context):
        return contexts.call_context(owner, name, state)
    if isinstance(owner, ExitStack):
        return contexts.call_stack(owner, name, state)
    if isinstance(owner, (Graph, Initializer, Session)) or (
        isinstance(owner, Supervisor) and name in SUPERVISOR_METHODS
    ):
        escape.passed(values, state)
        return _call_tensorflow(site, member, arguments, state)
    if isinstance(owner, (Config, Options, DeviceCount)):
        escape.used((owner, *values), state)
        if name != "SerializeToString":
            escape.changed((owner,), state)
        return UNKNOWN
    if isinstance(owner, Super) and _is_known(owner, state):
        escape.passed(values, state)
        return UNKNOWN
    if isinstance(owner, Super) and name == "__init__" and _is_thread(owner.receiver, state):
        escape.given(values, state)
        return UNKNOWN
    if isinstance(owner, Saver):
        return savers.call_saver(site, owner, name, arguments, state)
    ids = lookup.keras_ids((owner,))
    if ids and name in RUNNING_METHODS:
        return runs.call_tensor(site, owner, name, arguments, state)
    if ids and not isinstance(owner, Super):
        value = keras.call_keras(site, ids, name, arguments, state)
        started = threads.consumed(arguments, state) if name in CONSUMING_METHODS else None
        return started or value
    escape.given((owner.receiver if isinstance(owner, Super) else owner, *values), state)
    return UNKNOWN


def _call_tensorflow(site: Site, member: Member, arguments: Arguments, state: State) -> Value:
    """Call a method of a session, graph, initializer or supervisor."""
    owner, name = member.of, member.name
    if isinstance(owner, Session):
        return sessions.call_session(site, owner, name, arguments, state)
    if isinstance(owner, Graph):
        return Context(owner) if name == "as_default" else UNKNOWN
    if isinstance(owner, Initializer):
        if name == "run":
            initializers.run_initializer(site, owner, arguments.get("session", 1), state)
        return UNKNOWN
    known = Role("session", name, SUPERVISOR_METHODS[name])
    return sessions.create_session(site, known, arguments, state)


def _is_known(owner: Super, state: State) -> bool:
    """Whether all that ``super()`` may lead to is Keras' own code, or the project's."""
    return isinstance(owner.receiver, Instance) and (
        owner.receiver.cls.keras_kind is not None or lookup.is_closed(owner.cls, state)
    )


def _is_thread(receiver: Value, state: State) -> bool:
    """Whether an object is a thread, which nobody has but who made it."""
    return isinstance(receiver, Instance) and reachability.is_seen(receiver.cls, state)


def _nothing(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return UNKNOWN


def _decorator(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    return External(f"{site.dotted}()")


_ROLES: dict[str, Callable[[Site, Role, Arguments, State], Value | Start]] = {
    "layer": keras.layer,
    "model": keras.model,
    "application": keras.application,
    "estimator": estimators.estimator,
    "load_model": keras.load_model,
    "save_model": keras.save_model,
    "backend weights": keras.backend_weights,
    "lambda callback": keras.lambda_callback,
    "set_session": sessions.set_session,
    "get_session": sessions.get_session,
    "clear_session": sessions.clear,
    "session": sessions.session,
    "monitored session": sessions.monitored_session,
    "creator": sessions.creator,
    "server": configs.server,
    "supervisor": sessions.supervisor,
    "thread": threads.thread,
    "timer": threads.timer,
    "partial": python.partial,
    "executor": threads.executor,
    "process": processes.process,
    "process pool": processes.pool,
    "process executor": processes.process_executor,
    "process context": processes.context,
    "parallel": processes.parallel,
    "exit stack": python.exit_stack,
    "framework": threads.framework,
    "handler decorator": threads.decorator,
    "starter": threads.starter,
    "callback": threads.callback,
    "runner": threads.runner,
    "delayed": threads.delayed,
    "config": configs.config,
    "options": configs.options,
    "graph": sessions.graph,
    "default graph": sessions.default_graph,
    "default session": sessions.default_session,
    "reset graph": sessions.clear,
    "initializer": initializers.initializer,
    "some initializer": initializers.some_initializer,
    "group": initializers.group,
    "global variables": initializers.global_variables,
    "saver": savers.saver,
    "export": savers.export,
    "freeze": savers.freeze,
    "training": runs.training,
    "memory growth": configs.memory_growth,
    "set environment": python.environment,
    "update environment": python.update_environment,
    "transparent decorator": _nothing,
    "decorator factory": _decorator,
    "cache": python.cache,
    "property": _nothing,
    "cached property": _nothing,
    "classmethod": _nothing,
    "staticmethod": _nothing,
    "contextmanager": _nothing,
}
