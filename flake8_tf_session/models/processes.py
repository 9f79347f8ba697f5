"""Processes that are forked: what starts one, and with which function and arguments."""

from __future__ import annotations

import ast

from ..domain import containers, escape
from ..domain.state import State
from ..domain.values import (
    ANY_ARGUMENTS,
    NONE,
    UNKNOWN,
    Arguments,
    Const,
    Executor,
    External,
    Routine,
    Thread,
    Value,
)
from ..rules.base import Site
from ..tensorflow.vocabulary import PROCESS_METHODS, START_METHODS, Role
from . import threads
from .threads import Start


def process(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """``Process(target=…, args=…, kwargs=…)``"""
    if not forks(site):
        escape.given(arguments.values(), state)
        return UNKNOWN
    started = threads.thread(site, known, arguments, state)
    return started.but(forks=True) if isinstance(started, Thread) else started


def pool(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """``Pool(processes, initializer, …)``"""
    return _executor(site, arguments.get("initializer", 1))


def process_executor(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """``ProcessPoolExecutor(max_workers, mp_context, initializer, …)``"""
    context = arguments.get("mp_context", 1)
    if context not in (None, NONE, External(_CONTEXT)):
        return UNKNOWN
    return _executor(site, arguments.get("initializer", 2))


def _executor(site: Site, initializer: Value | None) -> Value:
    """A pool of processes; unknown where each of them begins with a function of its own, which may
    load what they need, or where they may not be forked.
    """
    is_known = initializer in (None, NONE) and forks(site)
    return Executor(forks=True) if is_known else UNKNOWN


_CONTEXT = "multiprocessing.get_context()"


def context(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """``get_context("fork")``"""
    method = arguments.get("method", 0)
    if method == Const("fork") or (method in (None, NONE) and forks(site)):
        return External(_CONTEXT)
    return UNKNOWN


def forks(site: Site) -> bool:
    """Whether the program starts processes by a fork, as Linux does unless it is told otherwise."""
    is_explicit = site.dotted.startswith(_CONTEXT)
    return is_explicit or not site.flow.host.mentions(START_METHODS)


def call_executor(owner: Executor, name: str, arguments: Arguments, state: State) -> Value | Start:
    """Call a method of a pool, of processes or of threads.

    What processes are given is pickled: only what a function of a module finds is what it was.
    """
    if not owner.forks:
        return threads.call_executor(name, arguments, state)
    escape.given(arguments.values(), state)
    target = arguments.positional[0] if arguments.positional else UNKNOWN
    if name in PROCESS_METHODS and _is_of_module(target):
        return Start(target, ANY_ARGUMENTS, forks=True)
    return UNKNOWN


def _is_of_module(target: Value) -> bool:
    """Whether a function stands in a module itself, as one that is pickled has to."""
    return isinstance(target, Routine) and target.frames == (target.module,)


def parallel(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """``joblib.Parallel(n_jobs, backend=…)``: its own backend starts new processes."""
    if arguments.get("backend", 1) == Const("multiprocessing") and forks(site):
        return Executor(forks=True)
    return threads.parallel(site, known, arguments, state)


def call_parallel(owner: Executor, arguments: Arguments, state: State) -> Value | Start:
    """Let what ``joblib.Parallel`` returned run delayed calls; the first of them is known."""
    if not owner.forks:
        return threads.call_parallel(arguments, state)
    escape.given(arguments.values(), state)
    tasks = containers.iterate(arguments.positional[0])[0] if arguments.positional else UNKNOWN
    if isinstance(tasks, Thread) and _is_of_module(tasks.target):
        return Start(tasks.target, ANY_ARGUMENTS, forks=True)
    return UNKNOWN


def splits(site: Site) -> bool:
    """Whether it can be told from its number which process goes on after ``os.fork()``.

    Of tests only those for equality and truth are followed.
    """
    tests = (
        node
        for node in ast.walk(site.frame.function.anchor.node)
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], _ORDERING)
    )
    return not any(
        isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value in (0, 1)
        for test in tests
    )


_ORDERING = (ast.Gt, ast.GtE, ast.Lt, ast.LtE)
