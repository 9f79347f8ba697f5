"""A tree with something around it, and what a run over it touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

AUDITED = Path(__file__).parent / "audited.py"
# Far more than a run takes: only what hangs gets there.
LIMIT = 120
LISTED = frozenset(("os.listdir", "os.scandir", "os.walk", "glob.glob"))
# The linter reads and imports its own modules; only the fixer does more.
LINTING = LISTED | {"open", "import", "exec"}
WORKERS = LINTING | {"os.fork", "pickle.find_class"}
ATTRIBUTES = frozenset(("os.listxattr", "os.getxattr"))
FIXING = LINTING | ATTRIBUTES | {"tempfile.mkstemp", "os.chmod", "os.rename"}


class Run(NamedTuple):
    """What a command printed, and what it touched in the test's own folder.

    Attributes:
        output: What it printed, standard error included.
        opened: The files that it opened, relative to the test's folder.
        listed: The folders whose names it read, relative to the test's folder.
        elsewhere: What it opened or listed neither there nor where Python's modules are.
        executed: The files of the test's folder, and the texts, whose code it executed.
        events: What else happened that neither a linter nor a fixer has to do.
    """

    output: str
    opened: set[str]
    listed: set[str]
    elsewhere: set[str]
    executed: set[str]
    events: set[str]

    def codes(self, path: str) -> list[str]:
        """The codes of the findings in a file, or in all of a folder."""
        lines = [line for line in self.output.splitlines() if ": TFS" in line]
        return [line.split()[1] for line in lines if line.startswith(path)]


class Place:
    """A folder with a ``tree``, in which the runs are, and what the test puts beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tree = folder / "tree"
        self.traces = folder / "traces"
        self.tree.mkdir(parents=True)
        self.traces.mkdir()

    def write(self, path: str, text: str) -> Path:
        """Write a module that leaves a trace if it is ever executed; ``text`` is its end."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        trace = str(self.traces / path.replace("/", "-"))
        target.write_text(f"open({trace!r}, 'w').close()\n{text}", encoding="utf-8")
        return target

    def run(self, command: str, *arguments: str) -> Run:
        """Run a command in the tree; see `audit`."""
        run = audit(self.folder, self.tree, command, *arguments)
        assert self.executed == []
        return run

    @property
    def executed(self) -> list[str]:
        """The modules that left a trace."""
        return sorted(path.name for path in self.traces.iterdir())


def audit(folder: Path, cwd: Path, command: str, *arguments: str) -> Run:
    """Run a command; it must execute no code of the folder, do nothing but what the command is for,
    and open nothing that is neither in the folder nor Python's own.
    """
    log = folder / "log"
    log.unlink(missing_ok=True)
    result = subprocess.run(
        [sys.executable, str(AUDITED), str(log), command, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LIMIT,
    )
    assert "Traceback" not in result.stdout, result.stdout
    allowed = FIXING if command == "fix" else WORKERS if "-j2" in arguments else LINTING
    run = _judged(folder, log, result.stdout, allowed)
    assert (run.executed, run.events, run.elsewhere) == (set(), set(), set())
    return run


def _judged(folder: Path, log: Path, output: str, allowed: frozenset[str]) -> Run:
    run = Run(output, set(), set(), set(), set(), set())
    for line in log.read_text(encoding="utf-8").splitlines():
        event, about = json.loads(line)
        here = os.path.relpath(about, folder)
        is_here = os.path.isabs(about) and not here.startswith("..")
        if event not in allowed:
            run.events.add(f"{event} {about}")
        elif event == "exec" and (is_here or about in ("<unknown>", "<fixed>")):
            run.executed.add(about)
        elif event == "open" or event in LISTED:
            if is_here:
                (run.opened if event == "open" else run.listed).add(here)
            elif os.path.isabs(about) and not (about + os.sep).startswith(_PYTHON):
                run.elsewhere.add(about)
    return run


# Where Python and what it imports for itself are; workers open the null device for their input.
_PYTHON = tuple(
    {
        os.path.join(os.path.abspath(path), "")
        for path in (
            os.devnull,
            sys.prefix,
            sys.base_prefix,
            *sys.path,
            *map(str, list(AUDITED.parents)[:3]),
        )
    }
)


@pytest.fixture(scope="module")
def base() -> Iterator[Path]:
    """A folder that an import can spell."""
    with tempfile.TemporaryDirectory(prefix="safety_") as folder:
        yield Path(folder).resolve()


@pytest.fixture
def place() -> Iterator[Place]:
    """A place of the test's own."""
    with tempfile.TemporaryDirectory(prefix="safety_") as folder:
        yield Place(Path(folder).resolve())
