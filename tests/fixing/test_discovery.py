"""Which files are fixed: those of the project, each once, and what is said of the others."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Ran
from .test_command import AFTER, BEFORE

Command = Callable[..., Ran]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, in which the command runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fixed(folder: Path, paths: list[str]) -> list[str]:
    """Those of some files that were fixed; all are as they were before."""
    found = [path for path in paths if (folder / path).read_text() != BEFORE]
    make(folder, paths)
    return found


def make(folder: Path, paths: list[str]) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(BEFORE)


# --- what others have put there ---

FOREIGN = [
    ".venv/lib/python3.11/site-packages/agent.py",
    "lib/site-packages/agent.py",
    "own/lib/agent.py",
    "conda/lib/agent.py",
    "node_modules/agent.py",
    "tools/venv/agent.py",
]


@pytest.fixture
def foreign(project: Path) -> Path:
    """A project with files of others."""
    make(project, [*FOREIGN, "src/agent.py"])
    (project / "own" / "pyvenv.cfg").touch()
    (project / "conda" / "conda-meta").mkdir()
    return project


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ([], []),
        (["tools/venv"], FOREIGN[5:]),
        (["tools/venv/"], FOREIGN[5:]),
        (["tools"], []),
        (["own"], FOREIGN[2:3]),
        (["own/lib"], FOREIGN[2:3]),
        ([".venv"], []),
        ([".venv/lib/python3.11/site-packages"], FOREIGN[:1]),
        (["node_modules/agent.py", "conda"], FOREIGN[3:5]),
    ],
    ids=str,
)
def test_files_of_others_are_fixed_if_they_are_named(
    foreign: Path, command: Command, paths: list[str], expected: list[str]
) -> None:
    ran = command("fix", "-j1", "src", *paths)
    everything = fixed(foreign, ["src/agent.py", *FOREIGN])
    command("fix", "-j1", "--check", ".", *paths)

    assert ran.status == 0
    assert everything == ["src/agent.py", *expected]


def test_the_whole_folder_is_that_of_the_project(foreign: Path, command: Command) -> None:
    ran = command("fix", "-j1", ".")

    assert ran.error.splitlines()[0] == "./src/agent.py: 1 finding fixed"
    assert fixed(foreign, ["src/agent.py", *FOREIGN]) == ["src/agent.py"]


def test_a_project_may_itself_stand_among_others(
    foreign: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(foreign / "own" / "lib")

    command("fix", "-j1", ".")

    assert fixed(foreign, FOREIGN) == ["own/lib/agent.py"]


def test_the_excludes_of_flake8(project: Path, command: Command) -> None:
    paths = ["a.py", "b.py", "c.py", ".tox/d.py"]
    (project / ".flake8").write_text("[flake8]\nexclude = a.py\n")
    make(project, paths)

    command("fix", "-j1", ".")
    assert fixed(project, paths) == ["b.py", "c.py", ".tox/d.py"]

    command("fix", "-j1", "--extend-exclude", "b.py,d*", ".")
    assert fixed(project, paths) == ["c.py"]

    command("fix", "-j1", "--exclude", "c.py", ".")
    assert fixed(project, paths) == ["a.py", "b.py", ".tox/d.py"]


# --- each file once ---


def test_a_file_of_many_names_is_one(project: Path, command: Command) -> None:
    make(project, ["model.py"])
    (project / "a_link.py").symlink_to("model.py")
    os.link(project / "model.py", project / "other.py")

    ran = command("fix", "-j2", "model.py", "./model.py", project / "model.py", ".")

    assert ran.status == 0
    assert ran.error.splitlines() == [
        "model.py: 1 finding fixed",
        "1 finding fixed in 1 file, 0 not fixed",
    ]
    assert (project / "other.py").read_text() == AFTER
    assert (project / "other.py").samefile(project / "model.py")


def test_a_name_may_begin_with_a_hyphen(project: Path, command: Command) -> None:
    make(project, ["-j3.py"])

    ran = command("fix", "--", "-j3.py")

    assert (ran.status, fixed(project, ["-j3.py"])) == (0, ["-j3.py"])


# --- what can't be fixed is said ---


def test_what_is_not_analysed_is_said(project: Path, command: Command) -> None:
    make(project, ["model.py"])
    with open("model.py", "a") as file:
        file.write(f"x = {'-' * 900}1\n")

    ran = command("fix", "model.py")
    as_json = command("fix", "--format", "json", "model.py")

    assert ran.status == 2
    (said,) = ran.error.splitlines()
    assert said.startswith("model.py:1:1: TFS900 ")
    assert json.loads(as_json.output) == {"files": [], "errors": [said]}
    assert command("fix", "--ignore", "TFS", "model.py") == Ran(0, "", "")


def test_a_file_that_flake8_fails_at_costs_no_other(project: Path, command: Command) -> None:
    (project / "deep.py").write_text(f"import tensorflow as tf\nx = {'-' * 100_000}tf.Session()\n")
    make(project, ["model.py"])

    ran = command("fix", "-j2", ".")

    assert ran.status == 2
    assert ran.error.splitlines()[0] == "./model.py: 1 finding fixed"
    assert ran.error.splitlines()[1].startswith(("./deep.py: RecursionError", "./deep.py: MemoryE"))
    assert fixed(project, ["model.py"]) == ["model.py"]


@pytest.mark.skipif(os.name == "nt", reason="needs permissions")
def test_a_folder_that_can_t_be_read_is_said(
    project: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "closed").mkdir()
    # Root may read all.
    monkeypatch.setattr(os, "access", lambda path, mode: path != "closed")

    ran = command("fix", "closed")

    assert ran == Ran(2, "", "flake8-tf-session: closed: Permission denied\n")
