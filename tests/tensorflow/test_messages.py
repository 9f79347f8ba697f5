"""The messages of the page on them, as TensorFlow prints them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from runner import observe_fixture
from server import Server

ROOT = Path(__file__).resolve().parents[2]
HERE = re.compile(r"^- `(.*)` \(TensorFlow 2\.21\)$", re.MULTILINE)
SECTIONS = [
    section
    for section in (ROOT / "docs" / "howto" / "error-messages.md").read_text("utf-8").split("\n## ")
    if HERE.search(section)
]


@pytest.mark.tensorflow
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.split("\n")[0])
def test_the_programs_print_the_messages(tensorflow: Server, section: str) -> None:
    if "on tensorflow 2.21" not in tensorflow.conditions:
        pytest.skip("the page has the messages of another version")
    programs = re.findall(r"`(fixtures/\S+)`", section)
    seen = [
        observe_fixture(tensorflow.run, ROOT / program / "bad.py")["traceback"]
        for program in programs
    ]

    messages = HERE.findall(section)
    assert messages
    for message in messages:
        assert any(message in traceback for traceback in seen), "\n".join(seen)
    for program, traceback in zip(programs, seen):
        assert any(message in traceback for message in messages), program
