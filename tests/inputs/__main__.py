"""Try many inputs: ``python -m tests.inputs --count 20000 --seed 0 [--corpus FOLDER]``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.inputs.suite import Suite, kind, shrunk


def main() -> int:
    """Try the inputs; print the counts, the time, and each input with which something is wrong.

    Of several with the same one is shown.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.inputs", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="how many inputs (20000)")
    parser.add_argument("--seed", type=int, default=0, help="where to start (0)")
    parser.add_argument("--first", type=int, default=0, help="the first one's number (0)")
    parser.add_argument("--corpus", type=Path, help="a folder of real code to damage as well")
    parser.add_argument("--no-shrink", action="store_true", help="show inputs as they are")
    options = parser.parse_args()
    if options.corpus is not None and not options.corpus.is_dir():
        parser.error(f"{options.corpus}: no folder")
    begun = time.perf_counter()
    suite = Suite()
    wrong = 0
    shown: set[str] = set()
    for given, verdict in suite.run(options.count, options.seed, options.corpus, options.first):
        wrong += 1
        print(f"--- input {given.number} ({given.kind}): {verdict.wrong}")
        if kind(verdict) not in shown:
            shown.add(kind(verdict))
            least = given if options.no_shrink else shrunk(given)
            print(f"{least.settings}, unsafe={least.unsafe}\n{least.text!r}\n")
        sys.stdout.flush()
    for (origin, answer), count in sorted(suite.answers.items()):
        print(f"{count:7} {origin}: {answer}")
    print(f"{suite.fixed:7} changed by the fixer")
    print(f"{suite.work[0]:,} calls and returns at most (input {suite.work[1]})")
    print(f"{suite.count:7} inputs, {wrong} wrong")
    print(f"{time.perf_counter() - begun:7.0f} seconds")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
