"""What the plugin costs: flake8 with and without it, beside libcst's parser, and beside its peers.

    python scripts/benchmark.py            # all of it, Markdown tables at the end
    python scripts/benchmark.py --quick    # a short form: fewer runs and files
    python scripts/benchmark.py --editor   # what editors wait for, with the plugin installed here
    python scripts/benchmark.py --scaling  # how the cost grows with a project, likewise

Private virtual environments are made for the run: flake8 alone, with this project, and with each
peer. flake8 runs in one process (--jobs 1); runs with and without something are made in turn. Times
are CPU times (user and system), which other work on the machine disturbs least; ratios are medians
of the pairs' ratios. Needs a Unix-like system: the peak of memory is what the system says of the
finished process.
"""

import argparse
import ast
import gc
import importlib
import importlib.metadata
import json
import os
import platform
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

# Trees for flake8 as a whole: two without anything to find, and those that the plugin is for.
DJANGO = corpus.Package("django", "5.2.8")
KERAS = corpus.Package("keras", "2.3.1")
RECOMMENDERS = corpus.Package("recommenders", "1.2.1")
FULL_OF_SESSIONS = (
    RECOMMENDERS,
    corpus.Package("garage", "2019.10.1"),
    corpus.Package("deephyper", "0.1.7"),
    corpus.Package("deeppavlov", "0.12.1"),
    corpus.Package("adversarial-robustness-toolbox", "1.5.1"),
    corpus.Package("tensor2tensor", "1.15.7"),
)

# What other linters of that kind cost: plugins of flake8, and one that runs by itself.
OURS = "flake8-tf-session"
PEERS = {
    "flake8-bugbear": ("flake8-bugbear==26.10.27",),
    "flake8-simplify": ("flake8-simplify==0.31.1",),
    "flake8-async": ("flake8-async==26.8.1",),
    "TorchFix": ("torchfix==0.7.0",),
}
# What takes ten times flake8's own time is run on the first tree alone, as pylint is.
SLOW = frozenset(("flake8-async",))
# The plugin by itself is timed in both ways; the last is flake8's default.
FOLLOWING = {"imports not followed": "no", "imports followed": "yes"}
PYLINT = "pylint==4.1.4"

SHORT_PAIRS = 2
PAIRS = 5

# Generated projects: so many modules, and how these import each other.
SIZES = (100, 300, 1000, 3000)
SHORT_SIZES = (100, 300)
EDITED = 400
EDITS = 50


class Cost(NamedTuple):
    """What one run of a command took."""

    seconds: float
    peak_mib: float


class FileCost(NamedTuple):
    """CPU seconds on one file that the plugin analysed."""

    path: str
    plugin: float
    parse: float

    @property
    def ratio(self) -> float:
        """How many times libcst.parse_module the plugin took."""
        return self.plugin / self.parse


class Measured(NamedTuple):
    """CPU seconds on the files of packages: those analysed, and all others together."""

    files: list[FileCost]
    other: float


# -- in the environment with the plugin ------------------------------------------------------------


def time_of(function: Any, *arguments: Any) -> float:
    """CPU seconds of one call, the freeing of its result included."""
    start = time.process_time()
    function(*arguments)
    return time.process_time() - start


def measure(folder: str, follow_imports: bool) -> dict[str, Any]:
    """Time the plugin as one run of flake8 over a folder calls it: on each file once.

    With libcst.parse_module, likewise, on the files that the plugin analysed. No garbage is
    collected meanwhile: each would pay for what the other left.
    """
    points = importlib.metadata.distribution("flake8-tf-session").entry_points
    plugin = next(point for point in points if point.group == "flake8.extension").load()
    # As flake8 sets them by default: the code that is about threads is off.
    plugin.settings = plugin.settings._replace(follow_imports=follow_imports, follow_threads=False)
    engine = importlib.import_module("flake8_tf_session.engine")
    libcst = importlib.import_module("libcst")
    analysed: list[str] = []
    program_of = engine.program_of

    def noting_program_of(source: Any) -> Any:
        analysed.append(source.path)
        return program_of(source)

    engine.program_of = noting_program_of

    def run_plugin(tree: ast.AST, lines: list[str], path: str) -> None:
        list(plugin(tree=tree, lines=lines, filename=path).run())

    files = []
    other = 0.0
    for path in sorted(map(str, Path(folder).rglob("*.py"))):
        try:
            with tokenize.open(path) as file:
                source = file.read()
            tree = ast.parse(source)
        except (SyntaxError, UnicodeDecodeError):
            continue
        analysed.clear()
        gc.collect()
        gc.disable()
        seconds = time_of(run_plugin, tree, source.splitlines(keepends=True), path)
        if not analysed:
            other += seconds
            continue
        try:
            files.append([path, seconds, time_of(libcst.parse_module, source)])
        except libcst.ParserSyntaxError:
            continue
    versions = {name: importlib.metadata.version(name) for name in ("flake8", "libcst")}
    return {"files": files, "other": other, "versions": versions}


def editor_table() -> list[str]:
    """The table of what an editor waits for once the process behind the code actions runs."""
    answer = importlib.import_module("flake8_tf_session.quick_fixes").answer
    check_source = importlib.import_module("flake8_tf_session").check_source
    text = long_program(lines=1000, findings=50)
    places = [(found.code, found.line, found.column) for found in check_source(text)]
    wanted = {
        "what can be done about one finding": {"propose": places[:1]},
        f"what can be done about {len(places)}": {"propose": places},
        "one fix, proven": {"fix": places[0]},
        "everything fixed, proven": {"fix_all": True},
    }
    lines = [f"| a file of {text.count(chr(10))} lines | seconds |", "|---|--:|"]
    for what, request in wanted.items():
        times = [time_of(lambda r=request: answer("model.py", text, [], **r)) for _ in range(5)]
        lines.append(f"| {what} | {statistics.median(times):.2f} s |")
    return lines


def long_program(lines: int, findings: int) -> str:
    """A program in which sessions without growth are created in functions of one length."""
    filling = lines // findings - 5
    parts = ["import tensorflow as tf\n\n\n"]
    for number in range(findings):
        parts.append(f"def train_{number}(data):\n    session = tf.compat.v1.Session()\n")
        parts += [f"    data[{line}] = data.get({line}, 0) + {number}\n" for line in range(filling)]
        parts.append("    return session\n\n\n")
    return "".join(parts).rstrip() + "\n"


def importing(shape: str, number: int, count: int) -> str:
    """What a module of a generated project imports."""
    if shape == "chain":
        imported = [number + 1] if number < count - 1 else []
    elif shape == "cycle":
        imported = [(number + 1) % count]
    else:
        imported = [0] if number else []
    return "".join(
        f"from . import m{each}\nfrom .m{each} import Model as Base\n" for each in imported
    )


def make_project(folder: Path, shape: str, count: int) -> list[Path]:
    """A package of modules that have models and sessions, and import each other; their files."""
    package = folder / "project"
    package.mkdir(parents=True)
    (folder / "setup.cfg").touch()
    (package / "__init__.py").touch()
    paths = [package / f"m{number}.py" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(
            "import tensorflow as tf\nfrom tensorflow.keras import backend as K\n"
            + importing(shape, number, count)
            + "\n\nclass Model:\n    def __init__(self, units):\n"
            "        self.layer = tf.keras.layers.Dense(units)\n\n\n"
            "def prepare():\n    config = tf.compat.v1.ConfigProto()\n"
            "    config.gpu_options.allow_growth = True\n"
            "    return tf.compat.v1.Session(config=config)\n\n\n"
            f"def train_{number}(data):\n    K.set_session(prepare())\n"
            "    model = Model(len(data))\n    return model\n"
        )
    return paths


def plugin_on(paths: Sequence[Path]) -> dict[str, float]:
    """CPU seconds and the peak of memory (MiB) of the plugin on files, as one run calls it."""
    resource = importlib.import_module("resource")
    plugin = importlib.import_module("flake8_tf_session.plugin").Plugin
    seconds = 0.0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        run = plugin(ast.parse(text), text.splitlines(keepends=True), str(path)).run()
        seconds += time_of(list, run)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return {"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit}


def scaling_table(python: Path, sizes: Sequence[int]) -> list[str]:
    """The table of what a module costs in projects of several sizes and shapes."""
    lines = [
        "| modules | each in a chain | memory | in a star | memory | in a cycle | memory |",
        "|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for count in sizes:
        cells = []
        for shape in ("chain", "star", "cycle"):
            progress(f"{count} modules, {shape}")
            with tempfile.TemporaryDirectory() as folder:
                make_project(Path(folder), shape, count)
                command = [str(python), __file__, "--files", folder]
                output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            cost = json.loads(output.stdout)
            cells += [f"{cost['seconds'] / count * 1000:.2f} ms", f"{cost['peak']:.0f} MiB"]
        lines.append(f"| {count} | {' | '.join(cells)} |")
    return lines


def keystroke_lines() -> list[str]:
    """What the plugin takes for a keystroke in a project that a long process knows already."""
    check_source = importlib.import_module("flake8_tf_session").check_source
    lines = [
        f"| a keystroke in a project of {EDITED} modules | median | worst |",
        "|---|--:|--:|",
    ]
    for shape in ("chain", "star", "cycle"):
        with tempfile.TemporaryDirectory() as folder:
            paths = make_project(Path(folder), shape, EDITED)
            times = []
            for number in range(EDITS + 1):
                path = paths[number * 7 % EDITED if number else 0]
                text = path.read_text(encoding="utf-8") + f"x = {number}\n"
                times.append(time_of(check_source, text, str(path)))
        # The first one reads the project.
        warm = [each * 1000 for each in times[1:]]
        lines.append(f"| {shape} | {statistics.median(warm):.0f} ms | {max(warm):.0f} ms |")
    return lines


# -- outside of it ---------------------------------------------------------------------------------


def make_venv(folder: Path, *requirements: str) -> Path:
    """A new virtual environment with these packages; returns its interpreter."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, *requirements], check=True)
    return python


def cost_of(command: Sequence[str], text: bytes = b"") -> Cost:
    """One run of a command that finds fault with nothing but its input."""
    with tempfile.TemporaryFile() as input_, open(os.devnull, "wb") as nowhere:
        input_.write(text)
        input_.seek(0)
        process = subprocess.Popen(command, stdin=input_, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # Linux counts in KiB, macOS in bytes.
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def flake8(python: Path, *arguments: str) -> list[str]:
    """A run of flake8 in one process."""
    # -I: a checkout in the current folder would bring its plugin into both environments.
    command = [str(python), "-I", "-m", "flake8", "--isolated", "--jobs=1", "--exit-zero"]
    return [*command, *arguments]


def pairs_of(
    alone: Path, with_plugin: Path, arguments: Sequence[str], pairs: int, text: bytes = b""
) -> list[tuple[Cost, Cost]]:
    """Runs of flake8 in two environments, in turn."""
    results = []
    for _ in range(pairs):
        one, other = (cost_of(flake8(python, *arguments), text) for python in (alone, with_plugin))
        progress(f"{arguments[-1]}: {one.seconds:.2f} s, {other.seconds:.2f} s")
        results.append((one, other))
    return results


def progress(text: str) -> None:
    """Say what goes on, apart from the result."""
    print(text, file=sys.stderr, flush=True)


def flake8_table(results: dict[str, list[tuple[Cost, Cost]]]) -> list[str]:
    """The table of flake8's runs with and without the plugin."""
    lines = [
        "| flake8 on | alone | with plugin | ratio (range) | peak memory | with plugin |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for what, pairs in results.items():
        alone, plugin = (Cost(*map(statistics.median, zip(*side))) for side in zip(*pairs))
        ratios = sorted(b.seconds / a.seconds for a, b in pairs)
        lines.append(
            f"| {what} | {alone.seconds:.2f} s | {plugin.seconds:.2f} s "
            f"| {statistics.median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f}) "
            f"| {alone.peak_mib:.0f} MiB | {plugin.peak_mib:.0f} MiB |"
        )
    return lines


def parse_table(measured: dict[str, Measured], cache: Path) -> list[str]:
    """The table of the plugin's time beside libcst.parse_module's."""
    lines = [
        "| analysed files | | | libcst.parse_module | the plugin | ratio |",
        "|---|--:|---|--:|--:|--:|",
    ]
    for what, (files, other) in measured.items():
        parse, plugin = sum(file.parse for file in files), sum(file.plugin for file in files)
        median = statistics.median(file.ratio for file in files)
        lines.append(
            f"| {what} | {len(files)} | total | {parse:.2f} s | {plugin:.2f} s "
            f"| {plugin / parse:.2f} |"
        )
        lines.append(f"| | | median file | | | {median:.2f} |")
        for file in sorted(files, key=lambda file: file.ratio)[:-4:-1]:
            name = Path(file.path).relative_to(cache).as_posix()
            lines.append(
                f"| | | worst: {name} | {file.parse * 1000:.1f} ms | {file.plugin * 1000:.1f} ms "
                f"| {file.ratio:.2f} |"
            )
        lines.append(f"| | | all other files | | {other:.2f} s | |")
    return lines


def peer_table(
    pythons: dict[str, Path], alone: Path, trees: dict[str, Path], pairs: int, pylint: Path
) -> list[str]:
    """The table of flake8's time with each plugin, by its time alone; and of pylint's."""
    lines = [
        f"| | {' | '.join(pythons)} | pylint, all of it |",
        f"|---|{'--:|' * (len(pythons) + 1)}",
    ]
    for number, (what, tree) in enumerate(trees.items()):
        cells = dict.fromkeys((*pythons, "pylint"), "")
        alone_seconds: list[float] = []
        for name, python in pythons.items():
            if number == 0 or name not in SLOW:
                costs = pairs_of(alone, python, [str(tree)], pairs)
                alone_seconds += [one.seconds for one, _ in costs]
                cells[name] = f"{statistics.median(b.seconds / a.seconds for a, b in costs):.2f}"
        if number == 0:
            progress(f"pylint: {tree}")
            command = [str(pylint), "-I", "-m", "pylint", "--exit-zero", "--recursive=y", str(tree)]
            seconds = cost_of(command).seconds
            cells["pylint"] = f"{seconds / statistics.median(alone_seconds):.1f}"
        lines.append(f"| {what} | {' | '.join(cells.values())} |")
    return lines


def run(pairs: int, quick: bool, cache: Path) -> list[str]:
    """Measure everything; the report's lines."""
    django = corpus.fetch(DJANGO, cache) / "django"
    recommenders = corpus.fetch(RECOMMENDERS, cache)
    trees = {
        "keras 2.3.1": corpus.fetch(KERAS, cache),
        "Django": django / "forms" if quick else django,
        "recommenders 1.2.1": recommenders,
        "its package alone (no finding)": recommenders / "recommenders",
    }
    packages = [RECOMMENDERS] if quick else corpus.read_list()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        progress("making the environments")
        with_plugin = make_venv(work / "with", str(REPOSITORY))
        measured = {}
        versions = {}
        relevant: list[str] = []
        for what, option in FOLLOWING.items():
            measured[what] = Measured([], 0.0)
            for package in packages:
                progress(f"timing the plugin on {package.name}: {what}")
                folder = str(corpus.fetch(package, cache))
                command = [str(with_plugin), __file__, "--measure", folder, "--follow", option]
                output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
                costs = json.loads(output.stdout)
                files = [FileCost(*file) for file in costs["files"]]
                known, other = measured[what]
                measured[what] = Measured(known + files, other + costs["other"])
                versions = costs["versions"]
                if package == RECOMMENDERS:
                    relevant = [file.path for file in files]
        pin = f"flake8=={versions['flake8']}"
        alone = make_venv(work / "alone", pin)
        cost_of(flake8(with_plugin, str(recommenders)))  # not counted: it warms the system's cache
        results = {
            what: pairs_of(alone, with_plugin, [str(tree)], pairs) for what, tree in trees.items()
        }
        text = keystroke(relevant)
        name = "a keystroke (about 500 lines on standard input)"
        results[name] = pairs_of(alone, with_plugin, ["-"], pairs, text)
        results["`--version`"] = pairs_of(alone, with_plugin, ["--version"], pairs)
        pythons = {OURS: with_plugin}
        for name, requirements in PEERS.items():
            pythons[name] = make_venv(work / name, pin, *requirements)
        pylint = make_venv(work / "pylint", PYLINT)
        full = {
            str(each): corpus.fetch(each, cache)
            for each in FULL_OF_SESSIONS[: 1 if quick else None]
        }
        peers = peer_table(pythons, alone, full, pairs, pylint)
        scaling = scaling_table(with_plugin, SHORT_SIZES if quick else SIZES)
    version = platform.python_version()
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return [
        f"Python {version}, flake8 {versions['flake8']}, libcst {versions['libcst']}, {machine}.",
        f"CPU times; medians of {pairs} pairs of runs.",
        "",
        *flake8_table(results),
        "",
        *parse_table(measured, cache),
        "",
        *peers,
        "",
        *scaling,
    ]


def keystroke(paths: Sequence[str]) -> bytes:
    """The text of the file whose number of lines is nearest to 500."""
    texts = [Path(path).read_bytes() for path in paths]
    return min(texts, key=lambda text: abs(text.count(b"\n") - 500))


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """The script's entry."""
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer runs and files")
    parser.add_argument("--editor", action="store_true", help="what editors wait for, no more")
    parser.add_argument("--scaling", action="store_true", help="generated projects, no more")
    parser.add_argument("--pairs", type=int, metavar="N", help="pairs of runs of flake8 for a tree")
    parser.add_argument(
        "--cache",
        type=Path,
        default=corpus.default_cache(),
        help="folder of the packages (%(default)s)",
    )
    parser.add_argument("--measure", metavar="FOLDER", help=argparse.SUPPRESS)
    parser.add_argument("--files", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    parser.add_argument("--follow", choices=("yes", "no"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if not hasattr(os, "wait4"):
        parser.error("needs a Unix-like system")
    if options.pairs is not None and options.pairs < 1:
        parser.error("--pairs: must be at least 1")
    if options.measure:
        json.dump(measure(options.measure, options.follow == "yes"), sys.stdout)
        return 0
    if options.files:
        json.dump(plugin_on(sorted(options.files.rglob("m*.py"))), sys.stdout)
        return 0
    if options.editor:
        print("\n".join([*editor_table(), "", *keystroke_lines()]))
        return 0
    if options.scaling:
        python = Path(sys.executable)
        print("\n".join(scaling_table(python, SHORT_SIZES if options.quick else SIZES)))
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
