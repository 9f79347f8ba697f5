"""Texts before and after, refusals, and what holds for every text of the test suite."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from flake8_tf_session import Finding, Settings, check_source
from flake8_tf_session.fixing import FixResult, fix_source
from flake8_tf_session.fixing.draft import Draft
from flake8_tf_session.fixing.style import brought, complaints

from ..conftest import FIXTURES, SOURCES, skip_newer_syntax
from ..expectations import Place, check_places, check_text, described
from ..test_cases import name_of
from .conftest import CASES

AFTER = "# ---- after ----\n"
PAIRS = sorted(path for path in CASES.glob("*.py") if path.stem != "refused")


def refusals(path: Path, result: FixResult) -> list[Place]:
    """The findings that were not fixed, each with its reason."""
    return [Place(str(path), each.finding.line, each.reason) for each in result.refused]


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_before_becomes_after(path: Path) -> None:
    before, _, after = path.read_text(encoding="utf-8").partition(AFTER)

    result = fix_source(before, str(path), unsafe=before.startswith("# unsafe"))

    check_text(result.text, after, path)
    assert result.fixed
    check_places(refusals(path, result), [], {str(path): before})


@pytest.mark.parametrize(
    "path",
    [path for path in PAIRS if path.read_text().startswith("# unsafe")],
    ids=lambda p: p.stem,
)
def test_unsafe_fixes_are_not_applied_unasked(path: Path) -> None:
    before = path.read_text(encoding="utf-8").partition(AFTER)[0]

    result = fix_source(before, str(path))

    check_text(result.text, before, path)
    assert {refusal.reason for refusal in result.refused} == {
        "its fix is not safe; --unsafe-fixes applies it"
    }


def test_refusals_have_their_reasons() -> None:
    path = CASES / "refused.py"
    source = path.read_text(encoding="utf-8")
    reasons = (
        Place(str(path), number, match[1])
        for number, line in enumerate(source.split("\n"), 1)
        for match in [re.search(r"# refused: (.*)", line)]
        if match
    )

    result = fix_source(source)

    check_text(result.text, source, path)
    assert result.fixed == []
    check_places(refusals(path, result), reasons, {str(path): source})


def test_a_name_that_a_function_rebinds_is_not_entered() -> None:
    source = (CASES / "tfs401_threads.py").read_text(encoding="utf-8").partition(AFTER)[0]
    rebound = "\n\ndef start_anew():\n    global session\n    session = K.get_session()\n"

    result = fix_source(source + rebound, unsafe=True)

    reason = "no name in the thread is known to hold the model's graph and session"
    assert [refusal.reason for refusal in result.refused] == [reason, reason]


def codes(findings: Iterable[Finding]) -> Counter[str]:
    """How often each code was found."""
    return Counter(finding.code for finding in findings)


def named(path: Path, text: str, findings: list[Finding], which: set[str]) -> str:
    """The findings of some codes, a line each."""
    places = (Place(str(path), each.line, each.code) for each in findings if each.code in which)
    return "\n".join(described(place, text) for place in places)


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
    first = check_source(source)

    result = fix_source(source, str(path), unsafe=True)

    compile(result.text, str(path), "exec", dont_inherit=True)
    second = check_source(result.text)
    before = codes(first)
    after = codes(second) + codes(result.fixed)
    # A config that stood there unused may be what a session lacked; a session that is registered
    # earlier may be of the graph that the one before it was not.
    new, gone = {*(after - before)} - {"TFS203"}, {*(before - after)} - {"TFS203", "TFS302"}
    assert not new, named(path, result.text, second, new)
    assert not gone, named(path, source, first, gone)
    assert after["TFS203"] <= before["TFS203"]
    old, style = (complaints(Draft.of(text), 79) for text in (source, result.text))
    assert brought(old, style) == []
    check_text(fix_source(result.text, str(path), unsafe=True).text, result.text, path)
    assert (result.text == source) == (not result.fixed)
