"""What the plugin costs: flake8 with and without it, and the plugin beside libcst's parser.

    python scripts/benchmark.py            # all of it, a Markdown table at the end
    python scripts/benchmark.py --quick    # a short form: fewer runs and files

Two private virtual environments with the same flake8 are made for the run, one of them with this
project. flake8 runs in both in turn, in one process (--jobs 1). Times are CPU times (user and
system), which other work on the machine disturbs least; ratios are medians of the pairs' ratios.
Needs a Unix-like system: the peak of memory is what the system says of the finished process.
"""

import argparse
import ast
import gc
import importlib
import importlib.metadata
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tokenize
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Optional

import corpus

REPOSITORY = Path(__file__).resolve().parent.parent

# Trees for flake8 as a whole: two without anything to find, and one with.
DJANGO = corpus.Package("django", "5.2.8")
KERAS = corpus.Package("keras", "2.3.1")
RECOMMENDERS = corpus.Package("recommenders", "1.2.1")

# The files that must be analysed: they create or register a session of TensorFlow.
SESSION = re.compile(r"\b(?:set_session|[A-Za-z]*Session)\s*\(")
LIBRARY = re.compile(r"\b(?:tensorflow|keras)\b")

SHORT_PAIRS = 2
PAIRS = 5
REPEATS = 3


class Cost(NamedTuple):
    """What one run of a command took."""

    seconds: float
    peak_mib: float


class FileCost(NamedTuple):
    """CPU seconds on one file."""

    path: str
    parse: float
    plugin: float

    @property
    def ratio(self) -> float:
        """How many times libcst.parse_module the plugin took."""
        return self.plugin / self.parse


def is_relevant(text: str) -> bool:
    """Whether the plugin must analyse a file with this text."""
    return SESSION.search(text) is not None and LIBRARY.search(text) is not None


# -- in the environment with the plugin ------------------------------------------------------------


def time_of(function: Any, *arguments: Any) -> float:
    """CPU seconds of one call, the freeing of its result included."""
    start = time.process_time()
    function(*arguments)
    return time.process_time() - start


def measure(request: dict[str, Any]) -> dict[str, Any]:
    """Time the plugin as flake8 calls it, and libcst.parse_module, on the files of some trees."""
    start = time.process_time()
    points = importlib.metadata.distribution("flake8-tf-session").entry_points
    plugin = next(point for point in points if point.group == "flake8.extension").load()
    load = time.process_time() - start
    libcst = importlib.import_module("libcst")
    # What is loaded so far need not be looked at by each collection.
    gc.collect()
    gc.freeze()

    def run_plugin(tree: ast.AST, lines: list[str], path: str) -> None:
        list(plugin(tree=tree, lines=lines, filename=path).run())

    files = []
    skipped = 0
    for path in request["relevant"]:
        try:
            with tokenize.open(path) as file:
                source = file.read()
            tree = ast.parse(source)
            libcst.parse_module(source)
        except (SyntaxError, UnicodeDecodeError, libcst.ParserSyntaxError):
            skipped += 1
            continue
        lines = source.splitlines(keepends=True)
        run_plugin(tree, lines, path)
        parses, plugins = [], []
        gc.collect()
        for _ in range(request["repeats"]):
            parses.append(time_of(libcst.parse_module, source))
            plugins.append(time_of(run_plugin, tree, lines, path))
        files.append([path, statistics.median(parses), statistics.median(plugins)])

    trees = {}
    for root in request["trees"]:
        trees[root] = {"relevant": 0.0, "other": 0.0}
        for path in sorted(map(str, Path(root).rglob("*.py"))):
            try:
                with tokenize.open(path) as file:
                    source = file.read()
                tree = ast.parse(source)
            except (SyntaxError, UnicodeDecodeError):
                continue
            lines = source.splitlines(keepends=True)
            times = (time_of(run_plugin, tree, lines, path) for _ in range(request["repeats"]))
            kind = "relevant" if is_relevant(source) else "other"
            trees[root][kind] += statistics.median(times)
    versions = {name: importlib.metadata.version(name) for name in ("flake8", "libcst")}
    return {"load": load, "files": files, "skipped": skipped, "trees": trees, "versions": versions}


# -- outside of it ---------------------------------------------------------------------------------


def make_venv(folder: Path, *requirements: str) -> Path:
    """A new virtual environment with these packages; returns its interpreter."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, *requirements], check=True)
    return python


def run_flake8(python: Path, tree: Path) -> Cost:
    """One run of flake8 over a tree."""
    # -I: a checkout in the current folder would bring its plugin into both environments.
    command = [str(python), "-I", "-m", "flake8", "--isolated", "--jobs=1", "--exit-zero"]
    command.append(str(tree))
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # Linux counts in KiB, macOS in bytes.
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def compare(alone: Path, with_plugin: Path, tree: Path, pairs: int) -> list[tuple[Cost, Cost]]:
    """Runs of flake8 without and with the plugin, in turn."""
    results = []
    for number in range(1, pairs + 1):
        pair = run_flake8(alone, tree), run_flake8(with_plugin, tree)
        progress(f"{tree.name} {number}/{pairs}: {pair[0].seconds:.2f} s, {pair[1].seconds:.2f} s")
        results.append(pair)
    return results


def relevant_files(packages: Sequence[corpus.Package], cache: Path) -> list[str]:
    """The files of these packages that the plugin must analyse."""
    paths = []
    for package in packages:
        for path in sorted(corpus.fetch(package, cache).rglob("*.py")):
            if is_relevant(path.read_text(encoding="utf-8", errors="replace")):
                paths.append(str(path))
    return paths


def progress(text: str) -> None:
    """Say what goes on, apart from the result."""
    print(text, file=sys.stderr, flush=True)


def flake8_table(
    results: dict[Path, list[tuple[Cost, Cost]]], own_times: dict[str, dict[str, float]]
) -> list[str]:
    """The table of flake8's runs."""
    header = (
        "| tree | files | flake8 | with plugin | ratio (range) | plugin on relevant files "
        "| on all others | peak memory | with plugin |"
    )
    lines = [
        header,
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for tree, pairs in results.items():
        alone, plugin = (Cost(*map(statistics.median, zip(*side))) for side in zip(*pairs))
        ratios = sorted(b.seconds / a.seconds for a, b in pairs)
        relevant, other = (
            f"{seconds:.3f} s = {seconds / alone.seconds:.2%}"
            for seconds in own_times[str(tree)].values()
        )
        lines.append(
            f"| {tree.name} | {sum(1 for _ in tree.rglob('*.py'))} "
            f"| {alone.seconds:.2f} s | {plugin.seconds:.2f} s "
            f"| {statistics.median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f}) "
            f"| {relevant} | {other} "
            f"| {alone.peak_mib:.0f} MiB | {plugin.peak_mib:.0f} MiB |"
        )
    return lines


def parse_table(files: list[FileCost], cache: Path) -> list[str]:
    """The table of the plugin's time beside libcst.parse_module's."""
    lines = [
        "| relevant files | | libcst.parse_module | the plugin | ratio |",
        "|---|---|--:|--:|--:|",
    ]
    parse, plugin = sum(file.parse for file in files), sum(file.plugin for file in files)
    median = statistics.median(file.ratio for file in files)
    lines.append(
        f"| {len(files)} | total | {parse:.2f} s | {plugin:.2f} s | {plugin / parse:.2f} |"
    )
    lines.append(f"| | median file | | | {median:.2f} |")
    for file in sorted(files, key=lambda file: file.ratio)[:-4:-1]:
        name = Path(file.path).relative_to(cache).as_posix()
        lines.append(
            f"| | worst: {name} | {file.parse * 1000:.1f} ms | {file.plugin * 1000:.1f} ms "
            f"| {file.ratio:.2f} |"
        )
    return lines


def run(pairs: int, quick: bool, cache: Path) -> list[str]:
    """Measure everything; the report's lines."""
    django = corpus.fetch(DJANGO, cache) / "django"
    trees = [
        corpus.fetch(KERAS, cache),
        django / "forms" if quick else django,
        corpus.fetch(RECOMMENDERS, cache),
    ]
    relevant = relevant_files([RECOMMENDERS] if quick else corpus.read_list(), cache)
    with tempfile.TemporaryDirectory() as work:
        progress("making the environments")
        with_plugin = make_venv(Path(work) / "with", str(REPOSITORY))
        request = {"relevant": relevant, "trees": list(map(str, trees)), "repeats": REPEATS}
        progress(f"timing the plugin on {len(relevant)} relevant files")
        measured = json.loads(
            subprocess.run(
                [str(with_plugin), __file__, "--measure"],
                input=json.dumps(request),
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            ).stdout
        )
        versions = measured["versions"]
        alone = make_venv(Path(work) / "alone", f"flake8=={versions['flake8']}")
        for python in (alone, with_plugin):
            run_flake8(python, trees[0])  # not counted: it warms the system's cache
        results = {tree: compare(alone, with_plugin, tree, pairs) for tree in trees}
    version = platform.python_version()
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return [
        f"Python {version}, flake8 {versions['flake8']}, libcst {versions['libcst']}, {machine}.",
        f"CPU times; medians of {pairs} pairs of runs and of {REPEATS} runs for a file.",
        "",
        *flake8_table(results, measured["trees"]),
        "",
        f"Importing the plugin takes {measured['load'] * 1000:.0f} ms once.",
        "",
        *parse_table([FileCost(*file) for file in measured["files"]], cache),
        "",
        f"Left out, because Python or libcst can't parse them: {measured['skipped']} files.",
    ]


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """The script's entry."""
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer runs and files")
    parser.add_argument("--pairs", type=int, metavar="N", help="pairs of runs of flake8 for a tree")
    parser.add_argument(
        "--cache",
        type=Path,
        default=corpus.default_cache(),
        help="folder of the packages (%(default)s)",
    )
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if not hasattr(os, "wait4"):
        parser.error("needs a Unix-like system")
    if options.pairs is not None and options.pairs < 1:
        parser.error("--pairs: must be at least 1")
    if options.measure:
        json.dump(measure(json.load(sys.stdin)), sys.stdout)
        return 0
    pairs = options.pairs or (SHORT_PAIRS if options.quick else PAIRS)
    try:
        report = run(pairs, options.quick, options.cache.resolve())
    except (corpus.CorpusError, OSError, subprocess.CalledProcessError) as error:
        print(f"benchmark.py: {error}", file=sys.stderr)
        return 1
    print("\n".join(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
