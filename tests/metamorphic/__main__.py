"""Change every program in every way, then some in several: ``python -m tests.metamorphic``."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter

import libcst as cst

from tests.metamorphic.samples import Sample, samples
from tests.metamorphic.styles import PAIRS, STYLES, Style
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
    begun = time.perf_counter()
    wrong += respell(programs)
    print(f"{time.perf_counter() - begun:.0f} seconds")
    return 1 if wrong else 0


def respell(programs: list[Sample]) -> int:
    """Write the imports in each style, and from each in each other; how many are wrong."""
    changed = Counter[tuple[Style, Style]]()
    wrong = readable = 0
    for sample in programs:
        # From most styles the way to another ends in the same text.
        seen: set[tuple[str, frozenset[str]]] = set()
        styled = {style: style.respell(sample.text) for style in STYLES}
        readable += all(places for _, places in styled.values())
        for first, second in PAIRS:
            before, places = styled[first]
            text, places = second.respell(before) if places else ("", 0)
            changed[first, second] += places > 0
            case = text, first.free | second.free
            if places and case not in seen:
                seen.add(case)
                wrong += compare(sample, text, first, second)
    print(
        f"{len(PAIRS)} pairs of {len(STYLES)} styles of imports, {sum(changed.values())} changed "
        f"programs, {min(changed.values())} or more of {readable} a pair",
        end=", ",
    )
    return wrong


def compare(sample: Sample, text: str, *applied: Transformation) -> bool:
    """Whether the findings of the changed text differ; how is printed."""
    differs = disagreement(sample, text, *applied)
    if differs is not None:
        print(differs, flush=True)
    return differs is not None


if __name__ == "__main__":
    sys.exit(main())
