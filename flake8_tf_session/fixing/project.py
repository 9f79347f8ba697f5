"""A project's files and the findings that its configuration lets through: flake8's own answer."""

from __future__ import annotations

import argparse
import io
import os
import stat
import sys
from collections.abc import Sequence
from typing import NamedTuple

from flake8.checker import Manager
from flake8.exceptions import ExecutionError
from flake8.formatting.base import BaseFormatter
from flake8.main.application import Application
from flake8.utils import stdin_get_value
from flake8.violation import Violation

from ..plugin import Plugin
from ..project import is_below, leads_out
from ..settings import Settings

Place = tuple[str, int, int]
"""A finding of a file: its code, its line (from 1) and its column (from 0)."""


class ProjectError(Exception):
    """flake8 can't run; the text is one line."""


class Checked(NamedTuple):
    """What flake8 says.

    Attributes:
        settings: The plugin's options, from the configuration.
        findings: The findings that it reports, by the file's name.
        broken: A line for each file that could not be read or is no Python.
        left_out: A line for each file that was not even read.
    """

    settings: Settings
    findings: dict[str, list[Place]]
    broken: list[str]
    left_out: list[str]


def check(paths: Sequence[str], arguments: Sequence[str], stdin: bytes | None) -> Checked:
    """Run flake8, with this plugin alone, over files, folders or (``-``) a given text.

    Raises:
        ProjectError: its configuration or the paths are wrong.
    """
    if stdin is not None:
        # flake8 reads its standard input once in a process.
        stdin_get_value.cache_clear()
        sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    app = Application()
    try:
        app.initialize([*arguments, *paths])
        assert app.plugins is not None
        checkers = app.plugins.checkers
        own = [plugin for plugin in checkers.tree if plugin.obj is Plugin]
        app.plugins = app.plugins._replace(
            checkers=checkers._replace(tree=own, logical_line=[], physical_line=[])
        )
        collector = _Collector(app.options)
        app.formatter = collector
        app.make_guide()
        files = _Files(app.guide, app.plugins.checkers, [*arguments, *paths])
        app.file_checker_manager = files
        app.run_checks()
        app.report_errors()
    except ExecutionError as error:
        raise ProjectError(" ".join(str(error).split())) from error
    broken = [
        f"{filename}:{line}:{column + 1}: {text}"
        for filename, results, _ in files.results
        for code, line, column, text, _ in results
        if code in ("E902", "E999")
    ]
    return Checked(Plugin.settings, collector.findings, broken, files.left_out)


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


class _Files(Manager):  # type: ignore[misc]
    """Checks the files of the paths, but none that it must not, or can't, write."""

    filenames: tuple[str, ...]

    def start(self) -> None:
        """Find the files."""
        super().start()
        given = [os.path.realpath(path) for path in self.options.filenames]
        reasons = {path: _reason_against(path, given) for path in self.filenames}
        self.filenames = tuple(path for path, reason in reasons.items() if not reason)
        self.left_out = [
            f"{path}: not fixed: {reason}" for path, reason in reasons.items() if reason
        ]


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

    def handle(self, error: Violation) -> None:
        if error.code.startswith("TFS"):
            place = (error.code, error.line_number, error.column_number - 1)
            self.findings.setdefault(error.filename, []).append(place)
