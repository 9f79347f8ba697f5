"""The fixes of single findings, for editors: a process that reads a request and writes an answer.

    python -m flake8_tf_session.quick_fixes < request.json

The request has the ``name`` and the ``text`` of a file, flake8's ``arguments``, and ``places``:
triples of code, line (from 1) and column (from 0). The answer is a list with an object for each
place whose finding can be fixed: its number in ``places``, the new ``text``, and whether the fix is
``safe``. It is a process of its own, like an editor's flake8, so that it runs in the folder of the
project, whose configuration flake8 reads.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from .check import check_source
from .fixing import fix_findings
from .fixing.project import ProjectError, check

Place = Sequence[Any]


def answers(
    name: str, text: str, arguments: Sequence[str], places: Sequence[Place]
) -> Iterator[dict[str, Any]]:
    """The fixes of a text's findings at some places."""
    options = [f"--stdin-display-name={name}", *arguments]
    settings = check(["-"], options, text.encode("utf-8", "surrogateescape")).settings
    findings = {
        (found.code, found.line, found.column): found
        for found in check_source(text, name, settings)
    }
    for number, place in enumerate(places):
        finding = findings.get(tuple(place))
        if finding is None:
            continue
        for safe in (True, False):
            fixed = fix_findings(text, name, settings, [finding], unsafe=not safe).text
            if fixed != text:
                yield {"place": number, "text": fixed, "safe": safe}
                break


def main() -> int:
    """Answer the request on standard input; the exit code."""
    try:
        json.dump(list(answers(**json.load(sys.stdin))), sys.stdout)
    except ProjectError as error:
        print(f"flake8-tf-session: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":  # pragma: no branch - it is a program, and nothing else
    sys.exit(main())
