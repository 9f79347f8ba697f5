"""What TensorFlow makes of a program after the fixer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from flake8_tf_session import check_source
from flake8_tf_session.fixing import fix_source
from tests.programs.compare import SESSION
from tests.programs.judge import Judge, Unjudgeable


@dataclass
class Tally:
    """How many programs of each kind there were, why findings stayed, and what went wrong."""

    programs: int = 0
    changed: int = 0
    moved: int = 0
    mended: int = 0
    left: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [
            f"{self.programs:7} programs",
            f"{self.changed:7} changed by the fixer",
            f"{self.moved:7} of these in their order",
            f"{self.mended:7} of these failed before and run right now",
            f"{self.left:7} of these fail now too, with findings that say so",
            f"{len(self.wrong):7} wrong",
        ]
        lines += [f"{count:7} not fixed: {why}" for why, count in self.reasons.most_common()]
        return "\n".join(lines)


def examine(judge: Judge, source: str, tally: Tally) -> None:
    """Fix a program and run it before and after.

    A program that was right must be right, and one that was changed must not fail unless the
    linter still says that it does.
    """
    try:
        before = judge.judge(source)
    except Unjudgeable:
        return
    tally.programs += 1
    result = fix_source(source, unsafe=True)
    tally.reasons.update(refusal.reason for refusal in result.refused)
    if result.text == source:
        return
    tally.changed += 1
    tally.moved += any(finding.code.startswith("TFS1") for finding in result.fixed)
    try:
        after = judge.judge(result.text)
    except Unjudgeable as reason:
        tally.wrong.append(_report(f"can't be judged any more: {reason}", source, result.text))
        return
    left = [each for each in check_source(result.text) if each.code.startswith(SESSION)]
    if not after.failures:
        tally.mended += bool(before.failures)
    elif not before.failures:
        tally.wrong.append(_report(f"was right, and fails: {after}", source, result.text))
    elif left:
        tally.left += 1
    else:
        tally.wrong.append(_report(f"still fails: {after}", source, result.text))


def _report(what: str, before: str, after: str) -> str:
    return f"{what}\n--- before\n{before}\n--- after\n{after}"
