"""How often a text is analysed to fix it: no more for many findings than for one."""

from __future__ import annotations

from typing import Any

import pytest

from flake8_tf_session import check_source, engine
from flake8_tf_session.fixing import fix_source, observe
from flake8_tf_session.quick_fixes import answer


def text_with(findings: int) -> str:
    """A text whose functions have a finding each."""
    function = "def start_{0}():\n    return tf.Session()\n\n\n"
    return "import tensorflow as tf\n\n\n" + "".join(map(function.format, range(findings)))


@pytest.fixture
def analyses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are analysed, one after the other."""
    texts: list[str] = []
    original = engine.program_of

    def noted(source: Any) -> Any:
        texts.append(source.text)
        return original(source)

    monkeypatch.setattr(engine, "program_of", noted)
    monkeypatch.setattr(observe, "program_of", noted)
    return texts


@pytest.mark.parametrize("findings", [1, 20])
def test_what_is_offered_comes_from_one_text(findings: int, analyses: list[str]) -> None:
    text = text_with(findings)
    places = [(found.code, found.line, found.column) for found in check_source(text)]
    analyses.clear()

    proposals = answer("model.py", text, ["--isolated"], propose=places)["proposals"]

    assert proposals == [{"safe": True, "refused": ""}] * findings
    assert analyses == [text, text]


@pytest.mark.parametrize("findings", [1, 20])
def test_many_findings_are_fixed_and_proven_together(findings: int, analyses: list[str]) -> None:
    text = text_with(findings)

    result = fix_source(text)

    assert len(result.fixed) == findings
    assert result.text.count("allow_growth = True") == findings
    # What is found, and what the fix has to look at, before and after.
    assert analyses == [text, text, text, result.text, result.text]


def test_one_that_can_not_be_proven_costs_no_other() -> None:
    text = (
        "from keras.layers import Dense\n"
        + text_with(2)
        + "def build():\n    session = tf.Session()\n    return Dense(1)\n"
    )

    result = fix_source(text)

    assert len(result.fixed) == 2
    assert [refusal.reason for refusal in result.refused] == ["the change would bring TFS301"]


def test_what_one_change_adds_to_a_function_the_next_one_there_finds() -> None:
    """The two sessions share a config, as if one were fixed after the other."""
    text = (
        text_with(2) + "def both():\n"
        "    first = tf.Session()\n    second = tf.Session()\n    return first, second\n"
    )

    result = fix_source(text)

    assert len(result.fixed) == 4
    assert result.text.count("= tf.ConfigProto()") == 3
    assert result.text.count("    second = tf.Session(config=config)\n") == 1


def test_lines_that_get_too_long_are_broken_in_all_together(analyses: list[str]) -> None:
    text = "import tensorflow as tf\n\n\n" + "\n\n\n".join(
        f"def start_{number}(config, session_config, tf_config):\n    return tf.compat.v1.Session()"
        for number in range(20)
    )

    result = fix_source(f"{text}\n")

    assert len(result.fixed) == 20
    assert max(map(len, result.text.splitlines())) < 80
    assert len(analyses) == 5
