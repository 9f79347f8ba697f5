"""Fixing the files of a project."""

from __future__ import annotations

import contextlib
import difflib
import io
import sys
from collections.abc import Collection, Generator, Iterator, Sequence
from typing import NamedTuple

from tqdm import tqdm

from ..check import check_source
from ..process import in_workers
from ..settings import Settings
from .files import decoded, write
from .fixer import FixResult, fix_findings
from .project import Place


class Task(NamedTuple):
    """A file to be fixed: the findings of it that are, and what may be done."""

    path: str
    places: Sequence[Place]
    settings: Settings
    unsafe: bool
    writes: bool


class Outcome(NamedTuple):
    """What became of a file.

    Attributes:
        path: Its name.
        fixed: How many findings are gone.
        left: How many are not.
        changed: Whether its text is (or would be) another one.
        refusals: A line for each finding that stays, with the reason.
        diff: What changed, as a unified diff.
        error: Why it could not be read or written, in one line; empty if it could.
        result: The findings that are gone, and those that stay; None if it could not be fixed.
    """

    path: str
    fixed: int
    left: int
    changed: bool
    refusals: list[str]
    diff: str
    error: str = ""
    result: FixResult | None = None


def fix_text(text: str, task: Task) -> FixResult:
    """Fix a text: the findings of a task, no others."""
    places = set(task.places)
    findings = [
        finding
        for finding in check_source(text, task.path, task.settings)
        if (finding.code, finding.line, finding.column) in places
    ]
    return fix_findings(text, task.path, task.settings, findings, task.unsafe)


def fix_file(task: Task) -> Outcome:
    """Fix one file."""
    try:
        with open(task.path, "rb") as file:
            data = file.read()
        text, encoding = decoded(data)
        result = fix_text(text, task)
        if task.writes and result.text != text:
            write(task.path, data, result.text.encode(encoding))
    except OSError as error:
        reason = error.strerror or str(error)
        return _failed(task, reason)
    except (SyntaxError, UnicodeError) as error:
        return _failed(task, str(error))
    return outcome(task.path, text, result)


def _failed(task: Task, reason: str) -> Outcome:
    return Outcome(task.path, 0, len(task.places), False, [], "", f"{task.path}: {reason}")


def outcome(path: str, text: str, result: FixResult) -> Outcome:
    """What a result says of a file."""
    refusals = [
        f"{path}:{finding.line}:{finding.column + 1}: {finding.code} not fixed: {reason}"
        for finding, reason in result.refused
    ]
    return Outcome(
        path,
        len(result.fixed),
        len(result.refused),
        result.text != text,
        refusals,
        difference(path, text, result.text),
        result=result,
    )


def difference(path: str, before: str, after: str) -> str:
    """A unified diff, that `patch` takes."""
    # Not `splitlines`: a form feed ends no line.
    old, new = (io.StringIO(text, newline="\n").readlines() for text in (before, after))
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(old, new, path, path)
    )


class _Bar(tqdm):  # type: ignore[misc]
    """How far it is, on a terminal."""

    # No thread of its own: signals are for the one that writes files.
    monitor_interval = 0


def beside_the_bar() -> contextlib.AbstractContextManager[None]:
    """Take the bar away while something else is written, which then has lines of its own."""
    taken: contextlib.AbstractContextManager[None] = _Bar.external_write_mode(file=sys.stderr)
    return taken


def fix_files(tasks: Collection[Task], jobs: int) -> Generator[Outcome, None, None]:
    """Fix files, several at a time, in their order; a bar shows how far it is on a terminal."""
    with contextlib.ExitStack() as stack:
        outcomes: Iterator[Outcome]
        if jobs > 1 and len(tasks) > 1:
            outcomes = stack.enter_context(in_workers(fix_file, tasks, jobs))
        else:
            outcomes = map(fix_file, tasks)
        # `disable=None`: silent unless standard error is a terminal.
        yield from _Bar(outcomes, total=len(tasks), unit="file", leave=False, disable=None)
