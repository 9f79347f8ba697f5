"""What the commands say to programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_tf_session import check_source
from flake8_tf_session.catalogue import CODES

from .conftest import Ran
from .test_command import AFTER, BEFORE, LATE

Command = Callable[..., Ran]
MIXED = (
    BEFORE
    + """\
NONE = None
tf.Session(config=NONE)
"""
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a finding that can be fixed, and one that can't."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "model.py"
    path.write_text(MIXED)
    return path


def test_findings_that_are_gone_or_stay_have_their_ends(file: Path, command: Command) -> None:
    ran = command("fix", "--format", "json", file.name)

    (said,) = json.loads(ran.output)["files"]
    gone, stays = (each for each in check_source(MIXED, file.name) if each.code == "TFS201")
    assert (said["path"], said["changed"], said["error"]) == (file.name, True, "")
    assert said["fixed"] == [gone._asdict()]
    reason = "its config is given by a name that is None here"
    assert said["not_fixed"] == [{**stays._asdict(), "reason": reason}]
    assert file.read_text() == MIXED.replace(BEFORE, AFTER)


def test_the_place_that_a_finding_refers_to_is_there(file: Path, command: Command) -> None:
    file.write_text(LATE)

    ran = command("fix", "--check", "--format", "json", file.name)

    assert ran.status == 1
    (said,) = json.loads(ran.output)["files"]
    assert said["fixed"][0]["related"]["line"] == 4
    assert file.read_text() == LATE


def test_the_difference_is_part_of_it(file: Path, command: Command) -> None:
    plain = command("fix", "--diff", file.name)
    ran = command("fix", "--diff", "--format", "json", file.name)

    assert plain.output.startswith("--- model.py\n")
    assert json.loads(ran.output)["files"][0]["diff"] == plain.output
    assert ran.error == plain.error


def test_what_can_not_be_read_is_an_error(file: Path, command: Command) -> None:
    file.write_text("def\n")

    ran = command("fix", "--format", "json", file.name)

    assert ran.status == 2
    said = json.loads(ran.output)
    assert said["files"] == []
    (error,) = said["errors"]
    assert error.startswith("model.py:1:")
    assert "SyntaxError" in error


def test_a_file_that_can_not_be_written_is_an_error_of_its_own(
    file: Path, command: Command
) -> None:
    file.write_bytes(b"# coding: iso2022_jp\n" + BEFORE.encode() + b"# \x1b(B\n")

    ran = command("fix", "--format", "json", file.name)

    (said,) = json.loads(ran.output)["files"]
    assert (ran.status, said["changed"], said["fixed"], said["not_fixed"]) == (2, False, [], [])
    assert said["error"].startswith("model.py: its bytes are not those")


def test_standard_output_is_one_thing_or_the_other(command: Command) -> None:
    ran = command("fix", "--isolated", "--format", "json", "-", stdin=BEFORE.encode())
    checked = command(
        "fix", "--isolated", "--format", "json", "--check", "-", stdin=BEFORE.encode()
    )

    assert (ran.status, ran.output) == (2, "")
    assert ran.error == (
        "flake8-tf-session: - writes the new text: --format json needs --diff or --check\n"
    )
    assert checked.status == 1
    assert json.loads(checked.output)["files"][0]["path"] == "stdin"


# --- explain ---


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (["tfs201"], ["TFS201"]),
        (["growth-never-used"], ["TFS203"]),
        (["Session-At-Import", "TFS101", "tfs900"], ["TFS307", "TFS101", "TFS900"]),
    ],
)
def test_explain_takes_codes_and_names(
    asked: list[str], codes: list[str], command: Command
) -> None:
    ran = command("explain", *asked)

    assert ran.status == 0
    titles = [line for line in ran.output.splitlines() if line.startswith("# TFS")]
    assert titles == [f"# {code}: {CODES[code].name}" for code in codes]


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("TFS910", "did you mean TFS900 (not-analysed)?"),
        ("sesion-cleared", "did you mean TFS303 (session-cleared)?"),
        ("xyz", "'flake8-tf-session rules' lists them"),
    ],
)
def test_explain_suggests_the_nearest(asked: str, hint: str, command: Command) -> None:
    ran = command("explain", "TFS101", asked)

    assert (ran.status, ran.output) == (2, "")
    assert ran.error == f"flake8-tf-session: there is no rule {asked}; {hint}\n"
