"""500 inputs of a fixed seed; ``python -m tests.inputs`` tries more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("hypothesmith", reason="needs hypothesmith")

from flake8_tf_session import Settings, check_source
from flake8_tf_session.fixing import FixResult
from flake8_tf_session.text.source import Source
from tests.conftest import Result
from tests.inputs import verdict
from tests.inputs.mutate import is_python
from tests.inputs.sources import Input, inputs
from tests.inputs.suite import Suite, shrunk

COUNT = 500
SEED = 0

GATE = "flake8_tf_session.text.gate.gate"
BAD = "import tensorflow as tf\nx = 1\nsess = tf.Session()\n"


def given(text: str) -> Input:
    """An input with a text."""
    return Input(0, "mutated", text, "<string>", Settings(), False)


def test_whatever_comes_in_an_answer_comes_out() -> None:
    suite = Suite()

    wrong = [f"{given!r}\n{verdict.wrong}" for given, verdict in suite.run(COUNT, SEED)]

    assert not wrong, "\n\n".join(wrong)
    # The inputs are worth something: most are analysed, many have findings, some are fixed.
    answers = {answer for _, answer in suite.answers}
    assert answers >= {"findings", "silence", "no Python: TFS900"}
    assert {kind for kind, _ in suite.answers} == {"generated", "mutated", "project"}
    assert sum(count for key, count in suite.answers.items() if key[1] == "findings") > COUNT // 4
    assert suite.fixed > COUNT // 20


def test_flake8_gives_the_same_answers(tmp_path: Path, flake8: Callable[..., Result]) -> None:
    files = {}
    for each in inputs(60, SEED, None, tmp_path / "projects"):
        if each.filename == "<string>" and each.settings == Settings():
            files[tmp_path / f"input{each.number}.py"] = each.text
    for path, text in files.items():
        path.write_bytes(text.encode("utf-8"))

    result = flake8("--extend-select=TFS", *map(str, files))

    for path, text in files.items():
        found = [(line.line, line.code) for line in result.lines if line.path == str(path)]
        expected = []
        if is_python(text):
            expected = [(each.line, each.code) for each in check_source(text, str(path))]
        assert found == expected, text
    assert result.lines


# --- the suite itself can fail ---


@pytest.mark.parametrize("name", ["gate.gate", "source.Source"])
def test_an_internal_error_is_seen(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def fail(*_: object) -> None:
        raise KeyError(0)

    assert verdict.judged(given(BAD)).wrong == ""
    monkeypatch.setattr(f"flake8_tf_session.text.{name}", fail)

    assert verdict.judged(given(BAD)).wrong.startswith("an internal error\n")


def test_an_internal_error_inside_a_function_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError(0)

    text = "import tensorflow as tf\ndef f():\n    return tf.Session()\n"
    monkeypatch.setattr("flake8_tf_session.ir.lower_statements.lower", fail)

    assert verdict.judged(given(text)).wrong.startswith("an internal error\n")


def test_an_internal_error_of_the_fixer_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError(0)

    monkeypatch.setattr("flake8_tf_session.fixing.fixer.observe", fail)

    assert verdict.judged(given(BAD)).wrong.startswith("an internal error of the fixer\n")


def test_an_exception_that_escapes_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError(0)

    monkeypatch.setattr(verdict, "check_source", fail)

    assert verdict.judged(given(BAD)).wrong.startswith("an exception escapes\n")


def test_endless_recursion_is_no_depth_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*arguments: object) -> None:
        endless(*arguments)

    monkeypatch.setattr(GATE, endless)

    assert verdict.judged(given(BAD)).wrong.startswith("an internal error\n")


def test_an_endless_loop_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object) -> None:
        while True:
            len("")

    monkeypatch.setattr(GATE, endless)
    monkeypatch.setattr(verdict, "WORK_LIMIT", 100_000)

    assert "TooMuchWork" in verdict.judged(given(BAD)).wrong


def test_a_place_outside_the_text_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def shifted(*arguments: object) -> object:
        return [found._replace(end_column=99) for found in check_source(BAD)]

    monkeypatch.setattr(verdict, "check_source", shifted)

    assert verdict.judged(given(BAD)).wrong.startswith("no columns of the file: ")


def test_a_fix_that_does_not_compile_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> FixResult:
        return FixResult("(", check_source(BAD), [])

    monkeypatch.setattr(verdict, "fix_findings", broken)

    assert verdict.judged(given(BAD)).wrong.startswith("what was fixed does not compile\n")


def test_a_finding_that_is_only_said_to_be_fixed_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> FixResult:
        return FixResult(BAD + "x = 1\n", check_source(BAD), [])

    monkeypatch.setattr(verdict, "fix_findings", broken)

    assert verdict.judged(given(BAD)).wrong.startswith("what is said to be fixed is still found\n")


def test_an_input_with_which_something_is_wrong_is_shrunk(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: str, text: str) -> Source:
        if "x = 1" in text:
            raise KeyError(0)
        return Source(path, text)

    monkeypatch.setattr("flake8_tf_session.text.source.Source", fail)

    assert shrunk(given(BAD + "y = 2\n" * 9)).text == "x = 1\n"
