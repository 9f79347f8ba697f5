"""Lint real packages and compare with what was found, and judged, before.

    python scripts/primer.py                      # all of scripts/corpus.txt: write what is found
    python scripts/primer.py --check              # print the difference instead
    python scripts/primer.py --package dca        # this package alone, its lines alone
    python scripts/primer.py --installed DIR      # the standard library and site-packages of DIR

Two tables in tests/primer keep the results. counts.tsv counts the findings of each package by code.
findings.tsv has those of all codes but TFS2xx, one a line, each with a verdict, right or wrong, and
its reason, which are written by hand and stay with the finding as long as it is at its place.

A run ends with how many of the verdicts on each code are right. The exit code of --check is 1 if
anything differs, a finding has no verdict, fewer than 95 of 100 verdicts on TFS1xx are right, or a
file was not analysed (TFS900) that libcst can parse.
"""

import argparse
import collections
import difflib
import importlib.metadata
import importlib.util
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Optional

import corpus

RESULTS = Path(__file__).resolve().parent.parent / "tests" / "primer"
PRECISION = 0.95
VERDICTS = ("right", "wrong")
# Whether a session takes all memory is told by its creation alone: nothing to judge.
UNJUDGED = "TFS2"


class PrimerError(Exception):
    """A table that can't be read, or files that can't be had; the text is one line."""


class Found(NamedTuple):
    """A line of findings.tsv."""

    package: str
    version: str
    file: str
    line: int
    code: str
    message: str
    verdict: str = ""
    reason: str = ""

    @property
    def place(self) -> tuple[object, ...]:
        """What a verdict is kept for."""
        return self[:5]


class Count(NamedTuple):
    """A line of counts.tsv; a package without findings has one line, without a code."""

    package: str
    version: str
    files: int
    code: str
    count: int


class Results(NamedTuple):
    """What is known of some packages."""

    findings: list[Found]
    counts: list[Count]


class Target(NamedTuple):
    """A package to lint: its files, and the folder that their names begin at."""

    name: str
    version: str
    tree: Path
    files: list[Path]


# --- the tables ---------------------------------------------------------------------------------


def read_table(path: Path, kind: type, numbers: Sequence[str]) -> list[tuple]:
    """The rows of a table, which has a line with the fields' names first."""
    fields = kind._fields
    rows = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        try:
            values = [int(c) if f in numbers else c for f, c in zip(fields, cells)]
            rows.append(kind(*values, *cells[len(fields) :]))
        except (TypeError, ValueError) as error:
            raise PrimerError(f"{path}:{number}: not a row of {', '.join(fields)}") from error
    return rows


def read_results(folder: Path) -> Results:
    """What the tables of a folder say."""
    findings = read_table(folder / "findings.tsv", Found, ("line",))
    for found in findings:
        if found.verdict not in ("", *VERDICTS):
            raise PrimerError(f"findings.tsv: {found.verdict!r} is no verdict: {found.file}")
    return Results(findings, read_table(folder / "counts.tsv", Count, ("files", "count")))


def tables(results: Results) -> dict[str, str]:
    """The texts of the tables, by file name."""
    return {
        "findings.tsv": table(Found, sorted(results.findings)),
        "counts.tsv": table(Count, sorted(results.counts)),
    }


def table(kind: type, rows: Iterable[tuple]) -> str:
    """The text of one table."""
    lines = ["\t".join(kind._fields)]
    lines += ["\t".join(str(cell) for cell in row) for row in rows]
    return "\n".join(lines) + "\n"


def with_verdicts(findings: Iterable[Found], before: Iterable[Found]) -> list[Found]:
    """The findings, with the verdicts that those at the same places had."""
    known = {found.place: found for found in before}
    judged = []
    for found in findings:
        same = known.get(found.place)
        if same is not None and not found.verdict:
            found = found._replace(verdict=same.verdict, reason=same.reason)
        judged.append(found)
    return judged


# --- linting ------------------------------------------------------------------------------------


def lint(target: Target) -> Results:
    """Lint the files of a package, each with what it imports."""
    from flake8_tf_session import check_source

    findings = []
    counts: collections.Counter[str] = collections.Counter()
    for path in sorted(target.files):
        try:
            source = corpus.read_text(path)
        except (SyntaxError, UnicodeDecodeError):
            continue  # No Python: flake8 says so.
        file = path.relative_to(target.tree).as_posix()
        for finding in check_source(source, str(path)):
            counts[finding.code] += 1
            if finding.code.startswith(UNJUDGED):
                continue
            found = Found(
                *(target.name, target.version, file),
                *(finding.line, finding.code, finding.message),
            )
            if finding.code == "TFS900":
                found = found._replace(**judged_by_libcst(source))
            findings.append(found)
    rows = sorted(counts.items()) or [("", 0)]
    return Results(
        findings,
        [Count(target.name, target.version, len(target.files), *row) for row in rows],
    )


def judged_by_libcst(source: str) -> dict[str, str]:
    """The verdict on a TFS900: it is right if libcst can't parse the file."""
    import libcst

    try:
        libcst.parse_module(source)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of its parser is no Exception
        return {"verdict": "right", "reason": f"libcst can't parse it: {type(error).__name__}"}
    return {"verdict": "wrong", "reason": "libcst can parse it"}


def pinned(names: Sequence[str], cache: Path) -> Iterator[Target]:
    """The packages of scripts/corpus.txt (those named), downloaded where the cache lacks them."""
    for package in corpus.choose(corpus.read_list(), names):
        tree = corpus.fetch(package, cache)
        yield Target(package.name, package.version, tree, list(tree.rglob("*.py")))


def installed(environment: Path) -> Iterator[Target]:
    """The standard library that a virtual environment uses, and what is installed in it."""
    python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    ask = "import platform, sysconfig as s; print(platform.python_version())"
    ask += "; print(s.get_path('stdlib')); print(s.get_path('purelib'))"
    try:
        asked = subprocess.run(
            [str(python), "-I", "-c", ask], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise PrimerError(f"{environment} is no environment of Python: {error}") from error
    version, *folders = asked.stdout.splitlines()
    library, packages = map(Path, folders)
    others = library / "site-packages"
    files = [path for path in library.rglob("*.py") if others not in path.parents]
    yield Target("python", version, library, files)
    for distribution in importlib.metadata.distributions(path=[str(packages)]):
        paths = {packages / file for file in distribution.files or () if file.suffix == ".py"}
        files = [path for path in paths if packages in path.parents and path.is_file()]
        name = distribution.metadata["Name"].lower().replace("_", "-")
        if files and name != "flake8-tf-session":
            yield Target(name, distribution.version, packages, files)


# --- what a run says ----------------------------------------------------------------------------


def selected(results: Results, targets: set[tuple[str, str]]) -> Results:
    """What the tables say of some packages, by name and version."""
    return Results(
        [found for found in results.findings if found[:2] in targets],
        [count for count in results.counts if count[:2] in targets],
    )


def difference(before: Results, after: Results) -> list[str]:
    """The lines of a diff from the tables before to those after."""
    old, new = tables(before), tables(after)
    return [
        line
        for name in old
        for line in difflib.unified_diff(
            old[name].splitlines(), new[name].splitlines(), name, f"{name} now", lineterm="", n=0
        )
    ]


def complaints(findings: Sequence[Found]) -> list[str]:
    """What is not as it has to be, whatever was found before."""
    said = [
        f"{found.package}-{found.version}: {found.file}:{found.line}: {found.code} {lack}"
        for found in findings
        for lack in [lack_of(found)]
        if lack
    ]
    right, judged = precision(findings, "TFS1")
    if right < PRECISION * judged:
        said.append(f"precision: {right} of {judged} is less than {PRECISION}")
    return said


def lack_of(found: Found) -> str:
    """What a finding lacks; empty if nothing."""
    if not found.verdict:
        return "has no verdict"
    if not found.reason:
        return "has no reason"
    if found.code == "TFS900" and found.verdict == "wrong":
        return "was not analysed, and libcst can parse it"
    return ""


def precision(findings: Iterable[Found], prefix: str) -> tuple[int, int]:
    """How many verdicts on the codes with a prefix are right, and how many there are."""
    verdicts = [found.verdict for found in findings if found.code.startswith(prefix)]
    return verdicts.count("right"), verdicts.count("right") + verdicts.count("wrong")


def shares(findings: Sequence[Found]) -> Iterator[str]:
    """A line on the precision of each code that was found, then one on the order codes."""
    for code in (*sorted({found.code for found in findings}), "TFS1"):
        right, judged = precision(findings, code)
        share = f" = {right / judged:.2f}" if judged else ""
        yield f"{code.ljust(6, 'x')}: {right} of {judged} verdicts are right{share}"


def run(options: argparse.Namespace) -> int:
    """Lint, and write or compare; the exit code."""
    before = read_results(options.results)
    targets = (
        pinned(options.package, options.cache)
        if options.installed is None
        else installed(options.installed)
    )
    findings: list[Found] = []
    counts: list[Count] = []
    for target in targets:
        print(f"{target.name}-{target.version}: {len(target.files)} files", file=sys.stderr)
        of_target = lint(target)
        findings += of_target.findings
        counts += of_target.counts
    linted = {count[:2] for count in counts}
    known = selected(before, linted)
    after = Results(with_verdicts(findings, known.findings), counts)
    changes = difference(known, after)
    wrong = complaints(after.findings)
    for line in (*changes, *wrong, *shares(after.findings)):
        print(line)
    if options.check:
        return 1 if changes or wrong else 0
    others = selected(before, {row[:2] for row in before.counts} - linted)
    options.results.mkdir(parents=True, exist_ok=True)
    merged = Results(others.findings + after.findings, others.counts + after.counts)
    for name, text in tables(merged).items():
        (options.results / name).write_text(text, encoding="utf-8")
    return 0


def parse_arguments(arguments: Optional[Sequence[str]]) -> argparse.Namespace:
    """The command line."""
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, print the difference")
    parser.add_argument(
        "--package",
        action="append",
        default=[],
        metavar="NAME",
        help="only this package of scripts/corpus.txt, NAME or NAME==VERSION (repeatable)",
    )
    parser.add_argument(
        "--installed", type=Path, metavar="DIR", help="lint a virtual environment instead"
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=corpus.default_cache(),
        help="folder of the packages (%(default)s)",
    )
    parser.add_argument(
        "--results", type=Path, default=RESULTS, help="folder of the tables (%(default)s)"
    )
    return parser.parse_args(arguments)


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """The script's entry."""
    options = parse_arguments(arguments)
    if importlib.util.find_spec("flake8_tf_session") is None:
        print("primer.py: flake8_tf_session is not installed: pip install .", file=sys.stderr)
        return 2
    try:
        return run(options)
    except (PrimerError, corpus.CorpusError, OSError) as error:
        print(f"primer.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
