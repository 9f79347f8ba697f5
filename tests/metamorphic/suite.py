"""The comparison of a program with what a transformation makes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.metamorphic.formatting import Reformat
from tests.metamorphic.importing import (
    ImportAndAssign,
    ImportAs,
    ImportCompat,
    ImportDotted,
    ImportFrom,
    ImportFromTensorflow,
    ImportPrivate,
    ImportRoot,
    ImportRootAs,
    ImportStandalone,
    ImportTfKeras,
    ReverseImports,
)
from tests.metamorphic.moving import (
    MoveBlockToFunction,
    MoveBlockToMethod,
    MoveToClosure,
    MoveToFunction,
    MoveToMethod,
)
from tests.metamorphic.naming import RenameDefinitions, RenameToTerms, RenameVariables
from tests.metamorphic.samples import Placed, Sample
from tests.metamorphic.splitting import Split
from tests.metamorphic.transformation import Transformation
from tests.metamorphic.wrapping import (
    InsertUnrelated,
    WrapBodyInFunction,
    WrapInIfTrue,
    WrapInTry,
    WrapModuleInFunction,
)

TRANSFORMATIONS: list[Transformation] = [
    Reformat(),
    RenameVariables(),
    RenameDefinitions(),
    RenameToTerms(),
    ReverseImports(),
    ImportFrom(),
    ImportAs(),
    ImportDotted(),
    ImportRoot(),
    ImportRootAs(),
    ImportAndAssign(),
    ImportCompat(),
    ImportStandalone(),
    ImportFromTensorflow(),
    ImportPrivate(),
    ImportTfKeras(),
    InsertUnrelated(),
    WrapInIfTrue(),
    WrapInTry(),
    WrapBodyInFunction(),
    WrapModuleInFunction(),
    Split(),
    MoveToClosure(),
    MoveToFunction(),
    MoveToMethod(),
    MoveBlockToFunction(),
    MoveBlockToMethod(),
]

# Of the codes of order, TFS101 to this one, a place has the most certain one.
_MOST_CERTAIN = "TFS103"


def disagreement(sample: Sample, text: str, *applied: Transformation) -> str | None:
    """How the findings of a changed text differ from those of the program; None if they don't."""
    free = frozenset().union(*(each.free for each in applied))
    before, after = (
        [found for found in findings if found.code not in free]
        for findings in (sample.findings, sample.check(text))
    )
    if any(each.joins for each in applied):
        lost = [found for found in before if not _is_among(found, after)]
        new = [found for found in after if not _is_among(found, before)]
    else:
        lost = list((Counter(before) - Counter(after)).elements())
        new = list((Counter(after) - Counter(before)).elements())
    if not lost and not new:
        return None
    names = ", ".join(each.name for each in applied)
    return f"{sample.name}: {names}: lost {_shown(lost)}, new {_shown(new)}"


def _is_among(found: Placed, others: Iterable[Placed]) -> bool:
    """Whether a finding is there at its statement, or a more certain one of its kind."""
    return any(
        not found.marks.isdisjoint(other.marks)
        and (other.code == found.code or found.code < other.code <= _MOST_CERTAIN)
        for other in others
    )


def _shown(findings: Iterable[Placed]) -> str:
    shown = [f"{found.code} {_at(found.marks)} with {_at(found.related)}" for found in findings]
    return ", ".join(dict.fromkeys(shown)) or "nothing"


def _at(marks: frozenset[str]) -> str:
    return "/".join(f"@{mark}" for mark in sorted(marks)) or "none"
