"""Imports in each style, respelled in each other, on two programs a pair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

import pytest

from tests.metamorphic.samples import Sample, samples
from tests.metamorphic.styles import PAIRS, STYLES, Style, from_package
from tests.metamorphic.suite import disagreement

# How many programs a pair; `python -m tests.metamorphic` takes them all.
COUNT = 2

SAMPLES = samples()
PROGRAM = """\
import tensorflow as tf

def build(sess):
    tf.keras.layers.Dense(1)
    tf.keras.backend.set_session(sess)
"""


@cache
def written(style: Style, sample: Sample) -> str | None:
    """A program with its imports in a style; None if that can't be, or if nothing is found in it.

    Of findings those count that every style must leave.
    """
    free = frozenset().union(*(each.free for each in STYLES))
    text, places = style.respell(sample.text)
    has_findings = any(each.code not in free for each in sample.findings)
    return text if places and has_findings else None


def changed(first: Style, second: Style) -> Iterator[tuple[Sample, str]]:
    """Programs in one style, and what they are in another: from other ones on for each pair."""
    begin = COUNT * PAIRS.index((first, second)) % len(SAMPLES)
    for sample in SAMPLES[begin:] + SAMPLES[:begin]:
        before = written(first, sample)
        text, places = second.respell(before) if before else ("", 0)
        if places:
            assert text != before
            yield sample, text


@pytest.mark.parametrize(
    ("first", "second"),
    [pytest.param(*each, id=" -> ".join(s.name for s in each)) for each in PAIRS],
)
def test_findings_stay(first: Style, second: Style) -> None:
    programs = [sample for sample, _ in zip(changed(first, second), range(COUNT))]

    assert len(programs) == COUNT
    for sample, text in programs:
        assert disagreement(sample, text, first, second) is None


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_style_is_what_it_is_called(style: Style) -> None:
    text, _ = style.respell(PROGRAM)

    lines = [line.strip(" :") for line in text.splitlines()]
    assert [part for part in re.split("[;:] ", style.name) if part not in lines] == []


def test_the_way_to_a_style_does_not_matter() -> None:
    """What is read of a program is all that is to know, whatever its style."""
    texts = {style: style.respell(PROGRAM)[0] for style in STYLES}
    assert len({*texts.values()}) == len(STYLES)

    for first, second in PAIRS:
        if not first.free:
            assert second.respell(texts[first])[0] == texts[second]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_another_meaning_is_seen(style: Style) -> None:
    """From each style to one that imports something else."""
    wrong = Style("from elsewhere import layers", from_package, "elsewhere", "elsewhere")

    programs = islice(changed(style, STYLES[STYLES[0] is style]), 10)

    assert any(
        "lost TFS" in (disagreement(sample, text, style, wrong) or "")
        for sample, _ in programs
        for text, _ in [wrong.respell(written(style, sample) or "")]
    )


REFUSED = {
    "nothing is imported": "import os\n",
    "elsewhere": "def f():\n    import tensorflow as tf\n    tf.Session()\n",
    "bound again": "import tensorflow as tf\ntf = None\n",
    "another scope's": "import tensorflow as tf\ndef f(tf):\n    tf.Session()\n",
    "a star": "import tensorflow as tf\nfrom os import *\n",
    "an attribute that is set": "import tensorflow as tf\ntf.x = 1\n",
    "an f-string": "import tensorflow as tf\nf'{tf.x}'\n",
    "an annotation as text": "import tensorflow as tf\ndef f(x: 'tf.Graph'):\n    tf.Session()\n",
    "a line of more": "import tensorflow as tf; tf.Session()\n",
    "one of two": "try:\n    import keras as k\nexcept ImportError:\n    import tensorflow as k\n",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_would_change_its_meaning_is_refused(kind: str) -> None:
    for style in STYLES:
        assert style.respell(REFUSED[kind]) == (REFUSED[kind], 0)


def test_names_that_are_taken_are_not_taken_again() -> None:
    text = "import tensorflow.keras as ks\ndef layers(Dense):\n    return ks.layers.Dense(Dense)\n"

    texts = [style.respell(text)[0] for style in STYLES]

    assert "import layers as layers_2\n" in "".join(texts)
    assert "import Dense as Dense_2\n" in "".join(texts)
    assert not [
        each for each in texts if each.count("return Dense(") + each.count("return layers.")
    ]
