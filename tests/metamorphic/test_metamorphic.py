"""Each transformation on a part of the programs: another part for each, all programs in turn."""

from __future__ import annotations

from functools import cache
from zlib import crc32

import libcst as cst
import pytest

from tests.metamorphic.samples import Sample, samples
from tests.metamorphic.suite import TRANSFORMATIONS, disagreement
from tests.metamorphic.transformation import Transformation

# About every so manyth program; `python -m tests.metamorphic` takes them all.
STEP = 12

SAMPLES = samples()


def part_of(number: int) -> list[Sample]:
    """The programs on which a transformation is tried: a new program changes no other's part."""
    turn = number % STEP
    return [sample for sample in SAMPLES if crc32(sample.name.encode()) % STEP == turn]


PAIRS = [
    pytest.param(transformation, sample, id=f"{transformation.name}-{sample.name}")
    for number, transformation in enumerate(TRANSFORMATIONS)
    for sample in part_of(number)
]


@cache
def applied(transformation: Transformation, sample: Sample) -> tuple[str, int]:
    """What a transformation makes of a program, and at how many places."""
    return transformation.apply(sample.module)


@pytest.mark.parametrize(("transformation", "sample"), PAIRS)
def test_findings_stay(transformation: Transformation, sample: Sample) -> None:
    text, places = applied(transformation, sample)

    assert (text != sample.text) == (places > 0)
    assert disagreement(sample, text, transformation) is None


def test_enough_is_changed() -> None:
    """The suite is worth something: most programs have a place for most transformations."""
    shares = {}
    for number, transformation in enumerate(TRANSFORMATIONS):
        part = part_of(number)
        shares[transformation.name] = sum(
            applied(transformation, sample)[1] > 0 for sample in part
        ) / len(part)

    assert len(shares) == len(TRANSFORMATIONS)
    assert {name: share for name, share in shares.items() if share < 0.1} == {}
    assert sum(shares.values()) / len(shares) >= 0.75
    assert not [sample.name for sample in SAMPLES for each in sample.findings if "900" in each.code]
    assert sum(len(sample.findings) for sample in SAMPLES) >= 700


@pytest.fixture
def sample() -> Sample:
    """A program with findings of several kinds."""
    (found,) = [each for each in SAMPLES if each.name == "cases/tfs1xx_calls"]
    return found


class _Identity(Transformation):
    """Changes nothing."""


def test_a_lost_finding_is_seen(sample: Sample) -> None:
    text = sample.text.replace("set_session", "other_session")

    assert "lost TFS101" in (disagreement(sample, text, _Identity()) or "")


def test_a_new_finding_is_seen(sample: Sample) -> None:
    text = sample.text + "def f():\n    Dense(1)  # @9999\n    K.set_session(None)  # @9998\n"
    text = text.replace("set_session(None)", "set_session(f)")

    assert "new TFS101 @9999" in (disagreement(sample, text, _Identity()) or "")


def test_a_finding_on_another_statement_is_seen(sample: Sample) -> None:
    """A transformer that moves a statement without its mark."""

    class Exchange(cst.CSTTransformer):
        def leave_IndentedBlock(
            self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
        ) -> cst.IndentedBlock:
            first, *rest = updated_node.body
            if not isinstance(first, cst.SimpleStatementLine):
                return updated_node
            unmarked = first.with_changes(trailing_whitespace=cst.TrailingWhitespace())
            return updated_node.with_changes(body=[unmarked, *rest])

    text = sample.module.visit(Exchange()).code

    assert "lost TFS101" in (disagreement(sample, text, _Identity()) or "")
