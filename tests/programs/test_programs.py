"""Programs nobody thought of: 200 of fixed seeds, through TensorFlow and the linter."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest

pytest.importorskip("tensorflow", reason="needs TensorFlow")

from tests.programs.compare import compare, summary
from tests.programs.fixed import Tally, examine
from tests.programs.generator import program
from tests.programs.judge import Judge
from tests.programs.kinds import KINDS
from tests.programs.suite import judged, shrunk

pytestmark = pytest.mark.tensorflow

COUNT = 200
OF_KINDS = 30  # of these, about one or two of the kinds
FIXED = 20
SEED = 20_000_000
SEED_OF_KINDS = 173_000_100


def test_linter_agrees_with_tensorflow() -> None:
    """No miss, no false alarm; the first program with one is made as small as can be."""
    comparisons = []
    plain = judged(COUNT - OF_KINDS, SEED, 1, Counter())
    of_kinds = judged(OF_KINDS, SEED_OF_KINDS, 1, Counter(), tuple(KINDS))
    for verdict in chain(plain, of_kinds):
        comparisons.append(compare(verdict))
        if comparisons[-1].disagreements:
            raise AssertionError(shrunk(Judge(), comparisons[-1]).report())
    counts = summary(comparisons)
    assert counts["programs"] == COUNT
    assert counts["not analysed (TFS900)"] <= COUNT // 100
    # The programs are worth something: there are enough of every kind.
    assert counts["fail"] >= COUNT // 5
    assert counts["right"] >= COUNT // 5
    assert counts["right, with what the wording excuses"] >= COUNT // 20


def test_fixed_programs_run_right(judge: Judge) -> None:
    """What the fixer changes does not fail unless the linter says so; what was right stays so."""
    tally = Tally()
    for number in range(SEED, SEED + FIXED):
        examine(judge, program(number), tally)
    assert not tally.wrong, "\n\n".join(tally.wrong)
    assert tally.programs >= FIXED // 2
    assert tally.moved >= 1


LOST = """\
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.models import load_model
from switches import *

m = load_model(DENSE_MODEL)
K.set_session(tf.Session())
m.predict(X)
"""


def test_a_miss_is_seen(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison itself can fail: a linter that says nothing is caught."""
    verdict = judge.judge(LOST)
    assert compare(verdict).disagreements == []
    monkeypatch.setattr("tests.programs.compare.check_source", lambda source: [])
    assert compare(verdict).kinds == {"miss: TFS103"}


UNUSED = (
    LOST.replace("m = load", "def never():\n    m = load")
    .replace("\nK.set", "\n    K.set")
    .replace("m.predict(X)\n", "    return m\n")
)


def test_a_function_that_nothing_calls_is_not_judged(judge: Judge) -> None:
    comparison = compare(judge.judge(UNUSED + "tf.Session()\n"))
    assert comparison.disagreements == []
    assert comparison.never_run == 1


HANDLED = """\
import tensorflow as tf
from flask import Flask
from tensorflow.keras import backend as K
from tensorflow.keras.models import load_model
from switches import *

app = Flask("app")
m = load_model(DENSE_MODEL)
graph = tf.get_default_graph()
s = tf.Session()

@app.route("/")
def handle():
    with graph.as_default():
        K.set_session(s)
        m.predict(X)
"""


def test_what_restores_may_serve_a_handler(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing needs to be said of a handler of a program that calls a `restore`."""
    verdicts = [judge.judge(HANDLED + more) for more in ("", "def restore(): pass\nrestore()\n")]
    assert [compare(verdict).disagreements for verdict in verdicts] == [[], []]
    monkeypatch.setattr("tests.programs.compare.check_source", lambda source: [])
    assert [compare(verdict).kinds for verdict in verdicts] == [{"miss: TFS401"}, set()]


def test_a_save_that_fails_is_no_use_of_the_rest(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes after it is not compared: no program would go on."""
    more = (
        "n = load_model(DENSE_MODEL)\nsaver = tf.train.Saver()\nv1 = saver\n"
        "v1.save(K.get_session(), OUT)\nK.set_session(None)\nn.predict(X)\n"
    )
    monkeypatch.setattr("tests.programs.compare.check_source", lambda source: [])
    lost = LOST.replace("m.predict(X)\n", "")
    comparison = compare(judge.judge(lost + more))
    assert comparison.kinds == {"miss: TFS103"}
    assert len(comparison.disagreements) == 1


def test_a_false_alarm_is_seen(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    """A finding of another program, on one that is right, is caught."""
    from flake8_tf_session import check_source

    findings = check_source(LOST)
    right = LOST.replace("K.set_session(tf.Session())", "tf.Session()")
    verdict = judge.judge(right)
    assert compare(verdict).disagreements == []
    monkeypatch.setattr("tests.programs.compare.check_source", lambda source: findings)
    assert compare(verdict).disagreements == ["false: TFS103 on line 6"]


def test_a_disagreement_is_made_small(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.programs.compare.check_source", lambda source: [])
    more = LOST + "if on():\n    m.get_weights()\n    n = load_model(DENSE_MODEL)\n"
    small = shrunk(judge, compare(judge.judge(more)))
    assert small.kinds == {"miss: TFS103"}
    assert len(small.verdict.source.split("\n")) <= len(LOST.split("\n"))
