"""Threads: what starts one, and with which function and arguments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..domain import escape
from ..domain.state import State
from ..domain.values import (
    ANY_ARGUMENTS,
    UNKNOWN,
    Arguments,
    Executor,
    Mapping,
    Member,
    Method,
    Partial,
    Routine,
    Sequence,
    Thread,
    Value,
)
from ..rules.base import Site
from ..tensorflow.vocabulary import EXECUTOR_METHODS, Role


class Start(NamedTuple):
    """What a call returns that starts a thread: the function that it runs, and its arguments.

    Or a process that is forked (``forks``).
    """

    target: Value
    arguments: Arguments
    forks: bool = False


def call_thread(owner: Thread, name: str, state: State) -> Value | Start:
    """Call a method of a thread that is not started yet."""
    if name != "start":
        return UNKNOWN
    _start((owner,), owner.target, state)
    return Start(owner.target, owner.arguments, owner.forks)


def call_executor(name: str, arguments: Arguments, state: State) -> Value | Start:
    """Call a method of a pool of threads."""
    if name not in EXECUTOR_METHODS or not arguments.positional:
        return UNKNOWN
    target, *rest = arguments.positional
    _start(arguments.values(), target, state)
    passes = name in ("apply_async", "submit")
    return Start(target, arguments.but(positional=tuple(rest)) if passes else ANY_ARGUMENTS)


def _start(values: Iterable[Value], target: Value, state: State) -> None:
    """Let a thread run with values; what a function of the project does in it is followed."""
    while isinstance(target, Partial):
        target = target.callee
    known = isinstance(target, (Member, Method, Routine))
    (escape.held if known else escape.given)(values, state)


def thread(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    passed = _passed(arguments.get("args", 3), arguments.get("kwargs", 4), state)
    return Thread(arguments.get("target", 1) or UNKNOWN, passed)


def timer(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
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
    return Executor()


def route(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    site.flow.handlers[arguments.get("view", 1) or UNKNOWN] = site.chain
    return UNKNOWN
