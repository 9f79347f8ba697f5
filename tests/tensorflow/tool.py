"""What the fixer makes of the fixtures, for the process that runs it on TensorFlow."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from flake8_tf_session.fixing import fix_source
from flake8_tf_session.fixing.table import FIXES


class Output(NamedTuple):
    """The text that the fixer makes of a ``bad.py``; or why it makes none, and then its text."""

    text: str
    refused: str | None


def outputs(root: Path) -> dict[str, Output]:
    """What the fixer makes of the fixtures of all rules that have a fix, by the files' names."""
    found = {}
    for path in sorted(root.glob("*/*/bad.py")):
        code = path.parts[-3]
        if code not in FIXES:
            continue
        result = fix_source(path.read_text(encoding="utf-8"), str(path), unsafe=True)
        reasons = [each.reason for each in result.refused if each.finding.code == code]
        refused = reasons[0] if reasons else None
        found[path.relative_to(root).as_posix()] = Output(result.text, refused)
    return found
