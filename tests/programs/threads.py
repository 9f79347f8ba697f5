"""The threads that a program begins: real ones, each run to its end before the program goes on."""

from __future__ import annotations

import threading
import types
from collections.abc import Callable
from concurrent import futures
from typing import Any

from tests.programs.recorder import Starts, recorder


class _Begun(threading.Thread):
    """A thread that has ended when `start` returns: the order is the same in every run."""

    def start(self) -> None:
        failures: list[BaseException] = []
        self.run = _part(self.run, recorder.starts(), failures)  # type: ignore[method-assign]
        super().start()
        self.join()
        for failure in failures:
            raise failure


def _part(
    function: Callable[..., Any], starts: Starts, failures: list[BaseException]
) -> Callable[..., Any]:
    """What a thread does, known as a part of the program; a failure of it is the program's."""

    def part(*args: Any, **kwargs: Any) -> Any:
        recorder.in_thread(starts)
        try:
            return function(*args, **kwargs)
        except BaseException as failure:
            failures.append(failure)

    return part


class Thread(_Begun):
    """`threading.Thread`."""


class Timer(_Begun, threading.Timer):
    """`threading.Timer`."""


class ThreadPoolExecutor(futures.ThreadPoolExecutor):
    """That of `concurrent.futures`; what is submitted has ended when `submit` returns."""

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        failures: list[BaseException] = []
        part = _part(function, recorder.starts(), failures)
        future = super().submit(part, *args, **kwargs)
        futures.wait([future])
        for failure in failures:
            raise failure
        return future


class Flask:
    """A server of the web: it calls what handles its requests, twice, each in a thread."""

    def __init__(self, name: str) -> None:
        self.handlers: list[Callable[[], Any]] = []
        recorder.servers.append(self)

    def route(self, path: str, **options: Any) -> Callable[[Any], Any]:
        """A decorator of what handles requests."""

        def handles(function: Any) -> Any:
            self.handlers.append(function)
            return function

        return handles

    get = post = route

    def run(self, **options: Any) -> None:
        """Serve; requests come."""
        recorder.servers.remove(self)
        for handler in self.handlers * 2:
            Thread(target=handler).start()


def modules() -> dict[str, types.ModuleType]:
    """The modules that a program imports for its threads."""
    names: dict[str, dict[str, Any]] = {
        "threading": {"Thread": Thread, "Timer": Timer},
        "concurrent": {"futures": types.ModuleType("futures")},
        "flask": {"Flask": Flask},
    }
    names["concurrent"]["futures"].ThreadPoolExecutor = ThreadPoolExecutor
    made = {name: types.ModuleType(name) for name in names}
    for name, module in made.items():
        vars(module).update(names[name])
    return made
