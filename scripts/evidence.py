"""Run the fixtures and the facts on every version of TensorFlow, and write what was seen.

    python scripts/evidence.py --environments DIR            # write the tables
    python scripts/evidence.py --environments DIR --check    # fail if they would differ
    python scripts/evidence.py --python PYTHON [--check]     # with the TensorFlow of one Python
    python scripts/evidence.py --environments DIR --oldest   # the columns of 1.15 alone

What the programs show goes to docs/evidence.md, the names that each version has to
tests/tensorflow/namespaces.csv. DIR holds a virtual environment a version, made from
tests/tensorflow/requirements where it is missing and its Python is installed. Versions whose
Python is not there keep the columns that the files have. With --python, only the columns of the
TensorFlow that PYTHON imports are run; what a version without a column shows is printed. What
--check prints is a patch for `git apply`. Whatever a program shows must be what it says it shows,
else the exit code is 1.
"""

from __future__ import annotations

import argparse
import csv
import difflib
import glob
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SUITE = ROOT / "tests" / "tensorflow"
EVIDENCE = ROOT / "docs" / "evidence.md"
NAMESPACES = SUITE / "namespaces.csv"
sys.path.insert(0, str(SUITE))

from facts import FACTS  # noqa: E402
from runner import IMPORTED, WEIGHTS_READ, claims, claims_here, programs, symptoms  # noqa: E402
from tool import Output, outputs  # noqa: E402

Cells = dict[tuple[str, str], dict[str, str]]
"""(Table, row) → column → cell."""


class Column(NamedTuple):
    """A version of TensorFlow with one Keras: a column of the tables."""

    title: str
    environment: str
    python: str
    keras: str = "tf.keras"
    legacy: str = ""

    @property
    def is_keras_3(self) -> bool:
        """Whether ``set_session`` must be missing."""
        return self.legacy == "0"


COLUMNS = (
    Column("1.15", "tf115", "3.7"),
    Column("1.15, keras 2.2.5", "tf115", "3.7", keras="keras"),
    Column("2.4", "tf24", "3.8"),
    Column("2.8", "tf28", "3.10"),
    Column("2.15", "tf215", "3.11"),
    Column("2.21, tf_keras", "tf221", "3.11", legacy="1"),
    Column("2.21, Keras 3", "tf221", "3.11", legacy="0"),
)
Rows = Iterable[tuple[str, str, str]]
"""Table, row, cell."""

NOT_RUN = "not run"
INTRODUCTION = """\
# Evidence

What the programs of `fixtures/` and a list of short programs (`tests/tensorflow/facts.py`) do on
real TensorFlow. Written by `python scripts/evidence.py`; CI runs 1.15 again and compares.

A column is a version of TensorFlow, with its own Keras unless another is named. A cell is what was
seen: the exception's type or the value predicted; the `allow_growth` that the runtime got for each
session, in the order of their creation; and whether every session was run. A right prediction of
the fixtures is 15.0. "By the tool" is what `flake8-tf-session fix --unsafe-fixes` makes of the bad
program: it must show what the fixed one does; or why it is refused. "Weights read" means that the
weights were read just before `set_session`, "imported" that the program was not run as a script.
"""
CONDITIONS = {"": "", WEIGHTS_READ: ", weights read", IMPORTED: ", imported"}
"""The condition of a fixture's run → how its row says so."""


class EvidenceError(Exception):
    """The evidence can't be gathered; the text is one line."""


def find_python(version: str) -> str | None:
    """An interpreter of this version: on the path, or one of pyenv's."""
    pyenv = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    for python in (f"python{version}", *glob.glob(f"{pyenv}/versions/{version}.*/bin/python")):
        try:
            subprocess.run([python, "-c", ""], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    return None


def interpreter(column: Column, environments: Path) -> Path | None:
    """The Python of a column's environment, which is made if need be; None if it can't be."""
    directory = environments / column.environment
    python = directory / "bin" / "python"
    complete = directory / "complete"  # a broken installation is made again
    if complete.exists():
        return python
    base = find_python(column.python)
    if base is None:
        return None
    requirements = SUITE / "requirements" / f"{column.environment}.txt"
    print(f"evidence.py: installing {requirements.relative_to(ROOT)}", file=sys.stderr)
    for command in (
        [base, "-m", "venv", "--clear", str(directory)],
        [str(python), "-m", "pip", "install", "--quiet", "--requirement", str(requirements)],
    ):
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode != 0:
            reason = (result.stderr.strip() or "no message").splitlines()[-1]
            raise EvidenceError(f"{column.environment} can't be installed: {reason}")
    complete.touch()
    return python


PROBE = """
import importlib, json
versions = {}
for name in ("tensorflow", "keras", "tf_keras"):
    try:
        versions[name] = importlib.import_module(name).__version__
    except ImportError:
        versions[name] = ""
print(json.dumps(versions))
"""
"""The versions that a Python imports, on the last line of the output."""


def pythons_of_all(environments: Path, columns: Sequence[Column]) -> dict[Column, Path]:
    """The columns whose Python is installed, each with the Python of its environment."""
    pythons = {column: interpreter(column, environments) for column in columns}
    found = {column: python for column, python in pythons.items() if python is not None}
    if not found and columns == COLUMNS:
        raise EvidenceError("none of the Pythons that the versions need is installed")
    for column in [each for each in columns if each not in found]:
        print(f"evidence.py: {column.title} not run: no Python {column.python}", file=sys.stderr)
    return found


def pythons_of_one(python: Path) -> dict[Column, Path]:
    """The columns that one Python's TensorFlow fills; its own if its version has none here."""
    result = subprocess.run([str(python), "-c", PROBE], capture_output=True, text=True)
    if result.returncode != 0:
        raise EvidenceError(f"{python} can't say which TensorFlow it has")
    versions: dict[str, str] = json.loads(result.stdout.splitlines()[-1])
    if not versions["tensorflow"]:
        raise EvidenceError(f"{python} has no TensorFlow")
    version = ".".join(versions["tensorflow"].split(".")[:2])
    columns = [column for column in COLUMNS if column.title.split(",")[0] == version]
    if not columns and versions["keras"].startswith("3."):
        columns = [
            Column(f"{version}, tf_keras", "", "", legacy="1"),
            Column(f"{version}, Keras 3", "", "", legacy="0"),
        ]
    columns = columns or [Column(version, "", "")]
    return {column: python for column in columns if has_keras(column, versions)}


def has_keras(column: Column, versions: dict[str, str]) -> bool:
    """Whether the Keras of a column is among what a Python imports."""
    if column.keras == "keras":
        return column.title.endswith(f"keras {versions['keras']}")
    return column.legacy != "1" or versions["tf_keras"] != ""


def ask(column: Column, python: Path, script: str, *arguments: str) -> dict[str, Any]:
    """The answer of one of the suite's scripts in a column's environment."""
    variables = {"TF_USE_LEGACY_KERAS": column.legacy} if column.legacy else {}
    result = subprocess.run(
        [str(python), str(SUITE / script), "--keras", column.keras, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **variables},
    )
    if result.returncode != 0:
        reason = (result.stderr.strip() or "no message").splitlines()[-1]
        raise EvidenceError(f"{script} failed on {column.title}: {reason}")
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def kind(claim: str) -> str:
    """What a claim is about: the outcome, growth, or the use of the sessions."""
    if claim.startswith("allow_growth") or claim == "no session":
        return "growth"
    return "use" if claim in ("session used", "session not used") else "outcome"


def cell(seen: dict[str, Any], said: list[str]) -> str:
    """What was seen, of all that the claims are about."""
    kinds = {kind(claim) for claim in said}
    return ", ".join(symptom for symptom in symptoms(seen) if kind(symptom) in kinds)


def fixture_rows(
    column: Column, seen: dict[str, Any], tool: dict[str, Output], problems: list[str]
) -> Rows:
    """Table, row and cell of each fixture's program; what is not as claimed is a problem."""
    root = ROOT / "fixtures"
    for path in programs(root):
        yield from program_rows(column, seen, path, claims(path), problems)
        output = tool.get(path.with_name("bad.py").relative_to(root).as_posix())
        if path.stem != "fixed" or output is None:
            continue
        if output.refused:
            yield path.parts[-3], f"{path.parent.name}, by the tool", f"refused: {output.refused}"
        else:
            yield from program_rows(column, seen, path.with_name("tool.py"), claims(path), problems)


def program_rows(
    column: Column,
    seen: dict[str, Any],
    path: Path,
    said: dict[str, list[str]],
    problems: list[str],
) -> Rows:
    """Table, row and cell of one program, under each of its conditions."""
    name = path.relative_to(ROOT / "fixtures").as_posix()
    stem = "by the tool" if path.stem == "tool" else path.stem
    for condition, observation in sorted(seen["fixtures"][name].items()):
        here = [condition] if condition else seen["conditions"]
        expected = claims_here(said, here)
        shown = symptoms(observation)
        row = f"{path.parent.name}, {stem}{CONDITIONS[condition]}"
        if column.is_keras_3 and condition == IMPORTED:
            pass  # it may end before set_session
        elif column.is_keras_3:
            text = path.with_name("bad.py").read_text(encoding="utf-8")
            if "set_session" in text and not observation["error"]:
                problems.append(f"{column.title}: {row} runs without set_session")
        elif not set(expected) <= set(shown):
            problems.append(f"{column.title}: {row} says {expected}, shows {shown}")
        yield path.parts[-3], row, cell(observation, expected)


def fact_rows(column: Column, seen: dict[str, Any], problems: list[str]) -> Rows:
    """Table, row and cell of each fact."""
    for name, fact in FACTS.items():
        expected = claims_here(fact.claims, seen["conditions"])
        shown = symptoms(seen["facts"][name])
        if not column.is_keras_3 and not set(expected) <= set(shown):
            problems.append(f"{column.title}: {name}: said {expected}, shown {shown}")
        yield fact.section, name, cell(seen["facts"][name], expected)


def name_rows(column: Column, seen: dict[str, Any], problems: list[str]) -> Rows:
    """Table, row and cell of each name that exists in some versions only."""
    for name, exists in seen["names"].items():
        yield "Names", f"`{name}` exists", "yes" if exists else "no"
    there = seen["names"]["tf.compat.v1.keras.backend.set_session"]
    if there == column.is_keras_3:
        problems.append(f"{column.title}: set_session {'exists' if there else 'is missing'}")


def rows(
    column: Column, seen: dict[str, Any], tool: dict[str, Output], problems: list[str]
) -> Rows:
    """Everything that a column shows: table, row, cell."""
    yield from fixture_rows(column, seen, tool, problems)
    yield from fact_rows(column, seen, problems)
    yield from name_rows(column, seen, problems)


def escape(text: str) -> str:
    """Text as a cell of a Markdown table."""
    return text.replace("|", "\\|")


def render(cells: Cells) -> str:
    """The page."""
    lines = [INTRODUCTION.rstrip("\n")]
    titles = [column.title for column in COLUMNS]
    table = None
    for (section, row), found in cells.items():
        if section != table:
            table = section
            heading = "program" if section.startswith("TFS") else "fact"
            lines += ["", f"## {section}", "", f"| {' | '.join([heading, *titles])} |"]
            lines.append("|" + " --- |" * (len(titles) + 1))
        values = [escape(row), *(escape(found.get(title, NOT_RUN)) for title in titles)]
        lines.append(f"| {' | '.join(values)} |")
    return "\n".join(lines) + "\n"


def parse(text: str) -> Cells:
    """The cells of a page."""
    cells: Cells = {}
    section = ""
    header: list[str] = []
    for line in text.splitlines():
        if line.startswith("## "):
            section, header = line[3:], []
        elif line.startswith("|") and not line.startswith("| ---"):
            values = [
                value.strip().replace("\\|", "|") for value in re.split(r"(?<!\\)\|", line)[1:-1]
            ]
            if header:
                cells[section, values[0]] = dict(zip(header, values[1:]))
            else:
                header = values[1:]
    return cells


def render_names(cells: Cells) -> str:
    """The names as comma-separated values."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    titles = [column.title for column in COLUMNS]
    writer.writerow(["kind", "name", *titles])
    for (kind_, name), found in sorted(cells.items()):
        writer.writerow([kind_, name, *(found.get(title, "") for title in titles)])
    return page.getvalue()


def parse_names(text: str) -> Cells:
    """The names of comma-separated values."""
    return {(row.pop("kind"), row.pop("name")): row for row in csv.DictReader(io.StringIO(text))}


def name_cells(names: dict[str, Any]) -> Rows:
    """Kind, name and cell of each name that exists: the position that counts, or "yes"."""
    for name, (kind_, position) in names.items():
        yield kind_, name, "yes" if position is None else str(position)


class Gathered(NamedTuple):
    """What was seen on all columns."""

    evidence: Cells
    names: Cells
    problems: list[str]


def gather(pythons: dict[Column, Path], evidence: Cells, names: Cells) -> Gathered:
    """Everything seen now on the columns that have a Python, the others as they were."""
    gathered = Gathered({}, {}, [])
    tool = outputs(ROOT / "fixtures")
    for column, python in pythons.items():
        print(f"evidence.py: running on {column.title}", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            texts = Path(folder) / "tool.json"
            texts.write_text(json.dumps({name: each.text for name, each in tool.items()}))
            seen = ask(column, python, "runner.py", "--tool", str(texts), str(ROOT / "fixtures"))
        for table, row, text in rows(column, seen, tool, gathered.problems):
            gathered.evidence.setdefault((table, row), {})[column.title] = text
        for kind_, name, text in name_cells(ask(column, python, "namespaces.py")):
            gathered.names.setdefault((kind_, name), {})[column.title] = text
    for column in COLUMNS:
        if column in pythons:
            continue
        for place, found in gathered.evidence.items():
            found[column.title] = evidence.get(place, {}).get(column.title, NOT_RUN)
        for place, found in names.items():
            if found[column.title]:
                gathered.names.setdefault(place, {})[column.title] = found[column.title]
    return gathered


def read(path: Path) -> str:
    """A file's text, empty where there is no file yet."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def differs(path: Path, after: str) -> bool:
    """Whether a file is not what was seen; prints the difference."""
    before = read(path).splitlines()
    name = path.relative_to(ROOT).as_posix()
    difference = list(
        difflib.unified_diff(before, after.splitlines(), f"a/{name}", f"b/{name}", lineterm="")
    )
    print("\n".join(difference), end="\n" if difference else "")
    return bool(difference)


def listed(cells: Cells) -> str:
    """What a version without a column shows, a line a row."""
    return "".join(
        f"{title} | {table} | {row} | {text}\n"
        for (table, row), found in cells.items()
        for title, text in found.items()
        if title not in {column.title for column in COLUMNS}
    )


def main(arguments: list[str] | None = None) -> int:
    """The script's entry."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--environments", type=Path, metavar="DIR")
    where.add_argument("--python", type=Path, help="run the columns of its TensorFlow alone")
    parser.add_argument("--oldest", action="store_true", help="the oldest environment alone")
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    options = parser.parse_args(arguments)
    try:
        if options.python:
            pythons = pythons_of_one(options.python)
        else:
            oldest = [each for each in COLUMNS if each.environment == COLUMNS[0].environment]
            columns = oldest if options.oldest else COLUMNS
            pythons = pythons_of_all(options.environments, columns)
        gathered = gather(pythons, parse(read(EVIDENCE)), parse_names(read(NAMESPACES)))
    except (EvidenceError, OSError) as error:
        print(f"evidence.py: {error}", file=sys.stderr)
        return 2
    for problem in gathered.problems:
        print(f"evidence.py: {problem}", file=sys.stderr)
    wrong = bool(gathered.problems)
    pages = {EVIDENCE: render(gathered.evidence), NAMESPACES: render_names(gathered.names)}
    if pythons.keys().isdisjoint(COLUMNS):
        print(listed(gathered.evidence), end="")
        pages = {}
    for path, page in pages.items():
        if options.check:
            wrong |= differs(path, page)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(page, encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
