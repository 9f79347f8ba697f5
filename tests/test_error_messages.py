"""The page that leads from error messages to codes, compared with what was seen on TensorFlow."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest

from flake8_tf_session.catalogue import CODES

from .conftest import ROOT, Result

PAGE = (ROOT / "docs" / "howto" / "error-messages.md").read_text(encoding="utf-8")
EVIDENCE = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")


class Row(NamedTuple):
    """A line of the page's tables, and what stands under its heading."""

    code: str
    program: str
    shows: str
    advice: str
    section: str


ROWS = [
    Row(*cells, section)
    for section in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
    for cells in re.findall(r"^\| (TFS\d+) \| `(\S+)` \| (.+?) \| (.+) \|$", section, re.MULTILINE)
]


def test_the_page_has_the_messages_that_people_search_for() -> None:
    assert len(ROWS) == PAGE.count("\n| TFS")
    for message in (
        "Attempting to use uninitialized value",
        "Error while reading resource variable",
        "is not an element of this graph",
        "Container: localhost",
        "Attempted to use a closed Session",
        "has no attribute 'set_session'",
    ):
        assert message in PAGE


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.program)
def test_the_program_has_the_finding(row: Row, flake8: Callable[..., Result]) -> None:
    target = re.findall(r"--tf-session-target=\S+(?=`)", row.section)

    found = flake8("--extend-select=TFS", *target, str(ROOT / row.program / "bad.py"))

    assert row.code in [line.code for line in found.lines]
    assert CODES[row.code].on_by_default or f"--extend-select={row.code}" in row.advice


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.program)
def test_the_program_shows_it(row: Row) -> None:
    condition, _, shown = row.shows.rpartition(": ")
    name = row.program.rpartition("/")[2] + ", bad"
    if condition:
        name += ", " + condition.removeprefix("when ")
    said = f"shows {condition}" if condition else "shows"
    text = (ROOT / row.program / "bad.py").read_text(encoding="utf-8")

    (claim,) = re.findall(rf"^# {said}: (.*)$", text, re.MULTILINE)
    assert shown in claim.split(", ") or claim.startswith(shown)
    (line,) = re.findall(rf"^\| {re.escape(name)} \| (.*) \|$", EVIDENCE, re.MULTILINE)
    *_, tensorflow_2_15, tf_keras, _ = line.split(" | ")
    assert shown in tensorflow_2_15
    assert shown in tf_keras
