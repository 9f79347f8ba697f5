"""Every annotated source, through the real flake8: as it is, with noqa, and through stdin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import FIXTURES, SOURCES, Result, expected, options, skip_newer_syntax
from .expectations import check_findings


def name_of(path: Path) -> str:
    """The test's name for a source."""
    return "/".join(path.with_suffix("").parts[-3 if path.name in ("bad.py", "fixed.py") else -1 :])


@pytest.fixture(params=SOURCES, ids=name_of)
def source(request: pytest.FixtureRequest) -> Path:
    """One annotated source."""
    path: Path = request.param
    skip_newer_syntax(path)
    return path


def arguments(source: Path) -> list[str]:
    """The flake8 arguments of a source: a fixture's own code may be one that is off by default."""
    own = options(source.read_text(encoding="utf-8"))
    return [f"--extend-select={source.parts[-3]}", *own] if FIXTURES in source.parents else own


def test_as_it_is(source: Path, flake8: Callable[..., Result]) -> None:
    text = source.read_text(encoding="utf-8")

    result = flake8(*arguments(source), str(source))

    check_findings(result.lines, {str(source): text})


def test_every_finding_can_be_silenced(
    source: Path, flake8: Callable[..., Result], tmp_path: Path
) -> None:
    silenced = tmp_path / source.name
    text = source.read_text(encoding="utf-8").replace("# expect:", "# noqa:")
    silenced.write_text(text, encoding="utf-8")

    result = flake8(*arguments(source), str(silenced))

    check_findings(result.lines, {str(silenced): text})


def test_through_stdin(source: Path, flake8: Callable[..., Result], tmp_path: Path) -> None:
    text = source.read_text(encoding="utf-8")
    shown = str(tmp_path / "unsaved.py")

    result = flake8(
        *arguments(source), "--stdin-display-name", shown, "-", stdin=text.encode("utf-8")
    )

    check_findings(result.lines, {shown: text})


def test_the_fixed_fixtures_expect_nothing() -> None:
    fixed = sorted(FIXTURES.glob("*/*/fixed.py"))

    assert fixed
    assert [path for path in fixed if expected(path.read_text(encoding="utf-8"))] == []
