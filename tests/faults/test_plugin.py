"""An exception at each step inside the plugin in turn."""

from __future__ import annotations

import ast
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType

import pytest

import flake8_tf_session
from flake8_tf_session import check
from flake8_tf_session.fixing import fix_source
from flake8_tf_session.plugin import Plugin
from flake8_tf_session.text.project import _KEPT, Project

PROJECT = Path(__file__).parents[1] / "projects" / "relative"
PACKAGE = os.path.dirname(flake8_tf_session.__file__)
# What catches everything, and what tells of it, can't fail by itself.
LAST = {
    each.__code__ for each in (Plugin.__init__, Plugin.run, check.check_tree, check._not_analysed)
}

Row = tuple[int, int, str]

TEXTS = {
    "a.py": """
        import tensorflow as tf
        from keras import backend as K, layers
        def f(sess):
            layers.Dense(1)
            K.set_session(sess)
        class Net:
            def __init__(self, sess):
                with sess.as_default():
                    self.dense = layers.Dense(1)
                K.set_session(tf.Session(config=tf.ConfigProto()))
        """,
    "b.py": """
        import tensorflow as tf
        sess = tf.Session()
        """,
}


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Some files: two alone, and two that import a third."""
    _KEPT.clear()
    project = shutil.copytree(PROJECT, tmp_path / "relative")
    news = project / "news"
    shutil.copy(news / "nrms.py", news / "other.py")
    for name, text in TEXTS.items():
        (project / name).write_text(textwrap.dedent(text), encoding="utf-8")
    return [project / "a.py", project / "b.py", news / "nrms.py", news / "other.py"]


@pytest.fixture(autouse=True)
def _one_run() -> Iterator[None]:
    """What the files of one run share is that of this test."""
    shared, Plugin.project = Plugin.project, Project()
    yield
    Plugin.project = shared


def rows(path: Path) -> list[Row]:
    """What the plugin tells flake8 of a file."""
    text = path.read_text(encoding="utf-8")
    plugin = Plugin(ast.parse(text), text.splitlines(keepends=True), str(path))
    return [(line, column, message) for line, column, message, _ in plugin.run()]


def steps(path: Path) -> list[CodeType]:
    """The functions of the package that are called while a file is checked, in their order."""
    seen: dict[CodeType, None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(PACKAGE):
            seen[frame.f_code] = None

    sys.setprofile(note)
    try:
        rows(path)
    finally:
        sys.setprofile(None)
    return [code for code in seen if code not in LAST]


def with_fault(path: Path, code: CodeType, error: BaseException) -> list[Row] | None:
    """What the plugin tells of a file if the first call of a function raises an exception.

    None if it is not called, because an earlier result was kept.
    """
    raised = []

    def fail(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is code:
            # Python forgets a profiler that raises: it does so once.
            raised.append(code)
            raise error

    sys.setprofile(fail)
    try:
        found = rows(path)
    finally:
        sys.setprofile(None)
    return found if raised else None


# What fails of another file makes that one unknown; a text for which `ast` lacks memory stays so.
LOWERING = {path.name for path in Path(PACKAGE, "ir").glob("*.py")}
REMEMBERED = {("source.py", name) for name in ("tree", "parsed", "_last_parsed")}
# What fails while libcst parses costs exact ends alone.
PARSING = {("visitor.py", "visit_batched")}


@pytest.mark.parametrize(
    ("index", "error"),
    [(0, ZeroDivisionError("no\nluck")), (2, MemoryError())],
    ids=["alone", "with imports"],
)
def test_each_step(files: list[Path], index: int, error: BaseException) -> None:
    """One TFS900 for the file, and the same as ever of another that shares what was read."""
    file, other = files[index : index + 2]
    sound = rows(other)
    raised = 0
    for code in steps(file):
        _KEPT.clear()
        Plugin.project = Project()

        found = with_fault(file, code, error)

        if found is None:
            continue
        raised += 1
        told = [message for _, _, message in found if message.startswith("TFS900")]
        step = (os.path.basename(code.co_filename), code.co_name)
        is_unknown = step in REMEMBERED | PARSING or (index == 2 and step[0] in LOWERING)
        assert len(told) == 1 or (not told and is_unknown), step
        assert all("\n" not in message for message in told), step
        if step not in REMEMBERED:
            assert rows(other) == sound, step
    assert raised > 100


def test_no_memory_for_a_file_beside_another_is_forgotten(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be parsed for another file is still checked itself."""
    wrong = files[0]
    (wrong.parent / "main.py").write_text("from a import f\nimport keras\nf(keras.backend)\n")

    def no_memory(text: str) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("flake8_tf_session.text.source.parsed", no_memory)
        assert rows(wrong.parent / "main.py") == []

    assert [message[:6] for _, _, message in rows(wrong)][:1] == ["TFS101"]


class Timeout(BaseException):
    """What a caller ends a check with that takes too long: no `except Exception` sees it."""


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(), Timeout()], ids=repr)
def test_whoever_stops_flake8_stops_it(files: list[Path], error: BaseException) -> None:
    file = files[2]
    rows(file)
    for code in steps(file):
        _KEPT.clear()
        Plugin.project = Project()

        with contextlib.suppress(type(error)):
            assert with_fault(file, code, error) is None, code


def test_whoever_stops_the_fixer_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise Timeout

    monkeypatch.setattr("flake8_tf_session.fixing.fixer.observe", fail)

    with pytest.raises(Timeout):
        fix_source("import tensorflow as tf\nsess = tf.Session()\n")


# --- flake8 itself, with two workers ---

# In front of everything: breaks a function while one of the files is checked.
FAULT = """
import importlib, os
from flake8_tf_session.plugin import Plugin

module, _, name = os.environ["FAULT"].partition(":")
owner = importlib.import_module(module)
*path, name = name.split(".")
for each in path:
    owner = getattr(owner, each)
checked = []
begin, work = Plugin.__init__, getattr(owner, name)

def beginning(self, tree, lines, filename):
    checked[:] = [filename]
    begin(self, tree, lines, filename)

def failing(*arguments, **keywords):
    if checked and checked[0].endswith("broken.py"):
        exec(os.environ["ERROR"])
    return work(*arguments, **keywords)

Plugin.__init__ = beginning
setattr(owner, name, failing)
"""
STEPS = (
    "text.gate:gate",
    "engine:program_of",
    "interpreter.analysis:Analysis.run",
    "interpreter.flow:Flow.block",
    "rules.order:OrderRule.keras_created",
    "report.positions:Positions.of_expression",
)


def run_flake8(folder: Path, step: str, error: str) -> subprocess.CompletedProcess[str]:
    """Run flake8 on a folder with two workers and a fault at a step; with none if it is empty."""
    environment = dict(os.environ)
    if step:
        fault = folder.parent / "fault"
        fault.mkdir(exist_ok=True)
        (fault / "sitecustomize.py").write_text(FAULT, encoding="utf-8")
        paths = [str(fault), os.path.dirname(PACKAGE)]
        environment["PYTHONPATH"] = os.pathsep.join(paths)
        environment.update(FAULT=f"flake8_tf_session.{step}", ERROR=error)
    command = [sys.executable, "-m", "flake8", "--isolated", "-j2", "."]
    # The limit is there for a hang alone: without it the tests would hang too.
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files with findings of this plugin and of flake8's own checks."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a.py", "broken.py", "c.py", "d.py"):
        text = textwrap.dedent(TEXTS["a.py"]) + "import os\n"
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def without_findings(lines: list[str]) -> list[str]:
    """What flake8 printed, without what this plugin finds in the broken file."""
    return [line for line in lines if not (line.startswith("./broken.py:") and " TFS" in line)]


REPORT = "this is a fault of the linter, please report it"


def test_flake8_loses_nothing_else(folder: Path) -> None:
    before = run_flake8(folder, "", "").stdout.splitlines()
    kept = without_findings(before)
    assert len(before) - len(kept) >= 2
    assert any("F401" in line for line in kept)
    told = f"./broken.py:1:1: TFS900 the file was not analysed: KeyError: 'no luck'; {REPORT}"
    expected = sorted([*kept, told])

    for step in STEPS:
        result = run_flake8(folder, step, 'raise KeyError("no luck")')

        assert sorted(result.stdout.splitlines()) == expected, step
        assert result.stderr == "", step


# flake8's pool never notices that a worker has ended, and waits for its file for ever. What no
# `except Exception` sees ends one; an exception that can't be pickled never gets out of one.
ERRORS = {
    "no memory": (
        "raise MemoryError",
        "there is not enough memory for it; split it, or nest it less",
    ),
    "no stack": ("f = lambda f: f(f); f(f)", "it is nested too deeply; nest it less"),
    "panic of libcst": (
        'raise type("PanicException", (BaseException,), {})("no luck")',
        f"PanicException: no luck; {REPORT}",
    ),
    "not to be pickled": (
        'raise type("Local", (Exception,), {})("no luck")',
        f"Local: no luck; {REPORT}",
    ),
}


@pytest.mark.parametrize("kind", ERRORS)
def test_no_error_ends_a_worker(folder: Path, kind: str) -> None:
    error, reason = ERRORS[kind]
    before = run_flake8(folder, "", "").stdout.splitlines()
    told = f"./broken.py:1:1: TFS900 the file was not analysed: {reason}"

    result = run_flake8(folder, "engine:program_of", error)

    assert sorted(result.stdout.splitlines()) == sorted([*without_findings(before), told])
    assert result.stderr == ""


@pytest.mark.parametrize("statement", ["x = {}", "tf.Session({})"])
def test_no_depth_ends_a_worker(folder: Path, statement: str) -> None:
    """Python has no limit for it; libcst's parser has a stack that can overflow (SIGSEGV)."""
    text = statement.format(" or ".join(["x"] * 20_000))
    before = run_flake8(folder, "", "").stdout.splitlines()
    with (folder / "broken.py").open("a", encoding="utf-8") as file:
        file.write(f"x = os\n{text}  # noqa: E501\n")

    after = run_flake8(folder, "", "").stdout.splitlines()

    others = [line for line in before if not line.startswith("./broken.py:")]
    assert [line for line in after if not line.startswith("./broken.py:")] == others
    found = [line for line in after if line.startswith("./broken.py:") and " TFS" in line]
    assert found and not any(" TFS900 " in line for line in found)


def test_an_interrupt_stops_flake8(folder: Path) -> None:
    fault = folder.parent / "alone"
    fault.mkdir()
    shutil.copy(folder / "broken.py", fault)

    result = run_flake8(fault, "engine:program_of", "raise KeyboardInterrupt")

    assert result.returncode != 0
    assert "TFS" not in result.stdout
    assert "... stopped" in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_killed_run_leaves_no_worker_behind(folder: Path) -> None:
    """What flake8 does about a worker that was killed is its own affair."""
    kill = f"os.kill(os.getppid(), {int(signal.SIGKILL)}); os._exit(1)"

    result = run_flake8(folder, "engine:program_of", kill)

    # Had a worker lived on, it would hold the pipe of the output and nothing would be returned.
    assert result.returncode == -signal.SIGKILL
