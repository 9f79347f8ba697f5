"""The command as a process: its streams, its signals, and configurations that are broken."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from .test_files import FIXED, GREEDY, PACKAGES

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
ENVIRONMENT = {**os.environ, "PYTHONPATH": PACKAGES, "PYTHONDONTWRITEBYTECODE": "1"}


def shell(
    folder: Path, line: str, stdin: bytes = b"", **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which ``tool`` is the command."""
    tool = f"'{sys.executable}' -m flake8_tf_session"
    return subprocess.run(
        ["sh", "-c", line.replace("tool", tool)],
        cwd=folder,
        env={**ENVIRONMENT, **variables},
        input=stdin,
        capture_output=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of one file."""
    (tmp_path / "model.py").write_text(GREEDY)
    return tmp_path


# --- streams ---


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize(
    "command",
    ["fix --diff model.py", "fix - < model.py", "explain TFS101", "--help"],
)
def test_an_output_that_is_full_is_one_line(folder: Path, command: str) -> None:
    ran = shell(folder, f"tool {command} > /dev/full")

    assert ran.returncode == 2
    assert ran.stderr.splitlines()[-1] == b"flake8-tf-session: No space left on device"
    assert b"Traceback" not in ran.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_messages_that_nobody_can_get(folder: Path) -> None:
    ran = shell(folder, "tool fix --check model.py 2> /dev/full")

    assert (ran.returncode, ran.stdout) == (2, b"")


@pytest.mark.parametrize(
    ("command", "status", "error"),
    [
        ("fix --diff model.py >&-", 2, b"flake8-tf-session: standard output is closed"),
        ("fix - < model.py >&-", 2, b"flake8-tf-session: standard output is closed"),
        ("rules >&-", 2, b"flake8-tf-session: standard output is closed"),
        ("fix - <&-", 2, b"flake8-tf-session: standard input is closed"),
        ("fix model.py >&- <&-", 0, b"1 finding fixed in 1 file, 0 not fixed"),
        ("fix model.py >&- <&- 2>&-", 0, b""),
    ],
)
def test_a_stream_that_is_closed(folder: Path, command: str, status: int, error: bytes) -> None:
    ran = shell(folder, f"tool {command}")

    assert (ran.returncode, ran.stdout) == (status, b"")
    assert ran.stderr.splitlines()[-1:] == ([error] if error else [])
    assert b"Traceback" not in ran.stderr
    assert (folder / "model.py").read_text() == (GREEDY if status else FIXED)


def test_messages_do_not_come_among_the_text(folder: Path) -> None:
    ran = shell(folder, "tool fix - < model.py 2>&-")

    assert (ran.returncode, ran.stdout) == (0, FIXED.encode())


def test_whoever_reads_a_line_gets_it(folder: Path) -> None:
    ran = shell(folder, "tool fix --diff model.py | head -n 1")

    assert ran.stdout == b"--- model.py\n"
    assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize("variables", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_a_terminal_that_knows_ascii_alone(folder: Path, variables: dict[str, str]) -> None:
    (folder / "größe.py").write_text(GREEDY.replace("sess", "größe"), encoding="utf-8")

    pages = shell(folder, "tool explain TFS101", **variables)
    diff = shell(folder, "tool fix --diff .", **variables)

    assert (pages.returncode, diff.returncode) == (0, 0)
    assert "-größe = tf.Session()" in diff.stdout.decode("utf-8").splitlines()
    assert b"2 findings would be fixed in 2 files, 0 not fixed" in diff.stderr
    assert b"Traceback" not in pages.stderr + diff.stderr


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"\n\nx = '\xe4'\n", b"stdin: 'utf-8' codec can't decode byte 0xe4"),
        (b"# coding: rot13\nvzcbeg bf\n", b"stdin: rot13 is no encoding of texts"),
        (b"\xff\xfex\x00", b"stdin: invalid or missing encoding declaration"),
    ],
)
def test_a_text_that_can_t_be_decoded_comes_back(folder: Path, text: bytes, reason: bytes) -> None:
    ran = shell(folder, "tool fix -", text)

    assert (ran.returncode, ran.stdout) == (2, text)
    assert ran.stderr.startswith(reason)
    assert len(ran.stderr.splitlines()) == 1


def test_a_fault_of_the_command_is_one_line(folder: Path) -> None:
    ran = run(
        folder, "from flake8_tf_session import cli; cli._rules = lambda _: {}['no luck']", "rules"
    )

    assert (ran.returncode, ran.stderr) == (2, "flake8-tf-session: KeyError: 'no luck'\n")


# --- files of which one is trouble ---


@pytest.mark.parametrize("encoding", ["rot13", "hex"])
def test_a_file_in_no_encoding_of_texts_costs_no_other(folder: Path, encoding: str) -> None:
    (folder / "odd.py").write_text(f"# coding: {encoding}\n{GREEDY}")

    ran = shell(folder, "tool fix .")

    assert ran.returncode == 2
    assert ran.stderr.decode().splitlines() == [
        "./model.py: 1 finding fixed",
        f"./odd.py: LookupError: '{encoding}' is not a text encoding; use codecs.open() to handle"
        " arbitrary codecs",
        "1 finding fixed in 1 file, 0 not fixed",
    ]
    assert (folder / "model.py").read_text() == FIXED


def test_links_that_lead_nowhere_cost_no_other(folder: Path) -> None:
    (folder / "loop.py").symlink_to("loop.py")
    (folder / "nowhere.py").symlink_to("missing.py")

    ran = shell(folder, "tool fix .")

    assert ran.returncode == 2
    assert len(ran.stderr.splitlines()) == 4
    assert (folder / "model.py").read_text() == FIXED


# --- configurations ---


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[flake8]\nmax-line-length = many\n", "flake8 can't start: invalid literal for int()"),
        ("[flake8]\nextend-ignore = nope#\n", "flake8 can't start: Error code 'nope#'"),
        (
            "[flake8]\ntf-session-all-unregistered = maybe\n",
            "tf-session-all-unregistered: 'maybe' is neither yes nor no",
        ),
        ("[flake8\n", "flake8 can't start: File contains no section headers."),
        ("[flake8]\nrequire-plugins = none-such\n", "required plugins were not installed!"),
        (
            "[flake8:local-plugins]\nextension = X = none_such:Y\n",
            "flake8 can't start: Flake8 failed to load plugin",
        ),
    ],
)
def test_a_broken_configuration_is_one_line(folder: Path, text: str, reason: str) -> None:
    (folder / "broken.cfg").write_text(text)

    ran = shell(folder, "tool fix --config broken.cfg .")

    assert ran.returncode == 2
    assert ran.stderr.decode().startswith(f"flake8-tf-session: {reason}")
    assert len(ran.stderr.splitlines()) == 1


# --- signals ---

HOLD = """
import os, signal
def hold(*_):
    os.{call}
    # Until somebody ends this process.
    while True:
        signal.pause()
from {module} import {name}
import {module} as module
module.{name} = hold
"""
PLACES = ["flake8_tf_session.fixing.run:fix_text", "flake8_tf_session.plugin:check_tree"]


def run(folder: Path, prepare: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own in which something is prepared."""
    program = f"{prepare}\nimport sys\nfrom flake8_tf_session.cli import main\nsys.exit(main())\n"
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        # Should a worker live on, it holds the pipe of the output, and this waits for it.
        output, errors = process.communicate(timeout=300)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


@pytest.mark.skipif(sys.platform != "linux", reason="needs workers that are forked")
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("jobs", "name", "to_all", "status", "error"),
    [
        (1, "SIGINT", False, 130, "flake8-tf-session: interrupted\n"),
        (2, "SIGINT", True, 130, "flake8-tf-session: interrupted\n"),
        (2, "SIGTERM", False, 143, ""),
    ],
)
def test_a_signal_ends_the_command_and_its_workers(
    folder: Path, place: str, jobs: int, name: str, to_all: bool, status: int, error: str
) -> None:
    (folder / "other.py").write_text(GREEDY)
    module, _, function = place.partition(":")
    parent = "os.getpid()" if jobs == 1 else "os.getppid()"
    call = f"kill({parent}, signal.{name})" if not to_all else f"killpg(0, signal.{name})"
    hold = HOLD.format(call=call, module=module, name=function)

    ran = run(folder, hold, "fix", f"-j{jobs}", "--isolated", ".")

    assert (ran.returncode, ran.stderr) == (status, error)
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "model.py": GREEDY,
        "other.py": GREEDY,
    }


WHEN_IMPORTED = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "importlib.metadata":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
"""


@pytest.mark.parametrize("command", [["explain", "TFS101"], ["fix", "model.py"]])
def test_an_early_interrupt_is_one_line(folder: Path, command: list[str]) -> None:
    """While it imports what takes long."""
    ran = run(folder, WHEN_IMPORTED, *command)

    assert (ran.returncode, ran.stdout) == (130, "")
    assert ran.stderr == "flake8-tf-session: interrupted\n"


WHEN_FORKED = """
import itertools, os, signal
forks = itertools.count(1)
def end():
    if next(forks) == {fork}:
        os.kill(os.getpid(), signal.{name})
os.register_at_fork(after_in_parent=end)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs workers that are forked")
@pytest.mark.parametrize("fork", [1, 2, 3, 4])
@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_that_comes_while_workers_begin_ends_them(
    folder: Path, fork: int, name: str, status: int
) -> None:
    """Two begin to check, two to fix."""
    (folder / "other.py").write_text(GREEDY)

    ran = run(folder, WHEN_FORKED.format(fork=fork, name=name), "fix", "-j2", "--isolated", ".")

    assert ran.returncode == status
    assert (folder / "model.py").read_text() == GREEDY


def test_a_signal_that_is_ignored_stays_so(folder: Path) -> None:
    """As `nohup` has it."""
    hold = (
        "import os, signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from flake8_tf_session.fixing import run\nfix = run.fix_text\n"
        "def hang_up(*given):\n    os.kill(os.getpid(), signal.SIGHUP)\n    return fix(*given)\n"
        "run.fix_text = hang_up\n"
    )

    ran = run(folder, hold, "fix", "-j1", "--isolated", "model.py")

    assert ran.returncode == 0
    assert (folder / "model.py").read_text() == FIXED


# --- a terminal ---


def terminal() -> tuple[int, int]:
    """Both ends of a terminal of 24 lines and 80 columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return ours, theirs


def on_terminal(folder: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """Run the command on a terminal; its exit code and what came there."""
    ours, theirs = terminal()
    process = subprocess.Popen(
        [sys.executable, "-m", "flake8_tf_session", *arguments],
        cwd=folder,
        env={**ENVIRONMENT, "TERM": "xterm", **variables},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    os.close(ours)
    return process.wait(), seen.decode("utf-8").replace("\r\n", "\n")


def shown(text: str) -> list[str]:
    """The lines that stay on a terminal: what follows a return overwrites the line."""
    lines = []
    for line in text.split("\n"):
        cells = ""
        for part in line.split("\r"):
            cells = part + cells[len(part) :]
        lines.append(cells.rstrip())
    return lines


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_bar_shares_no_line_with_a_message(folder: Path, jobs: int) -> None:
    for number in range(3):
        (folder / f"m{number}.py").write_text(GREEDY)

    status, seen = on_terminal(folder, "fix", f"-j{jobs}", "--isolated", ".")

    assert status == 0
    assert "0/4" in seen
    assert [line for line in shown(seen) if line] == [
        *(f"./m{number}.py: 1 finding fixed" for number in range(3)),
        "./model.py: 1 finding fixed",
        "4 findings fixed in 4 files, 0 not fixed",
    ]


def test_a_difference_has_colours_on_a_terminal(folder: Path) -> None:
    _, coloured = on_terminal(folder, "fix", "--diff", "--isolated", "model.py")
    _, plain = on_terminal(folder, "fix", "--diff", "--isolated", "model.py", NO_COLOR="1")
    _, dumb = on_terminal(folder, "fix", "--diff", "--isolated", "model.py", TERM="dumb")

    assert "\x1b[1m--- model.py\x1b[0m\n" in coloured
    assert "\x1b[31m-sess = tf.Session()\x1b[0m\n" in coloured
    assert "\n import tensorflow as tf\n" in coloured
    assert not re.search(r"\x1b\[\d*m", plain + dumb)


def test_an_interrupt_leaves_the_line_of_the_bar(folder: Path) -> None:
    ours, theirs = terminal()
    hold = HOLD.format(
        call="kill(os.getpid(), signal.SIGINT)",
        module="flake8_tf_session.fixing.run",
        name="fix_text",
    )
    program = f"{hold}\nfrom flake8_tf_session.cli import main\nmain()\n"
    arguments = ["fix", "-j1", "--isolated", "model.py"]
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments], cwd=folder, env=ENVIRONMENT, stderr=theirs
    )
    status = process.wait()
    seen = os.read(ours, 65536).decode("utf-8").replace("\r\n", "\n")
    os.close(ours)
    os.close(theirs)

    assert status == 128 + signal.SIGINT
    assert shown(seen)[-2:] == ["flake8-tf-session: interrupted", ""]
