"""The fixes of findings, for editors: a process that answers requests, a line of JSON each.

    python -m flake8_tf_session.quick_fixes

It is a process of its own, like an editor's flake8, so that it runs in the folder of the project,
whose configuration flake8 reads. It lives as long as the editor's server, so that only the first
request waits for what has to be imported.

A request has the ``name`` and the ``text`` of a file, flake8's ``arguments``, and what is wanted:

- ``propose``, places of findings (code, line from 1, column from 0): what could be made of each,
  from one analysis and without a proof. The answer's ``proposals`` has for each whether a fix is
  ``safe``, or why it is ``refused``; None for a finding that is not there or has no fix.
- ``fix``, one such place: the answer has the new ``text``, which is proven, or why it is
  ``refused``.
- ``fix_all``, true: the answer has the ``text`` in which everything is fixed that flake8 reports
  and that can safely be, and ``fixed``, how many findings that are.

What can't be answered is an ``error`` in one line.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from .check import check_source
from .findings import Finding
from .fixing import fix_findings
from .fixing.fixer import proposals
from .fixing.project import ProjectError, check, settings_of
from .fixing.run import Task, fix_text
from .fixing.table import FIXES
from .settings import Settings

Place = Sequence[Any]


def answer(
    name: str,
    text: str,
    arguments: Sequence[str],
    propose: Sequence[Place] = (),
    fix: Place = (),
    fix_all: bool = False,
) -> dict[str, Any]:
    """Answer a request."""
    options = [f"--stdin-display-name={name}", *arguments]
    try:
        if fix_all:
            return _all_fixed(name, text, options)
        settings = settings_of(options)
    except ProjectError as error:
        return {"error": str(error)}
    if fix:
        return _fixed(name, text, settings, fix)
    return {"proposals": _proposals(name, text, settings, propose)}


def _found(
    name: str, text: str, settings: Settings, places: Iterable[Place]
) -> list[Finding | None]:
    """The findings at some places that have a fix."""
    there = {
        (found.code, found.line, found.column): found
        for found in check_source(text, name, settings)
        if found.code in FIXES
    }
    return [there.get(tuple(place)) for place in places]


def _proposals(
    name: str, text: str, settings: Settings, places: Sequence[Place]
) -> list[dict[str, Any] | None]:
    found = _found(name, text, settings, places)
    made = proposals(text, settings, [each for each in found if each])
    return [next(made)._asdict() if each else None for each in found]


def _fixed(name: str, text: str, settings: Settings, place: Place) -> dict[str, Any]:
    (finding,) = _found(name, text, settings, [place])
    if finding is None:
        return {"refused": "the text has changed"}
    # Whoever chose it has read that it is not safe.
    result = fix_findings(text, name, settings, [finding], unsafe=True)
    return {"refused": result.refused[0].reason} if result.refused else {"text": result.text}


def _all_fixed(name: str, text: str, options: Sequence[str]) -> dict[str, Any]:
    checked = check(["-"], options, text.encode("utf-8", "surrogateescape"))
    places = [place for found in checked.findings.values() for place in found]
    result = fix_text(text, Task(name, places, checked.settings, unsafe=False, writes=False))
    return {"text": result.text, "fixed": len(result.fixed)}


def main() -> int:
    """Answer the requests on standard input until it ends; the exit code."""
    requests, answers = sys.stdin, sys.stdout
    # flake8's own standard input is the text of a request, and what a plugin may print no answer.
    with contextlib.redirect_stdout(sys.stderr):
        for line in requests:
            print(json.dumps(answer(**json.loads(line))), file=answers, flush=True)
    return 0


if __name__ == "__main__":  # pragma: no branch - it is a program, and nothing else
    sys.exit(main())
