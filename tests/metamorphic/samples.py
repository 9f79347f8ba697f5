"""The programs that are changed, with a mark on each statement by which a finding is known again.

A mark is a comment at the end of a statement's (or a compound statement's first) logical line. It
moves along with the statement, whatever a transformation or a formatter does to the text.
"""

from __future__ import annotations

import argparse
import io
import re
import tokenize
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import libcst as cst

from flake8_tf_session import Finding, Settings, check_source
from flake8_tf_session.tensorflow.versions import parse
from tests.conftest import CASES, FIXTURES, SOURCES, has_newer_syntax, options

FIXING = CASES.parent / "fixing" / "cases"
PROJECTS = CASES.parent / "projects"
_MARK = re.compile(r"@(\d+)")


class Placed(NamedTuple):
    """A finding by the marks of its statement, and of the other place that it names."""

    code: str
    marks: frozenset[str]
    related: frozenset[str]


class Sample:
    """One program: its name, its path, its marked text, and the options for it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = path.read_text(encoding="utf-8")
        self.text = marked(text)
        self.settings = _settings(options(text))

    @property
    def name(self) -> str:
        """The path within the tests or the fixtures."""
        root = FIXTURES if FIXTURES in self.path.parents else CASES.parent
        return self.path.relative_to(root).with_suffix("").as_posix()

    @cached_property
    def module(self) -> cst.Module:
        """The libcst tree of the marked text."""
        return cst.parse_module(self.text)

    @cached_property
    def findings(self) -> list[Placed]:
        """The findings of the program as it is."""
        return self.check(self.text)

    def check(self, text: str) -> list[Placed]:
        """The findings of a text in this program's place: codes and the marks of statements."""
        compile(text, self.name, "exec", dont_inherit=True)
        return placed(check_source(text, str(self.path), self.settings), text, str(self.path))


def samples() -> list[Sample]:
    """All cases, fixtures and files of the projects that this Python and libcst can read."""
    paths = [
        *SOURCES,
        *FIXING.glob("*.py"),
        *PROJECTS.rglob("*.py"),
    ]
    return [Sample(path) for path in sorted(paths) if _is_readable(path)]


def _is_readable(path: Path) -> bool:
    if has_newer_syntax(path):
        return False
    data = path.read_bytes()
    try:
        compile(data, path.name, "exec", dont_inherit=True)
    except SyntaxError:
        return False
    # What libcst can't parse, it can't change either.
    return b"expect: TFS900" not in data


def _settings(arguments: list[str]) -> Settings:
    """What a program's own flake8 arguments say; which codes are selected does not matter here."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--extend-select")
    parser.add_argument("--tf-session-build-methods", default=",".join(Settings().build_methods))
    parser.add_argument("--tf-session-all-unregistered", action="store_true")
    parser.add_argument("--tf-session-target", type=parse)
    found = parser.parse_args(arguments)
    return Settings(
        tuple(found.tf_session_build_methods.split(",")),
        found.tf_session_all_unregistered,
        found.tf_session_target,
    )


def marked(text: str) -> str:
    """The text with a mark on each logical line."""
    lines = text.split("\n")
    number = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NEWLINE:
            number += 1
            lines[token.start[0] - 1] += f"  # @{number}"
    return "\n".join(lines)


def placed(findings: Iterable[Finding], text: str, filename: str) -> list[Placed]:
    """The findings of a marked text by their codes and the marks of their logical lines.

    A line that has no mark (a formatter made two of one) has those of the next one in its block.
    """
    marks: dict[int, frozenset[str]] = {}
    pending: list[int] = []
    own: set[str] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in (tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER):
            if token.type == tokenize.DEDENT:
                pending = []
            continue
        pending += range(token.start[0], token.end[0] + 1)
        if token.type == tokenize.COMMENT:
            own.update(_MARK.findall(token.string))
        if token.type == tokenize.NEWLINE and own:
            marks.update((line, frozenset(own)) for line in pending if line not in marks)
            pending, own = [], set()
    found = []
    for finding in findings:
        related: frozenset[str] = frozenset()
        if finding.related is not None and finding.related.filename == filename:
            related = marks.get(finding.related.line, related)
        found.append(Placed(finding.code, marks.get(finding.line, frozenset()), related))
    return found
