"""The page of evidence is whole, and the script that writes it reads what it wrote."""

from __future__ import annotations

import importlib.util
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
    monkeypatch.setattr(
        evidence, "interpreter", lambda column, _: first if column is first else None
    )
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
        tmp_path,
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
