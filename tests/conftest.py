"""How the tests reach the plugin: through flake8's own command line."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from flake8.main.cli import main
from flake8.utils import stdin_get_value

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).parent / "cases"
FIXTURES = Path(__file__).parent.parent / "fixtures"
SOURCES = [*sorted(CASES.glob("*.py")), *sorted(FIXTURES.glob("*/*/*.py"))]
"""Every annotated source that is a program of its own."""


class Line(NamedTuple):
    """One line of flake8's output; the column counts from 1."""

    path: str
    line: int
    column: int
    code: str
    text: str


class Result(NamedTuple):
    """What flake8 printed and returned."""

    status: int
    lines: list[Line]
    error: str


_LINE = re.compile(r"(?P<path>.*?):(?P<line>\d+):(?P<column>\d+): (?P<code>\w+) (?P<text>.*)")
_EXPECTED = re.compile(r"#\s*expect:\s*(?P<codes>TFS\d{3}(?:\s*,\s*TFS\d{3})*)")


def expected(source: str) -> list[tuple[int, str]]:
    """The findings that the lines of an annotated source expect: pairs of line and code."""
    return sorted(
        (number, code.strip())
        for number, line in enumerate(source.split("\n"), 1)
        for match in [_EXPECTED.search(line)]
        if match
        for code in match["codes"].split(",")
    )


def options(source: str) -> list[str]:
    """The flake8 arguments in the first line of an annotated source."""
    first = source.split("\n", 1)[0]
    return first.partition("# options:")[2].split()


@pytest.fixture
def flake8(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Runs flake8, isolated from any configuration, with this plugin's codes alone."""

    def run(*arguments: str, stdin: bytes | None = None) -> Result:
        if stdin is not None:
            # flake8 reads its standard input once in a process.
            stdin_get_value.cache_clear()
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main(["--isolated", "--extend-ignore=C,E,F,W", "-j1", *arguments])
        printed = capsys.readouterr()
        found = [_LINE.fullmatch(line) for line in printed.out.splitlines()]
        lines = [
            Line(m["path"], int(m["line"]), int(m["column"]), m["code"], m["text"])
            for m in found
            if m
        ]
        assert len(lines) == len(found), printed.out
        return Result(status, lines, printed.err)

    return run


@pytest.fixture(scope="session")
def fetch() -> Callable[[str], Path]:
    """Unpacks a released package in the folder of caches, where nothing installs it."""

    def unpacked(package: str) -> Path:
        script = str(ROOT / "scripts" / "corpus.py")
        command = [sys.executable, script, "--package", package, "--fetch-only"]
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode != 0:
            pytest.fail(f"{package} can't be had: {result.stdout}{result.stderr}")
        return Path(result.stdout.strip().partition(": ")[2])

    return unpacked


def has_newer_syntax(path: Path) -> bool:
    """Whether a source is named for a newer Python than this one: ``match_py310.py``."""
    minor = re.search(r"_py3(\d+)$", path.stem)
    return minor is not None and sys.version_info < (3, int(minor[1]))


def skip_newer_syntax(path: Path) -> None:
    """Skip a test of a source that is named for a newer Python."""
    if has_newer_syntax(path):
        pytest.skip("needs the syntax of a newer Python")
