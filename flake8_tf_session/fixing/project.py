"""A project's files and the findings that its configuration lets through: flake8's own answer."""

from __future__ import annotations

import argparse
import functools
import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from flake8.checker import FileChecker, Manager
from flake8.discover_files import expand_paths
from flake8.exceptions import EarlyQuit, ExecutionError
from flake8.formatting.base import BaseFormatter
from flake8.main.application import Application
from flake8.plugins.finder import Checkers
from flake8.utils import stdin_get_value
from flake8.violation import Violation

from ..plugin import Plugin
from ..process import CommandError, in_workers
from ..settings import Settings
from ..text.folders import is_below, leads_out

# What ruff and black leave out beside what flake8 does: none of it is the project's own.
_FOREIGN = (
    ".direnv .git-rewrite .ipynb_checkpoints .mypy_cache .pants.d .pyenv .pytest_cache .pytype"
    " .ruff_cache .venv .vscode __pypackages__ _build buck-out build dist node_modules"
    " site-packages venv"
).split()

_Result = tuple[str, list[tuple[str, int, int, str, "str | None"]], dict[str, int]]

Place = tuple[str, int, int]
"""A finding of a file: its code, its line (from 1) and its column (from 0)."""


class ProjectError(CommandError):
    """flake8 can't run; the text is one line."""


class Checked(NamedTuple):
    """What flake8 says.

    Attributes:
        settings: The plugin's options, from the configuration.
        findings: The findings that it reports, by the file's name.
        broken: A line for each file that could not be read or is no Python.
        left_out: A line for each file that was not even read.
        not_analysed: A line for each finding that says so (TFS900).
    """

    settings: Settings
    findings: dict[str, list[Place]]
    broken: list[str]
    left_out: list[str]
    not_analysed: list[str]


def check(paths: Sequence[str], arguments: Sequence[str], stdin: bytes | None) -> Checked:
    """Run flake8, with this plugin alone, over files, folders or (``-``) a given text.

    Raises:
        ProjectError: its configuration or the paths are wrong.
    """
    if stdin is not None:
        # flake8 reads its standard input once in a process.
        stdin_get_value.cache_clear()
        sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    # What begins with a hyphen would be an option.
    paths = [
        os.path.join(os.curdir, path) if path.startswith("-") and path != "-" else path
        for path in paths
    ]
    app = _application([*arguments, *paths])
    collector = _Collector(app.options)
    app.formatter = collector
    app.make_guide()
    files = _Files(app.guide, app.plugins.checkers, [*arguments, *paths])
    app.file_checker_manager = files
    app.run_checks()
    app.report_errors()
    broken = [
        f"{filename}:{line}:{column + 1}: {text}"
        for filename, results, _ in files.results
        for code, line, column, text, _ in results
        if code in ("E902", "E999")
    ]
    return Checked(
        Plugin.settings,
        collector.findings,
        [*files.failed, *broken],
        files.left_out,
        collector.not_analysed,
    )


def _application(arguments: Sequence[str]) -> Application:
    """flake8 as it is configured, with this plugin alone.

    Raises:
        ProjectError: its configuration or the arguments are wrong.
    """
    app = Application()
    try:
        app.initialize(arguments)
    except ExecutionError as error:
        raise ProjectError(" ".join(str(error).split())) from error
    except Exception as error:
        # flake8 lets whatever reading a configuration raises through.
        raise ProjectError(f"flake8 can't start: {' '.join(str(error).split())}") from error
    assert app.plugins is not None
    checkers = app.plugins.checkers
    own = [plugin for plugin in checkers.tree if plugin.obj is Plugin]
    app.plugins = app.plugins._replace(
        checkers=checkers._replace(tree=own, logical_line=[], physical_line=[])
    )
    return app


def settings_of(arguments: Sequence[str]) -> Settings:
    """The plugin's options, from the configuration and flake8's arguments.

    Raises:
        ProjectError: they are wrong.
    """
    try:
        Application().initialize([*arguments, "-"])
    except ExecutionError as error:
        raise ProjectError(" ".join(str(error).split())) from error
    return Plugin.settings


_checking: tuple[Checkers, argparse.Namespace] | None = None
"""What a worker checks files with: it has it from its parent, if it was forked."""


def _begin_checking(arguments: Sequence[str]) -> None:
    global _checking
    if _checking is None:
        app = _application(arguments)
        _checking = app.plugins.checkers, app.options


def _checked(path: str) -> _Result:
    """What flake8 finds in a file."""
    assert _checking is not None
    plugins, options = _checking
    results: _Result = FileChecker(filename=path, plugins=plugins, options=options).run_checks()
    return results


class _Files(Manager):  # type: ignore[misc]
    """Checks the files of the paths, but none that it must not, or can't, write."""

    filenames: tuple[str, ...]
    jobs: int

    def start(self) -> None:
        """Find the files, each once."""
        given = self.options.filenames
        found = dict.fromkeys(path for named in given for path in self._files_of(named))
        real = [os.path.realpath(path) for path in given]
        reasons = {path: _reason_against(path, real) for path in found}
        self.left_out = [
            f"{path}: not fixed: {reason}" for path, reason in reasons.items() if reason
        ]
        self.filenames = _each_once([path for path, reason in reasons.items() if not reason])
        self.jobs = min(len(self.filenames), self.jobs)

    def run(self) -> None:
        """Check the files. What flake8 fails at (an encoding of bytes, say) is one file's trouble;
        to flake8 it is the end.
        """
        global _checking
        _checking = self.plugins, self.options
        self.failed: list[str] = []
        try:
            super().run()
        except (EarlyQuit, BrokenProcessPool):
            raise
        except Exception:
            self.results = [each for path in self.filenames for each in self._alone(path)]

    def run_parallel(self) -> None:
        """Check the files several at a time, in workers that end with this command."""
        begin = functools.partial(_begin_checking, self.argv)
        with in_workers(_checked, self.filenames, self.jobs, begin) as results:
            self.results = list(results)

    def _alone(self, path: str) -> Iterator[_Result]:
        """What flake8 finds in a file, if it does not fail."""
        try:
            yield _checked(path)
        except Exception as error:
            lines = str(error).strip().splitlines()
            self.failed.append(f"{path}: {': '.join([type(error).__name__, *lines[:1]])}")

    def _files_of(self, named: str) -> Iterator[str]:
        """The files of a path, without what others have put there."""
        is_environment = functools.cache(_is_environment)
        foreign = [name for name in _FOREIGN if name != os.path.basename(os.path.abspath(named))]
        for path in expand_paths(
            paths=[named],
            stdin_display_name=self.options.stdin_display_name,
            filename_patterns=self.options.filename,
            exclude=(*self.exclude, *foreign),
        ):
            if not any(map(is_environment, _folders_between(named, path))):
                yield path


def _folders_between(top: str, path: str) -> Iterator[str]:
    """The folders that a file stands in below another folder."""
    folder = os.path.dirname(path)
    while len(folder) > len(top.rstrip(os.sep) or os.sep):
        yield folder
        folder = os.path.dirname(folder)


def _is_environment(folder: str) -> bool:
    """Whether a folder is an environment of Python: what is there is installed."""
    return any(os.path.exists(os.path.join(folder, name)) for name in ("pyvenv.cfg", "conda-meta"))


def _each_once(paths: Sequence[str]) -> tuple[str, ...]:
    """Each file by one of its names: one that is no link, if there is one."""
    names: dict[object, str] = {}
    for path in sorted(paths, key=os.path.islink):
        try:
            status = os.stat(path)
        except OSError:
            names[path] = path
        else:
            names.setdefault((status.st_dev, status.st_ino), path)
    return tuple(path for path in paths if path in names.values())


def _reason_against(path: str, given: Sequence[str]) -> str:
    """Why a file is left out; empty if it is not, or is no file at all."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return ""
    if not stat.S_ISREG(mode):
        return "it is no regular file"
    real = os.path.realpath(path)
    if leads_out(path) and not any(is_below(real, folder) for folder in given):
        return "it is a link that leads out of the tree"
    return ""


class _Collector(BaseFormatter):  # type: ignore[misc]
    """Keeps the findings of this plugin that flake8 would print."""

    def __init__(self, options: argparse.Namespace | None) -> None:
        super().__init__(options)
        self.findings: dict[str, list[Place]] = {}
        self.not_analysed: list[str] = []

    def handle(self, error: Violation) -> None:
        if error.code == "TFS900":
            place = f"{error.filename}:{error.line_number}:{error.column_number}"
            self.not_analysed.append(f"{place}: {error.code} {error.text}")
        elif error.code.startswith("TFS"):
            found = (error.code, error.line_number, error.column_number - 1)
            self.findings.setdefault(error.filename, []).append(found)
