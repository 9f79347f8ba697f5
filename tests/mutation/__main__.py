"""Try mutants of the engine and the rules: ``python -m tests.mutation --sample 200 --seed 1``.

Each mutant that no check notices is printed as a line of survivors.tsv, the reason left open,
unless that file has it, with the reason why it is no mistake.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from hashlib import sha256
from pathlib import Path

from tests.mutation.checks import checks
from tests.mutation.mutants import MODULES, Key, Mutant, mutants_of
from tests.mutation.processes import LIBRARY_TESTS, killer, survey

SURVIVORS = Path(__file__).with_name("survivors.tsv")


def listed() -> dict[Key, str]:
    """The mutants that are known to survive, with the reason."""
    rows = [line.split("\t") for line in SURVIVORS.read_text(encoding="utf-8").splitlines()[1:]]
    return {Key(*row[:-1]): row[-1] for row in rows}


def main() -> int:
    """Try the mutants; print the survivors and the share that was killed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--sample", type=int, metavar="N", help="N mutants at random (all)")
    parser.add_argument("--seed", type=int, default=0, help="which ones (0)")
    parser.add_argument("--modules", help="only these, with commas: interpreter/flow,rules/order")
    parser.add_argument("--listed", action="store_true", help="the ones in survivors.tsv")
    options = parser.parse_args()
    modules = options.modules.split(",") if options.modules else MODULES
    mutants = [mutant for module in modules for mutant in mutants_of(module)]
    known = listed()
    stale = {key for key in known if key.module in modules} - {each.key for each in mutants}
    for key in sorted(stale):
        print("no mutant any more:", *key, sep="\t")
    print(f"{len(mutants)} mutants", file=sys.stderr, flush=True)
    if options.listed:
        mutants = [mutant for mutant in mutants if mutant.key in known]
    if options.sample is not None and options.sample < len(mutants):
        # The same ones as long as their statements stay the same, whatever else changes.
        mutants.sort(key=lambda mutant: sha256(repr((options.seed, mutant.key)).encode()).digest())
        del mutants[options.sample :]
    with tempfile.TemporaryDirectory() as folder:
        survivors = tried(mutants, known, Path(folder))
    count, killed = len(mutants), len(mutants) - len(survivors)
    reasons = sum(1 for key in survivors if known.get(key))
    print(f"{killed} of {count} killed, {reasons} of {len(survivors)} survivors have a reason")
    if count > reasons:
        print(f"{killed / count:.1%} of all, {killed / (count - reasons):.1%} of the others")
    return 1 if stale or reasons < len(survivors) else 0


def tried(mutants: list[Mutant], known: dict[Key, str], folder: Path) -> list[Key]:
    """Try mutants; those that survive."""
    imported, _, _ = survey(None)
    surveyed = []
    for check in checks(folder):
        lines, seconds, passes = survey(check)
        if not passes:
            raise SystemExit(f"{check.name} fails without a mutant")
        surveyed.append((check, {name: set(each) for name, each in lines.items()}, seconds))
    work = sum(seconds for _, _, seconds in surveyed)
    print(f"{len(surveyed)} checks, {work:.0f} s", file=sys.stderr, flush=True)
    kills: Counter[tuple[str, str]] = Counter()
    survivors = []
    for number, mutant in enumerate(mutants, 1):
        module, span = mutant.key.module, set(mutant.lines)
        everywhere = not span.isdisjoint(imported.get(module, ()))
        reached = [
            (-kills[module, check.name], seconds, check)
            for check, lines, seconds in surveyed
            if everywhere or not span.isdisjoint(lines.get(module, ()))
        ]
        order = [check for _, _, check in sorted(reached, key=lambda each: each[:2])]
        by = killer(module, mutant.text(), order)
        kills[module, by or ""] += 1
        if by is None:
            survivors.append(mutant.key)
            if not known.get(mutant.key):
                print(*mutant.key, "", sep="\t", flush=True)
        if not number % 20:
            print(f"{number} tried, {len(survivors)} survive", file=sys.stderr, flush=True)
    late = sum(count for (_, name), count in kills.items() if name == LIBRARY_TESTS)
    print(f"{late} killed by {LIBRARY_TESTS} alone", file=sys.stderr)
    return survivors


if __name__ == "__main__":
    sys.exit(main())
