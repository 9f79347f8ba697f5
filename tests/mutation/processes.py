"""Runs a module of the package with other text, and says whether a check noticed.

Each run is a fork of this process, which has imported what the package needs but never the package:
it imports it anew, the mutated module from memory. A run has a bound of work.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from types import CodeType, ModuleType
from typing import Any

import coverage

from tests.mutation.checks import Check, library_tests
from tests.mutation.mutants import PACKAGE

# Processor seconds of a run, and seconds after which one that waits for something is ended.
WORK, WAIT = 40, 1200
LIBRARY_TESTS = "the tests of the library"


class _Mutated(importlib.abc.Loader, importlib.abc.MetaPathFinder):
    """Imports one module from a text."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        where = str(PACKAGE.parent / f"{self.name.replace('.', '/')}.py")
        spec = importlib.util.spec_from_loader(fullname, self, origin=where)
        assert spec is not None
        return spec

    def exec_module(self, module: ModuleType) -> None:
        code: CodeType = compile(self.text, self.name, "exec")
        exec(code, module.__dict__)


def _forked(run: Callable[[], Any]) -> Any:
    """The result of a function in a process of its own; None if that was ended by its bounds."""
    assert "flake8_tf_session" not in sys.modules
    read, write = os.pipe()
    process = os.fork()
    if not process:
        os.close(read)
        resource.setrlimit(resource.RLIMIT_CPU, (WORK, WORK))
        signal.alarm(WAIT)
        try:
            result = run()
        except BaseException as error:
            result = f"{type(error).__name__} while it is imported"
        with os.fdopen(write, "w") as pipe:
            json.dump(result, pipe)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    os.waitpid(process, 0)
    return json.loads(text) if text else None


def survey(check: Check | None) -> tuple[dict[str, list[int]], float, bool]:
    """The lines of each module that a check executes, its seconds, and whether it passes.

    Without a check, the lines that an import of the package executes.
    """

    def run() -> tuple[dict[str, list[int]], float, bool]:
        measured = coverage.Coverage(data_file=None, config_file=False, source=[str(PACKAGE)])
        if check is None:
            measured.start()
        import flake8_tf_session.engine
        import flake8_tf_session.plugin  # noqa: F401

        begun = time.process_time()
        if check is not None:
            measured.start()
        passes = check is None or check.passes()
        measured.stop()
        seconds = time.process_time() - begun
        data = measured.get_data()
        lines = {
            os.path.relpath(file, PACKAGE)[: -len(".py")]: sorted(data.lines(file) or ())
            for file in data.measured_files()
        }
        return lines, seconds, passes

    result = _forked(run)
    if not isinstance(result, list):
        raise RuntimeError(f"{check.name if check else 'the import'}: {result}")
    lines, seconds, passes = result
    return lines, seconds, passes


def killer(module: str, text: str, checks: list[Check]) -> str | None:
    """What notices the text of a module; None if nothing does."""

    def run() -> str | None:
        name = "flake8_tf_session." + module.replace("/", ".")
        sys.meta_path.insert(0, _Mutated(name.removesuffix(".__init__"), text))
        for check in checks:
            if not check.passes():
                return check.name
        return None if library_tests() else LIBRARY_TESTS

    result = _forked(lambda: run() or "")
    if result is None:
        return "the bound of work"
    return str(result) or None
