"""scripts/primer.py keeps verdicts with their findings, and shows what differs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flake8_tf_session.domain import budget

from .conftest import ROOT

SCRIPT = ROOT / "scripts" / "primer.py"
SOURCE = """import tensorflow as tf
from keras import backend as K
from keras.layers import Dense


def build():
    layer = Dense(1)
    K.set_session(tf.Session())
    return layer
"""
FOUND = "tiny\t1\ttiny/model.py\t7\tTFS101\t"

Primer = Callable[..., "tuple[int, list[str]]"]


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """The folder of the tables."""
    return tmp_path / "tables"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package in the cache, of one module with a TFS101 and a TFS201."""
    tree = tmp_path / "cache" / "tiny-1"
    (tree / "tiny").mkdir(parents=True)
    (tree / "tiny" / "model.py").write_text(SOURCE, encoding="utf-8")
    return tree / "tiny"


@pytest.fixture
def primer(
    package: Path,
    tables: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Primer]:
    """Runs the script on that package alone: the exit code and what it prints."""
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    import corpus
    import primer

    monkeypatch.setattr(corpus, "read_list", lambda: [corpus.Package("tiny", "1")])
    folders = ["--cache", str(package.parents[1]), "--results", str(tables)]

    def run(*arguments: str) -> tuple[int, list[str]]:
        status = primer.main([*arguments, *folders])
        printed = capsys.readouterr()
        return status, [*printed.out.splitlines(), *printed.err.splitlines()]

    yield run
    for name in ("corpus", "primer"):
        sys.modules.pop(name, None)


def judge(tables: Path, verdict: str) -> None:
    """Write a verdict and its reason to the only finding."""
    table = tables / "findings.tsv"
    header, row = table.read_text(encoding="utf-8").splitlines()
    cells = [*row.split("\t")[:6], verdict, "built first"]
    table.write_text(f"{header}\n" + "\t".join(cells) + "\n", encoding="utf-8")


def test_findings_and_counts_are_written(primer: Primer, tables: Path) -> None:
    assert primer()[0] == 0

    header, row = (tables / "findings.tsv").read_text(encoding="utf-8").splitlines()
    assert header.split("\t")[:5] == ["package", "version", "file", "line", "code"]
    assert row.startswith(FOUND + "Keras layer 'Dense' is created before set_session() on line 8")
    assert row.endswith("\t\t")
    assert (tables / "counts.tsv").read_text(encoding="utf-8").splitlines() == [
        "package\tversion\tfiles\tcode\tcount",
        "tiny\t1\t1\tTFS101\t1",
        "tiny\t1\t1\tTFS201\t1",
    ]


def test_a_finding_needs_a_verdict(primer: Primer) -> None:
    primer()

    status, lines = primer("--check")

    assert status == 1
    assert "tiny-1: tiny/model.py:7: TFS101 has no verdict" in lines


def test_a_verdict_needs_a_reason(primer: Primer, tables: Path) -> None:
    primer()
    judge(tables, "right")
    table = tables / "findings.tsv"
    text = table.read_text(encoding="utf-8").replace("built first", "")
    table.write_text(text, encoding="utf-8")

    status, lines = primer("--check")

    assert status == 1
    assert "tiny-1: tiny/model.py:7: TFS101 has no reason" in lines


def test_a_verdict_stays_with_its_finding(primer: Primer, package: Path, tables: Path) -> None:
    primer()
    judge(tables, "right")
    (package / "other.py").write_text("x = 1\n", encoding="utf-8")

    assert primer("--check")[0] == 1  # a file more
    assert primer()[0] == 0
    status, lines = primer("--check")

    assert status == 0
    assert lines[:2] == [
        "TFS101: 1 of 1 verdicts are right = 1.00",
        "TFS1xx: 1 of 1 verdicts are right = 1.00",
    ]
    assert "\tright\tbuilt first\n" in (tables / "findings.tsv").read_text(encoding="utf-8")


def test_check_shows_what_differs_and_writes_nothing(
    primer: Primer, package: Path, tables: Path
) -> None:
    primer()
    judge(tables, "right")
    before = [path.read_bytes() for path in sorted(tables.iterdir())]
    model = package / "model.py"
    model.write_text(SOURCE.replace("tf.Session()", "None"), encoding="utf-8")

    status, lines = primer("--check")

    assert status == 1
    changed = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert [line.split("Keras")[0] for line in changed] == [
        "-" + FOUND,
        "-tiny\t1\t1\tTFS101\t1",
        "-tiny\t1\t1\tTFS201\t1",
        "+tiny\t1\t1\t\t0",
    ]
    assert [path.read_bytes() for path in sorted(tables.iterdir())] == before


def test_a_finding_that_moved_is_judged_again(primer: Primer, package: Path, tables: Path) -> None:
    primer()
    judge(tables, "right")
    (package / "model.py").write_text("\n" + SOURCE, encoding="utf-8")

    status, lines = primer("--check")

    assert status == 1
    assert "tiny-1: tiny/model.py:8: TFS101 has no verdict" in lines


def test_findings_that_are_wrong_cost_precision(primer: Primer, tables: Path) -> None:
    primer()
    judge(tables, "wrong")

    status, lines = primer("--check")

    assert status == 1
    assert lines[:3] == [
        "precision: 0 of 1 is less than 0.95",
        "TFS101: 0 of 1 verdicts are right = 0.00",
        "TFS1xx: 0 of 1 verdicts are right = 0.00",
    ]


def test_other_packages_keep_their_lines(primer: Primer, tables: Path) -> None:
    tables.mkdir()
    findings = "big\t2\tbig.py\t1\tTFS101\tso\tright\tbuilt first\n"
    header = "package\tversion\tfile\tline\tcode\tmessage\tverdict\treason\n"
    (tables / "findings.tsv").write_text(header + findings, encoding="utf-8")
    counts = "package\tversion\tfiles\tcode\tcount\nbig\t2\t9\tTFS101\t1\n"
    (tables / "counts.tsv").write_text(counts, encoding="utf-8")

    assert primer("--package", "tiny")[0] == 0

    assert findings + FOUND in (tables / "findings.tsv").read_text(encoding="utf-8")
    assert counts + "tiny\t1\t1" in (tables / "counts.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("tiny\t1\ttiny/model.py", "findings.tsv:2: not a row of package, version, file,"),
        (FOUND.replace("7", "seven") + "so\tright\tso", "findings.tsv:2: not a row of package,"),
        (FOUND + "so\tperhaps\tso", "findings.tsv: 'perhaps' is no verdict: tiny/model.py"),
    ],
)
def test_a_table_that_is_none_is_named(primer: Primer, tables: Path, row: str, reason: str) -> None:
    tables.mkdir()
    (tables / "findings.tsv").write_text(f"package\n{row}\n", encoding="utf-8")

    status, (line,) = primer("--check")

    assert status == 2
    assert line.startswith("primer.py: ")
    assert reason in line


def test_what_libcst_cannot_parse_is_rightly_not_analysed(
    primer: Primer, package: Path, tables: Path
) -> None:
    (package / "model.py").write_text(SOURCE + "print 'done'\n", encoding="utf-8")
    primer()

    assert primer("--check")[0] == 0
    row = (tables / "findings.tsv").read_text(encoding="utf-8").splitlines()[1]
    assert "\tTFS900\t" in row
    assert row.endswith("\tright\tlibcst can't parse it: ParserSyntaxError")


def test_what_libcst_can_parse_has_to_be_analysed(
    primer: Primer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "FLOW_LIMIT", 1)
    monkeypatch.setattr(budget, "LINE_LIMIT", 0)
    primer()

    status, lines = primer("--check")

    assert status == 1
    assert any(line.endswith("TFS900 was not analysed, and libcst can parse it") for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for Python")
def test_an_environment_is_linted_by_distribution(
    primer: Primer, tables: Path, tmp_path: Path
) -> None:
    library = tmp_path / "lib" / "python3"
    packages = library / "site-packages"
    information = packages / "Some_Thing-2.dist-info"
    information.mkdir(parents=True)
    (library / "os.py").write_text("x = 1\n", encoding="utf-8")
    (packages / "thing.py").write_text(SOURCE, encoding="utf-8")
    (information / "METADATA").write_text("Name: Some_Thing\nVersion: 2\n", encoding="utf-8")
    (information / "RECORD").write_text("thing.py,,\ngone.py,,\n../../o.py,,\n", encoding="utf-8")
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text(f"#!/bin/sh\nprintf '3.11.7\\n{library}\\n{packages}\\n'\n", encoding="utf-8")
    python.chmod(0o755)

    assert primer("--installed", str(tmp_path))[0] == 0

    assert (tables / "counts.tsv").read_text(encoding="utf-8").splitlines()[1:] == [
        "python\t3.11.7\t1\t\t0",
        "some-thing\t2\t1\tTFS101\t1",
        "some-thing\t2\t1\tTFS201\t1",
    ]
    found = (tables / "findings.tsv").read_text(encoding="utf-8").splitlines()[1]
    assert found.startswith("some-thing\t2\tthing.py\t7\tTFS101\t")


def test_what_is_no_environment_is_named(primer: Primer, tmp_path: Path) -> None:
    status, (line,) = primer("--installed", str(tmp_path / "none"))

    assert status == 2
    assert line.startswith(f"primer.py: {tmp_path / 'none'} is no environment of Python: ")


@pytest.mark.network
def test_some_real_packages_are_as_they_were() -> None:
    """The short form; CONTRIBUTING.md has the whole."""
    names = ["autokeras", "csbdeep", "dca", "nudity", "sparkdl"]
    command = [sys.executable, str(SCRIPT), "--check"]
    for name in names:
        command += ["--package", name]

    result = subprocess.run(command, capture_output=True, text=True)

    assert result.returncode == 0, result.stdout + result.stderr
    assert "verdicts are right" in result.stdout
