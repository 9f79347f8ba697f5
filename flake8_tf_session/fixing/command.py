"""The command ``fix``: its files, what it says of each, and its exit code."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Sequence

from ..as_json import of_fixes
from ..catalogue import CODES
from ..process import DONE, TROUBLE, WOULD_CHANGE, CommandError
from ..settings import Settings
from .files import decoded
from .project import Checked, check
from .run import Outcome, Task, beside_the_bar, fix_files, fix_text, outcome
from .table import FIXES

_STDIN = "-"
_COLOURS = {"@": "\033[36m", "-": "\033[31m", "+": "\033[32m"}
_BOLD, _PLAIN = "\033[1m", "\033[0m"


def fix(options: argparse.Namespace) -> int:
    """Fix what the options ask for; the exit code."""
    select, ignore = _codes(options.select, "--select"), _codes(options.ignore, "--ignore")
    stdin = _read(options)
    checked = _check(options, stdin)
    writes = not (options.diff or options.check or stdin is not None)
    tasks = [
        Task(path, chosen, checked.settings, options.unsafe_fixes, writes)
        for path, places in sorted(checked.findings.items())
        for chosen in [[p for p in places if p[0] in FIXES and p[0].startswith(select)]]
        for chosen in [[p for p in chosen if not (ignore and p[0].startswith(ignore))]]
        if chosen
    ]
    if ignore and "TFS900".startswith(ignore):
        checked.not_analysed.clear()
    if stdin is not None:
        return _fix_stdin(stdin, tasks, checked, options)
    outcomes = []
    with contextlib.closing(fix_files(tasks, options.jobs)) as found:
        for each in found:
            outcomes.append(each)
            with beside_the_bar():
                _tell(each, options)
    return _end(outcomes, checked, options)


def _read(options: argparse.Namespace) -> bytes | None:
    """What is on standard input, if that is to be fixed.

    Raises:
        CommandError: the paths are wrong, or the output could not be told apart.
        OSError: a path can't be reached.
    """
    paths: Sequence[str] = options.paths
    if _STDIN in paths:
        if len(paths) > 1:
            raise CommandError("- stands alone: other paths can't be fixed with it")
        if options.format == "json" and not (options.diff or options.check):
            raise CommandError("- writes the new text: --format json needs --diff or --check")
        if sys.stdin is None:
            raise CommandError("standard input is closed")
        return sys.stdin.buffer.read()
    for path in paths:
        os.stat(path)
        if os.path.isdir(path) and not os.access(path, os.R_OK | os.X_OK):
            raise CommandError(f"{path}: Permission denied")
    return None


def _check(options: argparse.Namespace, stdin: bytes | None) -> Checked:
    """What flake8 says of the paths, or of what is on standard input."""
    if stdin is not None:
        try:
            decoded(stdin)
        except (SyntaxError, UnicodeError) as error:
            return Checked(Settings(), {}, [f"{options.stdin_display_name}: {error}"], [], [])
    arguments = [f"--stdin-display-name={options.stdin_display_name}", f"--jobs={options.jobs}"]
    arguments += [f"--config={options.config}"] if options.config else []
    arguments += ["--isolated"] if options.isolated else []
    arguments += [f"--exclude={options.exclude}"] if options.exclude else []
    arguments += [f"--extend-exclude={options.extend_exclude}"] if options.extend_exclude else []
    return check(options.paths, arguments, stdin)


def _fix_stdin(
    data: bytes, tasks: list[Task], checked: Checked, options: argparse.Namespace
) -> int:
    """Fix one text and write it, changed or not, to standard output."""
    after, outcomes = data, []
    if tasks and not checked.broken:
        text, encoding = decoded(data)
        result = fix_text(text, tasks[0])
        after = result.text.encode(encoding)
        outcomes = [outcome(options.stdin_display_name, text, result)]
    for each in outcomes:
        _tell(each, options)
    if not (options.diff or options.check):
        sys.stdout.buffer.write(after)
        sys.stdout.buffer.flush()
    return _end(outcomes, checked, options)


def _tell(each: Outcome, options: argparse.Namespace) -> None:
    """Say what became of a file: the diff on standard output, all else on standard error."""
    if options.diff and options.format == "text":
        diff = _coloured(each.diff) if _wants_colour() else each.diff
        sys.stdout.buffer.write(diff.encode("utf-8", "surrogateescape"))
        sys.stdout.flush()
    elif each.changed and not options.diff:
        print(f"{each.path}: {_count(each.fixed, 'finding')} {_verb(options)}", file=sys.stderr)
    for line in [each.error] if each.error else each.refusals:
        print(line, file=sys.stderr)


def _wants_colour() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def _coloured(diff: str) -> str:
    """A diff in the colours that git gives it."""
    lines = []
    for number, line in enumerate(diff.split("\n")):
        # The first two lines name the file.
        colour = _BOLD if number < 2 else _COLOURS.get(line[:1])
        lines.append(f"{colour}{line}{_PLAIN}" if line and colour else line)
    return "\n".join(lines)


def _end(outcomes: list[Outcome], checked: Checked, options: argparse.Namespace) -> int:
    errors = [*checked.left_out, *checked.broken, *checked.not_analysed]
    if options.format == "json":
        print(json.dumps(of_fixes(outcomes, errors), indent=2))
    for line in errors:
        print(line, file=sys.stderr)
    changed = [each for each in outcomes if each.changed]
    fixed = sum(each.fixed for each in changed)
    left = sum(each.left for each in outcomes)
    if outcomes:
        print(
            f"{_count(fixed, 'finding')} {_verb(options)} in {_count(len(changed), 'file')},"
            f" {left} not fixed",
            file=sys.stderr,
        )
    if checked.broken or checked.not_analysed or any(each.error for each in outcomes):
        return TROUBLE
    return WOULD_CHANGE if options.check and changed else DONE


def _verb(options: argparse.Namespace) -> str:
    return "would be fixed" if options.diff or options.check else "fixed"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _codes(text: str, option: str) -> tuple[str, ...]:
    """Codes or their beginnings, separated by commas."""
    codes = tuple(code.strip() for code in text.split(",") if code.strip())
    for code in codes:
        if not any(known.startswith(code) for known in CODES):
            raise CommandError(f"{option}: there is no code {code}")
    return codes
