"""The command ``flake8-tf-session``: fix what the linter finds, explain a rule, list the rules."""

from __future__ import annotations

import argparse
import difflib
import importlib.metadata
import importlib.resources
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool

from . import __version__
from .as_json import of_fixes, of_rule
from .catalogue import CODES
from .fixing.files import decoded
from .fixing.project import Checked, ProjectError, check
from .fixing.run import Outcome, Task, fix_files, fix_text, outcome
from .fixing.table import FIXES

DONE, WOULD_CHANGE, TROUBLE = 0, 1, 2
"""The exit codes."""

_STDIN = "-"
_FORMATS = ("text", "json")


class CommandError(Exception):
    """The command can't be carried out; the text is one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        return code
    except (CommandError, ProjectError) as error:
        print(f"flake8-tf-session: {error}", file=sys.stderr)
        return TROUBLE
    except BrokenProcessPool:
        print("flake8-tf-session: a worker was killed; run it again", file=sys.stderr)
        return TROUBLE
    except BrokenPipeError:
        # Whoever read the output has read enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="flake8-tf-session", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    fix = commands.add_parser(
        "fix",
        help="mend what the linter finds",
        description="Mend what the linter finds. Files, excludes, per-file-ignores, noqa and the"
        " options are those of the project's flake8 configuration.",
        epilog="Exit codes: 0 done, 1 --check and something would change, 2 trouble.",
    )
    fix.add_argument("paths", nargs="+", metavar="PATH", help="file or folder; - is stdin")
    fix.add_argument("--diff", action="store_true", help="show what would change, change nothing")
    fix.add_argument("--check", action="store_true", help="change nothing; exit 1 if it would")
    fix.add_argument("--select", metavar="CODES", default="TFS", help="only these codes")
    fix.add_argument("--ignore", metavar="CODES", default="", help="not these codes")
    fix.add_argument("--unsafe-fixes", action="store_true", help="apply fixes that are not safe")
    fix.add_argument(
        "--stdin-display-name", metavar="NAME", default="stdin", help="the name of what - reads"
    )
    fix.add_argument("-j", "--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N")
    fix.add_argument("--format", choices=_FORMATS, default="text", help="json: for programs")
    fix.add_argument("--config", metavar="FILE", help="flake8's configuration")
    fix.add_argument("--isolated", action="store_true", help="no configuration")
    fix.set_defaults(run=_fix)

    explain = commands.add_parser("explain", help="what a rule finds, why, and what to do")
    explain.add_argument("rules", nargs="+", metavar="RULE", help="a code, or a rule's name")
    explain.set_defaults(run=_explain)

    rules = commands.add_parser("rules", help="list the rules")
    rules.add_argument("--format", choices=_FORMATS, default="text", help="json: for programs")
    rules.set_defaults(run=_rules)
    return parser


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"no number of processes: {text}")
    return int(text)


# --- fix ---------------------------------------------------------------------------------------


def _fix(options: argparse.Namespace) -> int:
    select, ignore = _codes(options.select, "--select"), _codes(options.ignore, "--ignore")
    stdin = None
    if _STDIN in options.paths:
        if len(options.paths) > 1:
            raise CommandError("- stands alone: other paths can't be fixed with it")
        if options.format == "json" and not (options.diff or options.check):
            raise CommandError("- writes the new text: --format json needs --diff or --check")
        stdin = sys.stdin.buffer.read()
    for path in options.paths:
        if path != _STDIN and not os.path.exists(path):
            raise CommandError(f"{path}: No such file or directory")
    arguments = [f"--stdin-display-name={options.stdin_display_name}", f"--jobs={options.jobs}"]
    arguments += [f"--config={options.config}"] if options.config else []
    arguments += ["--isolated"] if options.isolated else []
    checked = check(options.paths, arguments, stdin)
    writes = not (options.diff or options.check or stdin is not None)
    tasks = [
        Task(path, chosen, checked.settings, options.unsafe_fixes, writes)
        for path, places in sorted(checked.findings.items())
        for chosen in [[p for p in places if p[0].startswith(select)]]
        for chosen in [[p for p in chosen if not (ignore and p[0].startswith(ignore))]]
        if any(code in FIXES for code, _, _ in chosen)
    ]
    if stdin is not None:
        return _fix_stdin(stdin, tasks, checked, options)
    outcomes = []
    for each in fix_files(tasks, options.jobs):
        outcomes.append(each)
        _tell(each, options)
    return _end(outcomes, checked, options)


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
        sys.stdout.buffer.write(each.diff.encode("utf-8", "surrogateescape"))
        sys.stdout.flush()
    for line in [each.error] if each.error else each.refusals:
        print(line, file=sys.stderr)


def _end(outcomes: list[Outcome], checked: Checked, options: argparse.Namespace) -> int:
    errors = [*checked.left_out, *checked.broken]
    if options.format == "json":
        print(json.dumps(of_fixes(outcomes, errors), indent=2))
    for line in errors:
        print(line, file=sys.stderr)
    changed = [each for each in outcomes if each.changed]
    fixed = sum(each.fixed for each in changed)
    refused = sum(len(each.refusals) for each in outcomes)
    verb = "would be fixed" if options.diff or options.check else "fixed"
    if outcomes:
        print(
            f"{_count(fixed, 'finding')} {verb} in {_count(len(changed), 'file')},"
            f" {refused} not fixed",
            file=sys.stderr,
        )
    if checked.broken or any(each.error for each in outcomes):
        return TROUBLE
    return WOULD_CHANGE if options.check and changed else DONE


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _codes(text: str, option: str) -> tuple[str, ...]:
    """Codes or their beginnings, separated by commas."""
    codes = tuple(code.strip() for code in text.split(",") if code.strip())
    for code in codes:
        if not any(known.startswith(code) for known in CODES):
            raise CommandError(f"{option}: there is no code {code}")
    return codes


# --- explain, rules ----------------------------------------------------------------------------


def _explain(options: argparse.Namespace) -> int:
    package = importlib.resources.files("flake8_tf_session")
    codes = [_code_of(text) for text in options.rules]
    address = _documentation()
    for number, code in enumerate(codes):
        page = (package / "pages" / f"{code}.md").read_text(encoding="utf-8")
        print(("\n" if number else "") + page.rstrip("\n"))
        if address:
            print(f"\n{address}/rules/{code}.html")
    return DONE


def _code_of(text: str) -> str:
    """The code that is meant: by itself or by its rule's name, in any case.

    Raises:
        CommandError: there is none; the text says which is the nearest.
    """
    named = {entry.name: code for code, entry in CODES.items()}
    known = {**{code.lower(): code for code in CODES}, **named}
    wanted = text.lower()
    if wanted in known:
        return known[wanted]
    for word in difflib.get_close_matches(wanted, known, n=1):
        near = f"{known[word]} ({CODES[known[word]].name})"
        raise CommandError(f"there is no rule {text}; did you mean {near}?")
    raise CommandError(f"there is no rule {text}; 'flake8-tf-session rules' lists them")


def _documentation() -> str:
    """The address of the documentation, from the project's metadata; empty if it has none."""
    metadata = importlib.metadata.metadata("flake8-tf-session")
    for url in metadata.get_all("Project-URL") or []:
        label, _, address = url.partition(", ")
        if label == "Documentation":
            return str(address).rstrip("/")
    return ""


def _rules(options: argparse.Namespace) -> int:
    rows = [of_rule(entry, _fixable(entry.code)) for entry in CODES.values()]
    if options.format == "json":
        print(json.dumps(rows, indent=2))
        return DONE
    table = [("code", "name", "on by default", "fix", "summary")]
    for row in rows:
        on = "yes" if row["on_by_default"] else "no"
        table.append((str(row["code"]), str(row["name"]), on, str(row["fix"]), str(row["summary"])))
    widths = [max(map(len, column)) for column in zip(*table)]
    for line in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())
    return DONE


def _fixable(code: str) -> str:
    """Whether a rule's findings can be fixed: safe, unsafe or none."""
    fix = FIXES.get(code)
    return "none" if fix is None else "safe" if fix.safe else "unsafe"


if __name__ == "__main__":
    sys.exit(main())
