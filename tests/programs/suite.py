"""Random programs through TensorFlow: the part that the tests and the command share."""

from __future__ import annotations

import ast
import multiprocessing
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import count, islice

from tests.programs.compare import Comparison, compare
from tests.programs.generator import program
from tests.programs.judge import Judge, Unjudgeable
from tests.programs.verdict import Verdict

BATCH = 200
FEW_MORE = 20  # some can not be judged

_judge: Judge


def _begin() -> None:
    global _judge
    _judge = Judge()


def _judged(source: str) -> Verdict | str:
    try:
        return _judge.judge(source)
    except Unjudgeable as reason:
        return str(reason)


def judged(
    wanted: int, start: int, jobs: int, left_out: Counter[str], kinds: Sequence[str] = ()
) -> Iterator[Verdict]:
    """The first so many random programs from `start` that can be judged; counts the others."""
    numbers = count(start)
    write = partial(program, kinds=kinds)
    # A process that has TensorFlow's threads must not be forked by chance; one that can't begin is
    # an error, not tried for ever.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _begin) as pool:
        while wanted:
            some = map(write, islice(numbers, min(BATCH, wanted + FEW_MORE)))
            for verdict in pool.map(_judged, some):
                if isinstance(verdict, str):
                    left_out[verdict] += 1
                elif wanted:
                    wanted -= 1
                    yield verdict


def shrunk(judge: Judge, comparison: Comparison) -> Comparison:
    """The same disagreement in as small a program as can be made by leaving out statements."""
    smaller = True
    while smaller:
        smaller = False
        for lines in _with_less(comparison.verdict.source.split("\n")):
            source = "\n".join(lines)
            try:
                ast.parse(source)
                found = compare(judge.judge(source))
            except (SyntaxError, Unjudgeable):
                continue
            if comparison.kinds & found.kinds:
                comparison, smaller = found, True
                break
    return comparison


def _with_less(lines: Sequence[str]) -> Iterator[list[str]]:
    """The program without one statement, and without the head of one that has a body."""
    for at, line in enumerate(lines):
        end = at + 1
        while end < len(lines) and (not lines[end] or _depth(lines[end]) > _depth(line)):
            end += 1
        yield [*lines[:at], *lines[end:]]
        if end > at + 1:
            yield [*lines[:at], *(inner[4:] for inner in lines[at + 1 : end]), *lines[end:]]


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
