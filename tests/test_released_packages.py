"""Released packages whose base classes and helpers stand in other files than what uses them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_tf_session.cli import main

from .conftest import ROOT, Result

NEWSREC = Path("recommenders", "models", "newsrec", "models")
SUPER = "        super().__init__("
SETUP = "        # set GPU use with on demand growth\n"
BUILD = "        self.model, self.scorer = self._build_graph()\n"
REGISTERS = "        tf.compat.v1.keras.backend.set_session(sess)\n"

pytestmark = pytest.mark.network
Flake8 = Callable[..., Result]


@pytest.fixture
def recommenders(fetch: Callable[[str], Path], tmp_path: Path) -> Path:
    """A copy of the package that the rules come from."""
    released = fetch("recommenders==1.2.1")
    return shutil.copytree(released / "recommenders", tmp_path / "recommenders").parent


def order(result: Result) -> list[tuple[str, int, str]]:
    """The findings of order: path, line and code."""
    return [
        (line.path, line.line, line.code) for line in result.lines if line.code.startswith("TFS1")
    ]


def put_before_super(file: Path, statement: str) -> int:
    """Put a statement before the call of the base's ``__init__``; the line of the statement."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(SUPER, f"        {statement}\n{SUPER}", 1), encoding="utf-8")
    return text[: text.index(SUPER)].count("\n") + 1


def test_recommenders_as_released_is_in_order(recommenders: Path, flake8: Flake8) -> None:
    assert order(flake8(str(recommenders))) == []


def test_a_layer_before_the_base_registers(recommenders: Path, flake8: Flake8) -> None:
    nrms = recommenders / NEWSREC / "nrms.py"
    line = put_before_super(nrms, "self.attention = layers.Dense(1)")

    result = flake8(str(recommenders))

    assert order(result) == [(str(nrms), line, "TFS101")]
    (found,) = [each for each in result.lines if each.code == "TFS101"]
    assert "set_session() in BaseModel.__init__ (base_model.py:68)" in found.text


def test_the_graph_before_the_base_registers(recommenders: Path, flake8: Flake8) -> None:
    nrms = recommenders / NEWSREC / "nrms.py"
    line = put_before_super(nrms, "self.model, self.scorer = self._build_graph()")

    assert order(flake8(str(recommenders))) == [(str(nrms), line, "TFS102")]


def test_a_base_that_registers_nothing(recommenders: Path, flake8: Flake8) -> None:
    put_before_super(recommenders / NEWSREC / "nrms.py", "self.attention = layers.Dense(1)")
    base = recommenders / NEWSREC / "base_model.py"
    text = base.read_text(encoding="utf-8")
    assert REGISTERS in text
    base.write_text(text.replace(REGISTERS, ""), encoding="utf-8")

    assert order(flake8(str(recommenders))) == []


def test_the_worked_example_on_recommenders(
    recommenders: Path,
    flake8: Flake8,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What `docs/howto/adopt.md` tells to try: the mistake put in, found and mended."""
    page = (ROOT / "docs" / "howto" / "adopt.md").read_text(encoding="utf-8")
    base = recommenders / NEWSREC / "base_model.py"
    released = base.read_text(encoding="utf-8")
    setup = released[released.index(SETUP) : released.index(REGISTERS)] + REGISTERS
    base.write_text(released.replace(setup, "").replace(BUILD, BUILD + setup), encoding="utf-8")
    monkeypatch.chdir(recommenders)

    found = [
        f"{e.path}:{e.line}:{e.column}: {e.code} {e.text}" for e in flake8("recommenders").lines
    ]
    assert found == re.findall(r"^recommenders/\S+\.py:\d.*", page, re.MULTILINE)

    assert main(["fix", "--isolated", "--select", "TFS102", "recommenders"]) == 0
    said = capsys.readouterr().err
    file = "recommenders/models/newsrec/models/base_model.py"
    assert said == f"{file}: 1 finding fixed\n1 finding fixed in 1 file, 0 not fixed\n"
    assert said in page
    assert flake8("recommenders").lines == []
    mended = base.read_text(encoding="utf-8")
    assert [line for line in mended.splitlines() if line] == [
        line for line in released.splitlines() if line
    ]


def test_dca_builds_before_its_training_registers(
    fetch: Callable[[str], Path], flake8: Flake8
) -> None:
    dca = fetch("dca==0.3.4") / "dca"

    result = flake8(str(dca))

    assert order(result) == [
        (str(dca / "api.py"), 188, "TFS101"),
        # From the second time on the model is built under the session of the time before.
        (str(dca / "test.py"), 14, "TFS104"),
        (str(dca / "test.py"), 20, "TFS104"),
        (str(dca / "test.py"), 25, "TFS104"),
        (str(dca / "train.py"), 173, "TFS104"),
    ]


def test_csbdeep_clears_the_session_that_limits_memory(
    fetch: Callable[[str], Path], flake8: Flake8
) -> None:
    script = fetch("csbdeep==0.4.1") / "csbdeep" / "scripts" / "care_predict.py"

    (found,) = flake8(str(script)).lines

    assert (found.line, found.code) == (110, "TFS303")
    assert "registered in limit_gpu_memory (utils/tf.py:51)" in found.text
