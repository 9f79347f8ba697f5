"""The command and the output format of VS Code's Flake8 extension."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import FINDINGS, PROGRAM, Tools

pytestmark = pytest.mark.network

FORMAT = "--format='%(row)d,%(col)d,%(code).1s,%(code)s:%(text)s'"
"""As the extension gives it, quotes included: it starts no shell."""
LINE = re.compile(r"'(\d+),(\d+),(\w),(\w+\d+):(\S.*)'")


def parsed(output: str) -> list[tuple[int, int, str]]:
    """Line, column and code of this plugin's findings, as the extension takes them."""
    matches = [LINE.fullmatch(line) for line in output.splitlines()]
    assert None not in matches, output
    return [
        (int(match[1]), int(match[2]), match[4]) for match in matches if match and match[3] == "T"
    ]


def test_a_saved_file(tools: Tools, project: Path) -> None:
    path = str(project / "news.py")

    result = tools.run("python", "-m", "flake8", FORMAT, path, cwd=project)

    assert parsed(result.stdout) == FINDINGS


def test_a_text_on_standard_input(tools: Tools, project: Path) -> None:
    (project / "news.py").write_text("")
    name = ("--stdin-display-name", str(project / "news.py"), "-")

    result = tools.run("python", "-m", "flake8", FORMAT, *name, cwd=project, stdin=PROGRAM)

    assert parsed(result.stdout) == FINDINGS
