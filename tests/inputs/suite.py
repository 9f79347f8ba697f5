"""The inputs through the linter and the fixer: the part that the test and the command share."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.inputs.sources import Input, inputs
from tests.inputs.verdict import Verdict, judged


class Suite:
    """Judges inputs and keeps count.

    Attributes:
        answers: How often the linter gave each kind of answer, for each kind of input.
        fixed: How many inputs the fixer changed.
        work: The most that an input cost, and its number.
    """

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, str]] = Counter()
        self.fixed = 0
        self.work = (0, 0)

    @property
    def count(self) -> int:
        """How many inputs were judged."""
        return sum(self.answers.values())

    def run(
        self, count: int, seed: int, corpus: Path | None = None, first: int = 0
    ) -> Iterator[tuple[Input, Verdict]]:
        """Judge so many inputs; yields those with which something is wrong."""
        with tempfile.TemporaryDirectory() as workplace:
            for given in inputs(count, seed, corpus, Path(workplace), first):
                verdict = judged(given)
                self.answers[given.kind, verdict.answer] += 1
                self.fixed += verdict.fixes > 0
                self.work = max(self.work, (verdict.work, given.number))
                if not self.count % 500:
                    print(f"{self.count} inputs", file=sys.stderr, flush=True)
                if verdict.wrong:
                    yield given, verdict


def shrunk(given: Input) -> Input:
    """The input without the lines that need not be there for the same to be wrong."""
    wrong = kind(judged(given))
    size = max(1, given.text.count("\n") // 2)
    while True:
        lines = given.text.splitlines(keepends=True)
        start = 0
        while start < len(lines):
            less = given._replace(text="".join(lines[:start] + lines[start + size :]))
            if kind(judged(less)) == wrong:
                given, lines = less, less.text.splitlines(keepends=True)
            else:
                start += size
        if size == 1:
            return given
        size //= 2


def kind(verdict: Verdict) -> str:
    """What is wrong, without the places in the text."""
    lines = verdict.wrong.strip().splitlines()
    return " ".join([*lines[:1], *lines[-1:]]).split(":")[0]
