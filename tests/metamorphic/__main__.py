"""Change every program in every way, then some in several: ``python -m tests.metamorphic``."""

from __future__ import annotations

import argparse
import random
import sys
import time

import libcst as cst

from tests.metamorphic.samples import Sample, samples
from tests.metamorphic.suite import TRANSFORMATIONS, disagreement
from tests.metamorphic.transformation import Transformation


def main() -> int:
    """Compare; print each disagreement, and what share of the programs was changed."""
    parser = argparse.ArgumentParser(prog="python -m tests.metamorphic", description=__doc__)
    parser.add_argument(
        "--count", type=int, default=1000, help="how many programs are changed twice (1000)"
    )
    parser.add_argument("--seed", type=int, default=0, help="which ones (0)")
    options = parser.parse_args()
    begun = time.perf_counter()
    programs = samples()
    wrong = pairs = 0
    for transformation in TRANSFORMATIONS:
        changed = places = 0
        for sample in programs:
            text, count = transformation.apply(sample.module)
            changed += count > 0
            places += count
            wrong += compare(sample, text, transformation)
        pairs += changed
        print(
            f"{transformation.name:26} {changed:4} of {len(programs)} programs, {places:5} places"
        )
    share = pairs / len(programs) / len(TRANSFORMATIONS)
    print(f"{pairs} changed programs, {share:.0%} of all pairs", flush=True)
    choose = random.Random(options.seed)
    for _ in range(options.count):
        sample = choose.choice(programs)
        first, second = choose.sample(TRANSFORMATIONS, 2)
        text, _ = first.apply(sample.module)
        text, _ = second.apply(cst.parse_module(text))
        wrong += compare(sample, text, first, second)
    print(f"{options.count} programs changed twice, {time.perf_counter() - begun:.0f} seconds")
    return 1 if wrong else 0


def compare(sample: Sample, text: str, *applied: Transformation) -> bool:
    """Whether the findings of the changed text differ; how is printed."""
    differs = disagreement(sample, text, *applied)
    if differs is not None:
        print(differs, flush=True)
    return differs is not None


if __name__ == "__main__":
    sys.exit(main())
