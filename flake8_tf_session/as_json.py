"""What the commands say, for programs: one shape for rules, findings and what became of files.

Lines count from 1, columns from 0 in characters, ends are exclusive, as in the library.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .catalogue import Entry
from .findings import Finding
from .fixing.run import Outcome


def of_rule(entry: Entry, fix: str) -> dict[str, Any]:
    """A rule, and whether its findings can be fixed."""
    return {
        "code": entry.code,
        "name": entry.name,
        "on_by_default": entry.on_by_default,
        "fix": fix,
        "summary": entry.summary,
    }


def of_finding(finding: Finding) -> dict[str, Any]:
    """A finding with its range, and the place that its message refers to, if any."""
    related = finding.related
    return {**finding._asdict(), "related": None if related is None else related._asdict()}


def of_fixes(outcomes: Iterable[Outcome], errors: Iterable[str]) -> dict[str, Any]:
    """What became of files, and a line for each that could not be read or was left out."""
    return {"files": [_of_file(each) for each in outcomes], "errors": list(errors)}


def _of_file(outcome: Outcome) -> dict[str, Any]:
    result = outcome.result
    return {
        "path": outcome.path,
        "changed": outcome.changed,
        "fixed": [of_finding(each) for each in result.fixed] if result else [],
        "not_fixed": [
            {**of_finding(finding), "reason": reason} for finding, reason in result.refused
        ]
        if result
        else [],
        "diff": outcome.diff,
        "error": outcome.error,
    }
