"""Run many random programs: ``python -m tests.programs --count 5000``.

With ``--record FILE`` what TensorFlow makes of them is kept, and ``--replay FILE`` lints them again
without TensorFlow. With ``--kinds threads,clear`` (or ``all``) they are about these kinds of
mistakes, too: see the folder ``kinds``. With ``--fix`` each is fixed first, and run before and
after.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.programs.compare import compare, summary
from tests.programs.fixed import Tally, examine
from tests.programs.generator import program
from tests.programs.judge import Judge
from tests.programs.kinds import KINDS
from tests.programs.suite import judged, shrunk
from tests.programs.verdict import recorded, recording


def main() -> int:
    """Run the programs; print the counts, the time, and each disagreement."""
    parser = argparse.ArgumentParser(prog="python -m tests.programs", description=__doc__)
    parser.add_argument("--count", type=int, default=5000, help="how many programs (5000)")
    parser.add_argument("--seed", type=int, default=0, help="where to start (0)")
    parser.add_argument("--jobs", type=int, default=2, help="processes that run programs (2)")
    parser.add_argument("--kinds", type=kinds, default=(), help=f"some of {', '.join(KINDS)}; all")
    parser.add_argument("--record", type=Path, metavar="FILE", help="keep what TensorFlow says")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="take what it said then")
    parser.add_argument("--no-shrink", action="store_true", help="show programs as they are")
    parser.add_argument("--fix", action="store_true", help="fix them, run them before and after")
    parser.add_argument(
        "--all", action="store_true", help="show every disagreement, not one of each kind"
    )
    options = parser.parse_args()
    begun = time.perf_counter()
    start = options.seed * 1_000_000
    if options.fix:
        return fix(options.count, start, options.kinds)
    left_out: Counter[str] = Counter()
    if options.replay:
        verdicts = recorded(options.replay)
    else:
        verdicts = judged(options.count, start, options.jobs, left_out, options.kinds)
    if options.record:
        verdicts = recording(options.record, verdicts)
    comparisons = []
    shown: set[str] = set()
    for verdict in verdicts:
        comparison = compare(verdict)
        comparisons.append(comparison)
        if comparison.disagreements and (options.all or not comparison.kinds <= shown):
            shown |= comparison.kinds
            if not options.no_shrink:
                comparison = shrunk(Judge(), comparison)
            print(f"--- program {len(comparisons)}\n{comparison.report()}\n", flush=True)
        if not len(comparisons) % 100:
            progress(len(comparisons), begun)
    for name, count in summary(comparisons).items():
        print(f"{count:7} {name}")
    for reason, count in left_out.most_common():
        print(f"{count:7} left out: {reason}")
    print(f"{time.perf_counter() - begun:7.0f} seconds")
    return 1 if shown else 0


def progress(programs: int, begun: float) -> None:
    """Say how far it is."""
    seconds = time.perf_counter() - begun
    print(f"{programs} programs, {seconds:.0f} s", file=sys.stderr, flush=True)


def kinds(text: str) -> tuple[str, ...]:
    """The kinds that an option names."""
    names = tuple(KINDS) if text == "all" else tuple(text.split(","))
    for name in names:
        if name not in KINDS:
            raise argparse.ArgumentTypeError(f"no such kind: {name}")
    return names


def fix(count: int, start: int, kinds: Sequence[str]) -> int:
    """Fix so many programs; print the counts and what went wrong."""
    begun = time.perf_counter()
    judge, tally = Judge(), Tally()
    for number in range(start, start + count):
        wrong = len(tally.wrong)
        examine(judge, program(number, kinds), tally)
        for report in tally.wrong[wrong:]:
            print(f"--- {report}\n", flush=True)
        if not (number + 1) % 50:
            progress(number + 1 - start, begun)
    print(f"{tally}\n{time.perf_counter() - begun:7.0f} seconds")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
