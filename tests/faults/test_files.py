"""What may happen to files: no room, no permission, somebody else who changes them."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import flake8_tf_session
from flake8_tf_session import check_source
from flake8_tf_session.fixing import run as running
from flake8_tf_session.fixing.fixer import FixResult
from flake8_tf_session.fixing.run import Outcome, Task
from flake8_tf_session.text.project import _KEPT
from tests.fixing.conftest import Ran, command

PROJECTS = Path(__file__).parents[1] / "projects"
PACKAGES = os.path.dirname(os.path.dirname(flake8_tf_session.__file__))
# Of Linux: its headers' numbers.
PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE = 1
GREEDY = "import tensorflow as tf\nsess = tf.Session()\n"
FIXED = (
    "import tensorflow as tf\n"
    "config = tf.ConfigProto()\n"
    "config.gpu_options.allow_growth = True\n"
    "sess = tf.Session(config=config)\n"
)

Command = Callable[..., Ran]
# pytest finds fixtures by the names of the module.
__all__ = ["command"]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that can be cleared away whatever becomes of its permissions."""
    path = tmp_path / "folder"
    path.mkdir()
    yield path
    path.chmod(0o755)


def content(folder: Path) -> dict[str, bytes]:
    """The files of a folder and what is in them."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def fix(folder: Path, prepare: Callable[[], None]) -> subprocess.CompletedProcess[str]:
    """Fix a folder in a process that something is done to before it starts."""
    environment = {**os.environ, "PYTHONPATH": PACKAGES, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "flake8_tf_session.cli", "fix", "-j1", "--isolated", "."]
    return subprocess.run(
        command, cwd=folder, env=environment, preexec_fn=prepare, capture_output=True, text=True
    )


# --- no room, no permission ---


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of resources")
def test_no_room_for_the_new_file(folder: Path) -> None:
    """A limit on the size of files fails in the middle of a write, as a full disk does."""
    import resource

    large = GREEDY + "# padding\n" * 20_000
    (folder / "model.py").write_text(large)
    before = content(folder)

    ran = fix(folder, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)))

    assert ran.returncode == 2
    assert ran.stderr.splitlines() == [
        "./model.py: File too large",
        "0 findings fixed in 0 files, 1 not fixed",
    ]
    assert content(folder) == before


@pytest.mark.skipif(sys.platform == "win32", reason="needs permissions")
@pytest.mark.parametrize("modes", [(0o555, 0o666), (0o777, 0o444)], ids=["folder", "file"])
def test_no_permission_to_write(folder: Path, modes: tuple[int, int]) -> None:
    def demote() -> None:
        if os.geteuid() == 0:
            # Root may write everywhere, unless it lacks that capability.
            ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)

    if os.geteuid() == 0 and sys.platform != "linux":
        pytest.skip("root may write everywhere")
    path = folder / "model.py"
    path.write_text(GREEDY)
    path.chmod(modes[1])
    folder.chmod(modes[0])

    ran = fix(folder, demote)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[0] == "./model.py: Permission denied"
    assert len(ran.stderr.splitlines()) == 2
    assert content(folder) == {"model.py": GREEDY.encode()}


# --- somebody else ---


@pytest.mark.parametrize("change", ["edit", "remove", "folder"])
def test_a_file_that_changes_while_it_is_fixed(
    folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    path = folder / "model.py"
    path.write_text(GREEDY)
    (folder / "other.py").write_text(GREEDY)
    fix_text = running.fix_text

    def meanwhile(text: str, task: Task) -> FixResult:
        result = fix_text(text, task)
        if task.path.endswith("model.py"):
            path.unlink()
            if change == "edit":
                path.write_text("x = 1\n")
            elif change == "folder":
                path.mkdir()
        return result

    monkeypatch.setattr(running, "fix_text", meanwhile)

    ran = command("fix", "--isolated", "-j1", folder)

    reason = {
        "edit": "it has changed meanwhile",
        "remove": "No such file or directory",
        "folder": "Is a directory",
    }[change]
    assert ran.status == 2
    assert ran.error.splitlines() == [
        f"{path}: {reason}",
        f"{folder / 'other.py'}: 1 finding fixed",
        "1 finding fixed in 1 file, 1 not fixed",
    ]
    left = sorted(each.name for each in folder.iterdir())
    assert left == (["other.py"] if change == "remove" else ["model.py", "other.py"])
    assert change != "edit" or path.read_text() == "x = 1\n"
    assert (folder / "other.py").read_text() == FIXED


def test_a_file_that_vanishes_before_it_is_fixed(
    folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "model.py"
    path.write_text(GREEDY)
    fix_file = running.fix_file

    def late(task: Task) -> Outcome:
        path.unlink()
        return fix_file(task)

    monkeypatch.setattr(running, "fix_file", late)

    ran = command("fix", "--isolated", "-j1", folder)

    assert ran.status == 2
    assert ran.error.splitlines()[0] == f"{path}: No such file or directory"
    assert content(folder) == {}


@pytest.mark.skipif(sys.platform != "linux", reason="needs workers that are forked")
def test_a_killed_worker_of_the_fixer(
    folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.py", "b.py"):
        (folder / name).write_text(GREEDY)

    def die(path: str, before: bytes, data: bytes) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(running, "write", die)

    ran = command("fix", "--isolated", "-j2", folder)

    assert ran == Ran(2, "", "flake8-tf-session: a worker was killed; run it again\n")
    assert content(folder) == {"a.py": GREEDY.encode(), "b.py": GREEDY.encode()}


# --- what a file imports ---


@pytest.mark.parametrize("change", ["edit", "cut", "remove", "folder"])
def test_an_imported_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """It is unknown then, or what it is now: no trouble of the file that imports it."""
    _KEPT.clear()
    news = shutil.copytree(PROJECTS / "relative", tmp_path / "relative") / "news"
    base, file = news / "base_model.py", news / "nrms.py"
    text = file.read_text(encoding="utf-8")
    sound = check_source(text, str(file))
    _KEPT.clear()
    stat = os.stat
    changed = []

    def meanwhile(path: object, *arguments: object, **keywords: object) -> os.stat_result:
        status = stat(path, *arguments, **keywords)  # type: ignore[arg-type, call-overload]
        if str(path) == str(base) and not changed:
            changed.append(path)
            whole = base.read_bytes()
            base.unlink()
            if change == "edit":
                base.write_bytes(b"# more\n" * 1000 + whole)
            elif change == "cut":
                base.write_bytes(whole[: len(whole) // 2])
            elif change == "folder":
                base.mkdir()
        return status

    monkeypatch.setattr(os, "stat", meanwhile)

    found = check_source(text, str(file))

    assert changed
    assert "TFS900" not in [each.code for each in found]
    assert [each.code for each in found] in ([each.code for each in sound], [])
    assert found or change != "edit"
