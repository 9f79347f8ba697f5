"""Run a command of Python's environment and write down what it asks of the system.

    python audited.py LOG flake8|fix|check ARGUMENTS

Each line of LOG is a JSON list, an event of Python's auditing and its argument: what was opened,
listed, imported, executed or connected to. The hook is inherited by worker processes that are
forked. Nothing is left out: to judge is the tests' part.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

# What may be done without a word: it touches no file, and starts no program.
QUIET = (
    "_thread.",
    "builtins.id",
    "compile",
    "object.",
    "sys.",
    "marshal.",
    "gc.",
    "code.",
    "array.",
)


def main(log: str, command: str, *arguments: str) -> int:
    """Record while a command runs; its exit status."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if not event.startswith(QUIET):
            os.write(handle, (json.dumps([event, described(event, given)]) + "\n").encode())

    sys.addaudithook(hook)
    if command == "flake8":
        from flake8.main.cli import main as flake8

        return flake8(list(arguments))
    if command == "fix":
        from flake8_tf_session.cli import main as tool

        return tool(["fix", *arguments])
    from flake8_tf_session import check_source

    (path,) = arguments
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for found in check_source(text, path):
        print(f"{path}:{found.line}:{found.column + 1}: {found.code} {found.message}")
    return 0


def described(event: str, given: tuple[Any, ...]) -> str:
    """The argument that says what an event is about."""
    if event == "exec":
        return str(given[0].co_filename)
    if event == "import":
        return str(given[0])
    first = given[0] if given else ""
    if isinstance(first, int):
        return f"<{first}>"  # a file that is open already
    return os.path.abspath(os.fsdecode(first)) if isinstance(first, (str, bytes)) else repr(first)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
