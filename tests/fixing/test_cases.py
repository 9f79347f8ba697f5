"""Texts before and after, refusals, and what holds for every text of the test suite."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from flake8_tf_session import Settings, check_source
from flake8_tf_session.fixing import fix_source
from flake8_tf_session.fixing.draft import Draft
from flake8_tf_session.fixing.style import brought, complaints

from ..conftest import FIXTURES, skip_newer_syntax
from ..test_cases import SOURCES, name_of
from .conftest import CASES

AFTER = "# ---- after ----\n"
PAIRS = sorted(path for path in CASES.glob("*.py") if path.stem != "refused")


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_before_becomes_after(path: Path) -> None:
    before, _, after = path.read_text(encoding="utf-8").partition(AFTER)

    result = fix_source(before, str(path), unsafe=before.startswith("# unsafe"))

    assert result.text == after
    assert result.fixed
    assert result.refused == []


@pytest.mark.parametrize(
    "path",
    [path for path in PAIRS if path.read_text().startswith("# unsafe")],
    ids=lambda p: p.stem,
)
def test_unsafe_fixes_are_not_applied_unasked(path: Path) -> None:
    before = path.read_text(encoding="utf-8").partition(AFTER)[0]

    result = fix_source(before, str(path))

    assert result.text == before
    assert {refusal.reason for refusal in result.refused} == {
        "its fix is not safe; --unsafe-fixes applies it"
    }


def test_refusals_have_their_reasons() -> None:
    source = (CASES / "refused.py").read_text(encoding="utf-8")

    result = fix_source(source)

    assert result.text == source
    assert result.fixed == []
    assert [(refusal.finding.line, refusal.reason) for refusal in result.refused] == [
        (number, match[1])
        for number, line in enumerate(source.split("\n"), 1)
        for match in [re.search(r"# refused: (.*)", line)]
        if match
    ]


CLIENT = "from tensorflow.python.client.session import Session\n"


@pytest.mark.parametrize(
    ("imports", "names"),
    [
        ("import tensorflow as tf\n" + CLIENT, "tf.compat.v1."),
        ("import tensorflow.compat.v1 as tf1\n" + CLIENT, "tf1."),
        ("from tensorflow.compat import v1\n" + CLIENT, "v1."),
        ("from tensorflow import ConfigProto, GPUOptions, Session\n", ""),
        ("from tensorflow import *\n", ""),
    ],
)
def test_names_are_spelled_as_the_file_can(imports: str, names: str) -> None:
    result = fix_source(f"{imports}Session()\n", settings=Settings(max_line_length=100))

    options = f"{names}GPUOptions(allow_growth=True)"
    assert result.text == f"{imports}Session(config={names}ConfigProto(gpu_options={options}))\n"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (
            "from tensorflow.train import MonitoredSession\nMonitoredSession()\n",
            "how the file spells TensorFlow's own names can't be known",
        ),
        (CLIENT.replace("\n", "; Session()\n"), "the import of the session shares its line"),
    ],
)
def test_a_spelling_that_can_t_be_had_is_refused(source: str, reason: str) -> None:
    result = fix_source(source)

    assert result.text == source
    assert [refusal.reason for refusal in result.refused] == [reason]


@pytest.mark.parametrize(
    "path", [*SOURCES, *PAIRS], ids=lambda p: name_of(p) if FIXTURES in p.parents else p.stem
)
def test_every_text_is_fixed_or_left(path: Path) -> None:
    """The result compiles, has nothing new, and stays as it is."""
    skip_newer_syntax(path)
    source = path.read_text(encoding="utf-8").partition(AFTER)[0]
    before = Counter(finding.code for finding in check_source(source))

    result = fix_source(source, str(path), unsafe=True)

    compile(result.text, str(path), "exec", dont_inherit=True)
    after = Counter(finding.code for finding in check_source(result.text))
    fixed = after + Counter(finding.code for finding in result.fixed)
    # A config that stood there unused may be what a session lacked; a session that is registered
    # earlier may be of the graph that the one before it was not.
    assert {*(fixed - before)} <= {"TFS203"}
    assert {*(before - fixed)} <= {"TFS203", "TFS302"}
    assert fixed["TFS203"] <= before["TFS203"]
    first, second = (complaints(Draft.of(text), 79) for text in (source, result.text))
    assert brought(first, second) == []
    assert fix_source(result.text, str(path), unsafe=True).text == result.text
    assert (result.text == source) == (not result.fixed)
