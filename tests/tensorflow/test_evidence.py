"""The page of evidence is whole, and the script that writes it reads what it wrote."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from facts import FACTS
from runner import claims, programs
from tool import outputs

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "evidence.md"


@pytest.fixture(scope="module")
def evidence() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("evidence", ROOT / "scripts" / "evidence.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_has_a_row_for_each_program_and_each_fact(evidence: ModuleType) -> None:
    cells = evidence.parse(PAGE.read_text(encoding="utf-8"))
    expected = {(fact.section, name) for name, fact in FACTS.items()}
    for name, output in outputs(ROOT / "fixtures").items():
        fixed = (ROOT / "fixtures" / name).with_name("fixed.py")
        expected.update(
            (fixed.parts[-3], f"{fixed.parent.name}, by the tool{suffix}")
            for condition, suffix in evidence.CONDITIONS.items()
            if condition in claims(fixed) and not (output.refused and condition)
        )
    for path in programs(ROOT / "fixtures"):
        row = f"{path.parent.name}, {path.stem}"
        expected.update(
            (path.parts[-3], row + suffix)
            for condition, suffix in evidence.CONDITIONS.items()
            if condition in claims(path)
        )
    assert {place for place in cells if place[0] != "Names"} == expected


def test_pages_are_read_as_they_were_written(evidence: ModuleType) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert evidence.render(evidence.parse(text)) == text
    cells = {("TFS101", "a | b"): {column.title: "x | y" for column in evidence.COLUMNS}}
    assert evidence.parse(evidence.render(cells)) == cells
    names = (ROOT / "tests" / "tensorflow" / "namespaces.csv").read_text(encoding="utf-8")
    assert evidence.render_names(evidence.parse_names(names)) == names


def test_a_version_that_can_t_run_keeps_its_column(
    evidence: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first, *others = evidence.COLUMNS
    seen = [("TFS101", "new", "a"), ("TFS101", "old", "b")]
    monkeypatch.setattr(evidence, "rows", lambda *_: seen)
    monkeypatch.setattr(
        evidence,
        "ask",
        lambda column, python, script, *_: (
            {"keras.layers.New": ["layer", None]} if script == "namespaces.py" else {}
        ),
    )
    kept = {column.title: "kept" for column in evidence.COLUMNS}
    gathered = evidence.gather(
        {first: tmp_path},
        {("TFS101", "old"): kept, ("TFS101", "gone"): kept},
        {("layer", "keras.layers.Old"): {**kept, others[0].title: ""}},
    )
    assert gathered.evidence == {
        ("TFS101", "new"): {first.title: "a", **{o.title: "not run" for o in others}},
        ("TFS101", "old"): {first.title: "b", **{o.title: "kept" for o in others}},
    }
    assert gathered.names == {
        ("layer", "keras.layers.New"): {first.title: "yes"},
        ("layer", "keras.layers.Old"): {other.title: "kept" for other in others[1:]},
    }


@pytest.mark.parametrize(
    ("tensorflow", "keras", "tf_keras", "columns"),
    [
        ("1.15.0", "2.2.5", "", ["1.15", "1.15, keras 2.2.5"]),
        ("1.15.5", "2.3.1", "", ["1.15"]),
        ("2.15.1", "2.15.0", "", ["2.15"]),
        ("2.21.0", "3.15.1", "", ["2.21, Keras 3"]),
        ("2.21.0", "3.15.1", "2.21.0", ["2.21, tf_keras", "2.21, Keras 3"]),
        ("2.10.1", "2.10.0", "", ["2.10"]),
        ("2.17.0", "3.5.0", "2.17.0", ["2.17, tf_keras", "2.17, Keras 3"]),
    ],
)
def test_one_tensorflow_fills_its_columns(
    evidence: ModuleType,
    tmp_path: Path,
    tensorflow: str,
    keras: str,
    tf_keras: str,
    columns: list[str],
) -> None:
    python = tmp_path / "python"
    versions = {"tensorflow": tensorflow, "keras": keras, "tf_keras": tf_keras}
    python.write_text(f"#!/bin/sh\necho '{json.dumps(versions)}'\n")
    python.chmod(0o755)

    assert [column.title for column in evidence.pythons_of_one(python)] == columns


def test_what_a_version_without_a_column_shows_is_listed(
    evidence: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = evidence.Column("2.10", "", "")
    before = [path.read_text(encoding="utf-8") for path in (PAGE, evidence.NAMESPACES)]
    monkeypatch.setattr(evidence, "pythons_of_one", lambda python: {other: python})
    monkeypatch.setattr(evidence, "rows", lambda *_: [("TFS101", "new", "a")])
    monkeypatch.setattr(evidence, "ask", lambda *_: {"keras.layers.New": ["layer", None]})

    assert evidence.main(["--python", "python"]) == 0
    assert capsys.readouterr().out == "2.10 | TFS101 | new | a\n"
    assert [path.read_text(encoding="utf-8") for path in (PAGE, evidence.NAMESPACES)] == before


@pytest.mark.parametrize("answer", ["exit 1", 'echo \'{"tensorflow": ""}\''])
def test_a_python_without_tensorflow_is_one_line(
    evidence: ModuleType, tmp_path: Path, answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{answer}\n")
    python.chmod(0o755)

    assert evidence.main(["--python", str(python)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_no_python_at_all_is_one_line(
    evidence: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(evidence, "find_python", lambda version: None)
    assert evidence.main(["--environments", str(tmp_path), "--check"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "evidence.py: none of the Pythons that the versions need is installed"
    ]
