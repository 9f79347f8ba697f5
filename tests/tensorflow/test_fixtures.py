"""Every fixture shows on real TensorFlow what it says it shows, and every fix runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from runner import (
    IMPORTED,
    WEIGHTS_READ,
    claims,
    claims_here,
    observe_fixture,
    programs,
    symptoms,
)
from server import Server

ROOT = Path(__file__).resolve().parents[2] / "fixtures"
PROGRAMS = programs(ROOT)
PAIRS = sorted({path.parent for path in PROGRAMS})
HAZARDS = {  # what shows them: nothing is lost until weights are touched, say
    "TFS101": WEIGHTS_READ,
    "TFS102": WEIGHTS_READ,
    "TFS307": IMPORTED,
}
RIGHT = ["predicts 15.0"]


def name(path: Path) -> str:
    """A program or a pair, as the tests' names show it."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.tensorflow
@pytest.mark.parametrize("path", PROGRAMS, ids=name)
def test_program_shows_what_it_says(tensorflow: Server, path: Path) -> None:
    seen = observe_fixture(tensorflow.run, path)
    said = claims_here(claims(path), tensorflow.conditions)
    assert set(said) <= set(symptoms(seen)), seen["traceback"] or seen


@pytest.mark.tensorflow
@pytest.mark.parametrize("path", [path for path in PROGRAMS if path.parts[-3] in HAZARDS], ids=name)
def test_hazard_bites_under_its_condition(tensorflow: Server, path: Path) -> None:
    condition = HAZARDS[path.parts[-3]]
    seen = observe_fixture(tensorflow.run, path, condition)
    assert set(claims(path)[condition]) <= set(symptoms(seen)), seen["traceback"] or seen


@pytest.mark.parametrize("pair", PAIRS, ids=name)
def test_bad_and_fixed_show_different_things(pair: Path) -> None:
    bad, fixed = claims(pair / "bad.py"), claims(pair / "fixed.py")
    condition = HAZARDS.get(pair.parent.name, "")
    assert not set(bad[condition]) >= set(fixed[condition])
    assert all(said[:1] == RIGHT for where, said in fixed.items() if where != IMPORTED)


@pytest.mark.parametrize("pair", PAIRS, ids=name)
def test_bad_expects_its_code_and_fixed_none(pair: Path) -> None:
    expected = {
        path: re.findall(r"TFS\d\d\d", " ".join(re.findall(r"# expect: (.*)", path.read_text())))
        for path in pair.glob("*.py")
    }
    assert pair.parent.name in expected.pop(pair / "bad.py")
    assert not any(expected.values())
