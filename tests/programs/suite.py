"""Random programs through judge and linter: the part that the test and the command share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from hypothesis import HealthCheck, Phase, given, reject, seed, settings

from tests.programs.compare import IMPLEMENTED, Comparison, compare
from tests.programs.generator import programs
from tests.programs.judge import Judge, Unjudgeable

# Hypothesis varies what it has after the tenth example of a run; new ones show more.
FEW = 10


class Disagreement(AssertionError):
    """Linter and TensorFlow disagree on a program."""

    def __init__(self, report: str, kinds: frozenset[str]) -> None:
        super().__init__(report)
        self.kinds = kinds


class Suite:
    """Judges programs, each once, and keeps count."""

    def __init__(self, judge: Judge, codes: Collection[str] = IMPLEMENTED) -> None:
        self.judge = judge
        self.codes = codes
        self.seen: dict[str, Comparison | None] = {}
        self.comparisons: list[Comparison] = []
        self.left_out: Counter[str] = Counter()
        self.known: set[str] = set()  # kinds of disagreement already shown

    def look(self, source: str) -> Comparison | None:
        """Judge and lint one program; None if it shows nothing."""
        if source not in self.seen:
            try:
                verdict = self.judge.judge(source)
            except Unjudgeable as reason:
                self.left_out[str(reason)] += 1
                self.seen[source] = None
            else:
                self.seen[source] = compare(self.judge, verdict, self.codes)
        return self.seen[source]

    def examples(self, count: int, start: int, shrink: bool = True) -> None:
        """Try so many new programs; the first with a disagreement is shrunk and raised.

        Raises:
            Disagreement: the smallest such program that was found.
        """
        wanted = len(self.comparisons) + count
        while len(self.comparisons) < wanted:
            self._few(wanted, start, shrink)
            start += 1

    def _few(self, wanted: int, start: int, shrink: bool) -> None:
        """Try a few programs, until there are as many as wanted.

        Never fewer, however many are wanted still: the first of a run is always the same.
        """
        failing = False  # while hypothesis shrinks, nothing is counted

        @seed(start)
        @settings(
            max_examples=FEW,
            database=None,
            deadline=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, *([Phase.shrink] if shrink else [])],
        )
        @given(programs())
        def one(source: str) -> None:
            nonlocal failing
            if len(self.comparisons) == wanted and not failing:
                return
            again = source in self.seen
            comparison = self.look(source)
            if comparison is None:
                reject()
            if not again and not failing:
                self.comparisons.append(comparison)
            if comparison.disagreements and not kinds(comparison) <= self.known:
                failing = True
                raise Disagreement(comparison.report(), kinds(comparison))

        one()


def kinds(comparison: Comparison) -> frozenset[str]:
    """What the disagreements of a program are about."""
    return frozenset(
        text.split(" on line ")[0].split(" or class ")[0] for text in comparison.disagreements
    )
