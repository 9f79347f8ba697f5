"""The flake8 plugin."""

from __future__ import annotations

import argparse
import ast
import gc
import sys
from collections.abc import Iterator
from configparser import RawConfigParser
from typing import TYPE_CHECKING, ClassVar

from flake8.exceptions import ExecutionError

from . import __version__
from .catalogue import CODES
from .check import check_tree
from .settings import Settings
from .tensorflow.versions import Version, parse

if TYPE_CHECKING:
    from flake8.options.manager import OptionManager

    from .text.project import Project


class Plugin:
    """Reports the findings of one file to flake8."""

    name = "flake8-tf-session"
    version = __version__
    settings: ClassVar[Settings] = Settings()
    # That of the files which one run of flake8 checks; None before the first.
    project: ClassVar[Project | None] = None
    # Of the modules that only some files need, and of those of projects, how many were there when
    # memory was frozen.
    frozen: ClassVar[int] = -1

    def __init__(self, tree: ast.Module, lines: list[str], filename: str) -> None:
        self._tree = tree
        self._text = "".join(lines)
        self._filename = filename

    @staticmethod
    def add_options(manager: OptionManager) -> None:
        """Declare the plugin's options; opt-in codes are off unless they are selected."""
        manager.add_option(
            "--tf-session-build-methods",
            metavar="names",
            default=",".join(Settings().build_methods),
            parse_from_config=True,
            comma_separated_list=True,
            help="Names of the methods whose call builds a Keras model (TFS102).",
        )
        manager.add_option(
            "--tf-session-all-unregistered",
            # Not `store_true`: of such an option flake8 reads the configuration itself, and a bad
            # value ends it with a traceback.
            action="store_const",
            const="yes",
            default="no",
            parse_from_config=True,
            help="Report sessions that are never registered even if they do not ask for growth.",
        )
        manager.add_option(
            "--tf-session-target",
            metavar="version",
            default=None,
            parse_from_config=True,
            help="The version of TensorFlow that the code must run on, 2.15 say (TFS501).",
        )
        manager.add_option(
            "--tf-session-follow-imports",
            metavar="yes|no",
            default="yes",
            parse_from_config=True,
            help="Whether to follow what a file imports from its own project.",
        )
        manager.extend_default_ignore(
            [code for code, entry in CODES.items() if not entry.on_by_default]
        )

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Take the options over.

        Raises:
            ExecutionError: one has a bad value; flake8 prints the text as one line.
        """
        from flake8.style_guide import Decision, DecisionEngine, Selected

        target = options.tf_session_target
        decisions = DecisionEngine(options)
        try:
            settings = Settings(
                build_methods=tuple(options.tf_session_build_methods),
                all_unregistered=_parse_switch(
                    "tf-session-all-unregistered", options.tf_session_all_unregistered
                ),
                target=None if target is None else _parse_target(target),
                follow_imports=_parse_switch(
                    "tf-session-follow-imports", options.tf_session_follow_imports
                ),
                follow_threads=decisions.decision_for("TFS401") is Decision.Selected,
                # Which pool a worker has is chosen where it is started.
                celery_prefork=decisions.was_selected("TFS402") is Selected.Explicitly,
                max_line_length=options.max_line_length,
            )
            settings.validate()
        except ValueError as error:
            raise ExecutionError(str(error)) from error
        cls.settings = settings
        cls.project = None

    def run(self) -> Iterator[tuple[int, int, str, type[Plugin]]]:
        """The findings as flake8 takes them: line from 1, column from 0, text and type."""
        if Plugin.project is None:
            from .text.project import Project

            Plugin.project = Project()
        project = Plugin.project
        # Until what stays is frozen: a collection would look through all of it.
        was_on = gc.isenabled()
        gc.disable()
        try:
            findings = check_tree(self._text, self._tree, self._filename, self.settings, project)
            loaded = ("flake8_tf_session.engine" in sys.modules) + ("libcst" in sys.modules)
            loaded += project.kept
            if loaded > Plugin.frozen:
                # What was imported stays, and what is known of modules: no collection of garbage
                # need ever look through so many objects.
                gc.freeze()
                Plugin.frozen = loaded
        finally:
            if was_on:
                gc.enable()
        for found in findings:
            yield found.line, found.column, f"{found.code} {found.message}", type(self)


def _parse_target(text: str) -> Version:
    try:
        return parse(text)
    except ValueError as error:
        raise ValueError(f"tf-session-target: {error}") from error


def _parse_switch(name: str, text: str) -> bool:
    try:
        return RawConfigParser.BOOLEAN_STATES[text.lower()]
    except KeyError:
        raise ValueError(f"{name}: {text!r} is neither yes nor no") from None
