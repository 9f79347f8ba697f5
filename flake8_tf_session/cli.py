"""The command ``flake8-tf-session``: fix what the linter finds, explain a rule, list the rules."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from . import __version__
from .catalogue import CODES
from .process import DONE, CommandError, carry_out

_FORMATS = ("text", "json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""

    def work() -> int:
        options = _parser().parse_args(arguments)
        code: int = options.run(options)
        return code

    return carry_out(work)


class _Parser(argparse.ArgumentParser):
    def _print_message(self, message: str, file: Any = None) -> None:
        # `argparse` says nothing where it can't be written.
        (file or sys.stderr).write(message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="flake8-tf-session", description=__doc__)
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
    fix.add_argument("--exclude", metavar="PATTERNS", help="not these, as flake8 has it")
    fix.add_argument("--extend-exclude", metavar="PATTERNS", help="nor these")
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
    # Importing it takes as long as fixing a file: the other commands need it not.
    from .fixing.command import fix

    return fix(options)


# --- explain, rules ----------------------------------------------------------------------------


def _explain(options: argparse.Namespace) -> int:
    # Whatever is imported above the commands is imported before an interrupt is one line.
    import importlib.resources

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
    import importlib.metadata

    metadata = importlib.metadata.metadata("flake8-tf-session")
    for url in metadata.get_all("Project-URL") or []:
        label, _, address = url.partition(", ")
        if label == "Documentation":
            return str(address).rstrip("/")
    return ""


def _rules(options: argparse.Namespace) -> int:
    # It needs what the fixer needs.
    from .as_json import of_rule

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
    from .fixing.table import FIXES

    fix = FIXES.get(code)
    return "none" if fix is None else "safe" if fix.safe else "unsafe"


if __name__ == "__main__":
    sys.exit(main())
