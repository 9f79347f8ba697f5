"""Run many random programs: ``python -m tests.programs --count 5000``.

With ``--fix`` each is fixed first, and run before and after.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.programs.compare import IMPLEMENTED, summary
from tests.programs.fixed import Tally, examine, examples
from tests.programs.judge import Judge
from tests.programs.suite import Disagreement, Suite


def main() -> int:
    """Run the programs; print the counts, the time, and each disagreement."""
    parser = argparse.ArgumentParser(prog="python -m tests.programs", description=__doc__)
    parser.add_argument("--count", type=int, default=5000, help="how many programs (5000)")
    parser.add_argument("--seed", type=int, default=0, help="where to start (0)")
    parser.add_argument(
        "--codes", help="the codes that count as implemented, with commas (those of the catalogue)"
    )
    parser.add_argument("--no-shrink", action="store_true", help="show programs as they are")
    parser.add_argument("--fix", action="store_true", help="fix them, run them before and after")
    parser.add_argument(
        "--all", action="store_true", help="show every disagreement, not one of each kind"
    )
    options = parser.parse_args()
    if options.fix:
        return fix(options.count, options.seed * 1_000_000)
    codes = frozenset(options.codes.split(",")) if options.codes else IMPLEMENTED
    begun = time.perf_counter()
    suite = Suite(Judge(), codes)
    start = options.seed * 1_000_000
    shown = 0
    while len(suite.comparisons) < options.count:
        try:
            suite.examples(
                min(50, options.count - len(suite.comparisons)), start, not options.no_shrink
            )
        except Disagreement as found:
            shown += 1
            print(f"--- {shown}\n{found}\n", flush=True)
            if not options.all:
                suite.known |= found.kinds
        start += 1000
        seconds = time.perf_counter() - begun
        print(f"{len(suite.comparisons)} programs, {seconds:.0f} s", file=sys.stderr, flush=True)
    for name, count in summary(suite.comparisons).items():
        print(f"{count:7} {name}")
    for reason, count in suite.left_out.most_common():
        print(f"{count:7} left out: {reason}")
    seconds = time.perf_counter() - begun
    print(f"{seconds:7.0f} seconds")
    return 1 if shown else 0


def fix(count: int, start: int) -> int:
    """Fix so many programs; print the counts and what went wrong."""
    begun = time.perf_counter()
    judge, tally = Judge(), Tally()
    for number, source in enumerate(examples(count, start), 1):
        wrong = len(tally.wrong)
        examine(judge, source, tally)
        for report in tally.wrong[wrong:]:
            print(f"--- {report}\n", flush=True)
        if not number % 50:
            seconds = time.perf_counter() - begun
            print(f"{number} programs, {seconds:.0f} s", file=sys.stderr, flush=True)
    print(f"{tally}\n{time.perf_counter() - begun:7.0f} seconds")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
