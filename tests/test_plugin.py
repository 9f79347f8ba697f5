"""The plugin inside flake8: options, defaults, processes, trouble."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_tf_session.catalogue import CODES

from .conftest import FIXTURES, Result

LATE = (
    "from tensorflow.keras import backend as K, layers\n"
    "def f(sess):\n"
    "    layers.Dense(1)\n"
    "    K.set_session(sess)\n"
)


UNREGISTERED = (
    "import tensorflow as tf\n"
    "from keras.layers import Dense\n"
    "from keras.models import Sequential\n"
    "def f(x):\n"
    "    config = tf.ConfigProto()\n"
    "    config.gpu_options.allow_growth = True\n"
    "    sess = tf.Session(config=config)\n"
    "    return Sequential([Dense(1)]).predict(x)\n"
)


def run_flake8(
    *arguments: str, cwd: Path, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run flake8 as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "flake8", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def test_flake8_lists_the_plugin(tmp_path: Path) -> None:
    assert "flake8-tf-session" in run_flake8("--version", cwd=tmp_path).stdout


def test_codes_are_on_without_any_configuration(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(LATE)

    result = run_flake8("model.py", cwd=tmp_path)

    assert "model.py:3:5: TFS101 Keras layer 'Dense' is created before" in result.stdout
    assert result.returncode == 1


@pytest.mark.parametrize("name", ["setup.cfg", "tox.ini", ".flake8"])
@pytest.mark.parametrize("option", ["tf-session-build-methods", "tf_session_build_methods"])
def test_the_options_come_from_the_configuration(tmp_path: Path, name: str, option: str) -> None:
    (tmp_path / "model.py").write_text(
        "from keras import backend as K\n"
        "def f(net, sess):\n"
        "    net.make()\n"
        "    K.set_session(sess)\n"
    )
    (tmp_path / name).write_text(
        f"[flake8]\nselect = TFS\n{option} =\n    make,\n    _build_graph\n"
    )

    result = run_flake8("model.py", cwd=tmp_path)

    assert result.stdout.startswith("model.py:3:5: TFS102 'make()' is called before")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("build-methods=build-graph", "build-methods: 'build-graph' is not a name of a method"),
        ("target=two", "target: 'two' is not a version of TensorFlow such as 2.15"),
    ],
)
def test_a_bad_option_is_named_in_one_line(tmp_path: Path, option: str, said: str) -> None:
    result = run_flake8(f"--tf-session-{option}", ".", cwd=tmp_path)

    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr
    assert f"tf-session-{said}" in result.stdout + result.stderr


def test_stdin_opens_no_file(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text("x = 1\n")

    result = run_flake8(
        "--isolated",
        "--select=TFS",
        "--stdin-display-name",
        "model.py",
        "-",
        cwd=tmp_path,
        stdin=LATE,
    )

    assert result.stdout.startswith("model.py:3:5: TFS101")


def test_the_number_of_processes_and_the_order_of_files_change_nothing() -> None:
    files = sorted(str(path) for path in FIXTURES.glob("*/*/bad.py"))
    select = ("--isolated", "--select=TFS")

    one = run_flake8(*select, "-j1", *files, cwd=FIXTURES)
    two = run_flake8(*select, "-j2", *files, cwd=FIXTURES)
    other = run_flake8(*select, "-j2", *reversed(files), cwd=FIXTURES)

    assert len(one.stdout.splitlines()) >= len(files)
    assert two.stdout == one.stdout
    assert sorted(other.stdout.splitlines()) == sorted(one.stdout.splitlines())


def test_one_file_in_trouble_costs_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(LATE)
    calls = "".join(f"def f{n}():\n    return [{f'f{n + 1}(), ' * 10}]\n" for n in range(4))
    last = "def f4():\n    return tf.compat.v1.InteractiveSession()\n"
    (tmp_path / "b.py").write_text(f"import tensorflow as tf\n{calls}{last}")
    (tmp_path / "c.py").write_text(LATE)

    result = run_flake8("--isolated", "--select=TFS", "-j2", ".", cwd=tmp_path)

    lines = [line.split(": ", 1) for line in result.stdout.splitlines()]
    assert [(place, text[:6]) for place, text in lines] == [
        ("./a.py:3:5", "TFS101"),
        ("./b.py:2:1", "TFS900"),
        ("./c.py:3:5", "TFS101"),
    ]


def test_an_internal_error_is_one_line_for_its_file(
    tmp_path: Path, flake8: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.py").write_text(LATE)
    (tmp_path / "b.py").write_text(LATE)

    def fail(*_: object) -> None:
        raise ZeroDivisionError("no such luck\nand more")

    monkeypatch.setattr("flake8_tf_session.engine.program_of", fail)

    result = flake8(str(tmp_path))

    assert [(line.code, line.text) for line in result.lines] == [
        (
            "TFS900",
            "the file was not analysed: ZeroDivisionError: no such luck; this is a fault of the"
            " linter, please report it",
        )
    ] * 2


@pytest.mark.parametrize(
    ("encoding", "head"),
    [("utf-8", ""), ("utf-8-sig", ""), ("latin-1", "# coding: latin-1\n")],
)
def test_encodings(tmp_path: Path, flake8: Callable[..., Result], encoding: str, head: str) -> None:
    path = tmp_path / "model.py"
    source = head + LATE.replace("    layers", "    x = 'äöü'; layers")
    path.write_bytes(source.encode(encoding))

    (line,) = flake8(str(path)).lines

    assert (line.code, line.line, line.column) == ("TFS101", 3 + head.count("\n"), 16)


def test_codes_have_three_letters_and_three_digits() -> None:
    assert all(code[:3] == "TFS" and code[3:].isdigit() and len(code) == 6 for code in CODES)


@pytest.mark.parametrize("name", ["tf-session-follow-imports", "tf-session-all-unregistered"])
def test_a_switch_has_two_values(tmp_path: Path, name: str) -> None:
    (tmp_path / "setup.cfg").write_text(f"[flake8]\n{name} = perhaps\n")

    result = run_flake8(".", cwd=tmp_path)

    assert result.returncode == 1
    assert f"{name}: 'perhaps' is neither yes nor no" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


@pytest.mark.parametrize(("value", "is_on"), [("true", True), ("1", True), ("off", False)])
def test_a_switch_is_spelled_as_any_of_flake8(tmp_path: Path, value: str, is_on: bool) -> None:
    (tmp_path / "setup.cfg").write_text(f"[flake8]\ntf-session-all-unregistered = {value}\n")
    # Without growth the session is of interest only where all are.
    source = UNREGISTERED.replace("    config.gpu_options.allow_growth = True\n", "")
    (tmp_path / "model.py").write_text(source)

    result = run_flake8("--select=TFS301", "model.py", cwd=tmp_path)

    assert ("TFS301" in result.stdout) == is_on, result.stdout
