"""The command: files, configuration, standard input, exit codes, and what it prints."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path

import pytest

from flake8_tf_session import Finding, check_source
from flake8_tf_session.catalogue import CODES
from flake8_tf_session.fixing import fixer
from flake8_tf_session.fixing import run as running
from flake8_tf_session.fixing.draft import Edit
from flake8_tf_session.fixing.fix import Change, Fix, Situation
from flake8_tf_session.fixing.table import FIXES
from flake8_tf_session.report.ranges import Range

from .conftest import Ran

Command = Callable[..., Ran]
ROOT = Path(__file__).resolve().parents[2]

BEFORE = """\
import tensorflow as tf

sess = tf.Session()
"""
GROWN = "tf.Session(config=tf.ConfigProto(gpu_options=tf.GPUOptions(allow_growth=True)))"
AFTER = """\
import tensorflow as tf

config = tf.ConfigProto()
config.gpu_options.allow_growth = True
sess = tf.Session(config=config)
"""
LATE = """\
from tensorflow.keras import backend as K, layers
def f(sess):
    layer = layers.Dense(1)
    K.set_session(sess)
    return layer
"""
EARLY = """\
from tensorflow.keras import backend as K, layers
def f(sess):
    K.set_session(sess)
    layer = layers.Dense(1)
    return layer
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, in which the command runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- bytes ---


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE.replace("\n", "\r\n"), AFTER.replace("\n", "\r\n")),
        (BEFORE.replace("\n", "\r"), AFTER.replace("\n", "\r")),
        (BEFORE.rstrip("\n"), AFTER.rstrip("\n")),
        ("\ufeff" + BEFORE, "\ufeff" + AFTER),
        ("\f\n" + BEFORE + "\f\n\tx = (\n\f1)\n".replace("\t", ""), None),
        ("x = 'ä€𝄞'; " + BEFORE + "# ä€𝄞 \t \n\n\n", None),
        (BEFORE + 'text = """\r\n tf.Session() \r"""\r\n', None),
    ],
    ids=["crlf", "cr", "no end", "mark", "form feeds", "wide", "mixed"],
)
def test_every_other_byte_stays(
    project: Path, command: Command, before: str, after: str | None
) -> None:
    path = project / "model.py"
    path.write_bytes(before.encode())

    assert command("fix", path).status == 0

    expected = after or before.replace(BEFORE, AFTER)
    assert path.read_bytes() == expected.encode()


def test_lines_that_move_or_come_have_the_ends_of_the_file(project: Path, command: Command) -> None:
    (project / "moved.py").write_bytes(LATE.replace("\n", "\r\n").encode())
    added = BEFORE.replace(
        "tf.Session()", "1\nconfig = tf.ConfigProto()\ntf.Session(config=config)"
    )
    (project / "added.py").write_bytes(added.replace("\n", "\r\n").encode())

    assert command("fix", ".").status == 0

    assert (project / "moved.py").read_bytes() == EARLY.replace("\n", "\r\n").encode()
    grown = added.replace("Proto()\n", "Proto()\nconfig.gpu_options.allow_growth = True\n")
    assert (project / "added.py").read_bytes() == grown.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("first", "passed", "last"),
    [
        ("import keras", "layer = keras.layers.Dense(1)", "keras.backend.set_session(S)"),
        (
            "import tensorflow as tf\nconfig = tf.ConfigProto()",
            "sess = tf.Session(config=config)",
            "config.gpu_options.allow_growth = True",
        ),
    ],
)
def test_the_last_line_moves_without_its_end(
    project: Path, command: Command, first: str, passed: str, last: str
) -> None:
    path = project / "model.py"
    path.write_text(f"{first}\n{passed}\n{last}")

    assert command("fix", path).status == 0

    assert path.read_text() == f"{first}\n{last}\n{passed}"


def test_another_encoding_stays(project: Path, command: Command) -> None:
    path = project / "model.py"
    path.write_bytes(f"# coding: latin-1\nx = 'ä'; {BEFORE}".encode("latin-1"))

    assert command("fix", path).status == 0

    assert path.read_bytes() == f"# coding: latin-1\nx = 'ä'; {AFTER}".encode("latin-1")


def test_bytes_that_would_not_come_back_stay(project: Path, command: Command) -> None:
    path = project / "model.py"
    # An escape sequence that changes nothing: no text is written with it.
    before = b"# coding: iso2022_jp\n" + BEFORE.encode() + b"# \x1b(B\n"
    path.write_bytes(before)

    ran = command("fix", "-j1", "model.py")

    assert ran.status == 2
    assert ran.error.splitlines()[0] == (
        "model.py: its bytes are not those that iso2022_jp gives its text"
    )
    assert path.read_bytes() == before


def test_what_python_would_warn_of_is_not_said(project: Path) -> None:
    (project / "model.py").write_text(BEFORE + 'pattern = "\\d"\n1 is 1\n')
    # flake8 says it itself, as its own parser does: what the fixer adds is to be seen.
    program = (
        "from flake8_tf_session.fixing import fix_source\n"
        "import pathlib; print(len(fix_source(pathlib.Path('model.py').read_text()).fixed))\n"
    )

    ran = subprocess.run(
        [sys.executable, "-W", "always", "-c", program], capture_output=True, text=True, check=True
    )

    assert (ran.stdout, ran.stderr) == ("1\n", "")


# --- writing ---


def test_mode_and_link_stay(project: Path, command: Command) -> None:
    target = project / "real.py"
    target.write_text(BEFORE)
    target.chmod(0o754)
    link = project / "link.py"
    link.symlink_to(target)

    assert command("fix", link).status == 0

    assert link.is_symlink()
    assert target.read_text() == AFTER
    assert stat.S_IMODE(target.stat().st_mode) == 0o754
    assert sorted(path.name for path in project.iterdir()) == ["link.py", "real.py"]


@pytest.mark.parametrize("function", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_file(
    project: Path, command: Command, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = project / "model.py"
    path.write_text(BEFORE)
    monkeypatch.setattr(os, function, fail)

    ran = command("fix", "model.py")

    assert ran.status == 2
    assert ran.error.splitlines()[0] == "model.py: No space left on device"
    assert path.read_text() == BEFORE
    assert [each.name for each in project.iterdir()] == ["model.py"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX files")
def test_what_is_no_file_of_the_tree_is_left_alone(project: Path, command: Command) -> None:
    inside, outside = project / "inside", project / "outside.py"
    inside.mkdir()
    outside.write_text(BEFORE)
    (project / "setup.cfg").touch()
    (inside / "setup.cfg").touch()
    (inside / "link.py").symlink_to(outside)
    os.mkfifo(inside / "pipe.py")

    ran = command("fix", "-j1", inside)

    assert ran.status == 0
    assert sorted(ran.error.splitlines()) == [
        f"{inside}/link.py: not fixed: it is a link that leads out of the tree",
        f"{inside}/pipe.py: not fixed: it is no regular file",
    ]
    assert outside.read_text() == BEFORE


# --- exit codes, --diff, --check ---


def test_check_and_diff_change_nothing(project: Path, command: Command) -> None:
    path = project / "model.py"
    path.write_text(BEFORE)

    check, diff = command("fix", "--check", "model.py"), command("fix", "--diff", "model.py")

    assert (check.status, check.output) == (1, "")
    assert check.error.splitlines() == [
        "model.py: 1 finding would be fixed",
        "1 finding would be fixed in 1 file, 0 not fixed",
    ]
    assert diff.status == 0
    assert diff.output.splitlines() == [
        "--- model.py",
        "+++ model.py",
        "@@ -1,3 +1,5 @@",
        " import tensorflow as tf",
        " ",
        "-sess = tf.Session()",
        *(f"+{line}" for line in AFTER.splitlines()[2:]),
    ]
    assert path.read_text() == BEFORE


def test_whoever_reads_the_difference_may_stop(project: Path) -> None:
    (project / "model.py").write_text(BEFORE)
    reading, writing = os.pipe()
    os.close(reading)

    with open(writing, "wb") as nobody:
        ran = subprocess.run(
            [sys.executable, "-m", "flake8_tf_session.cli", "fix", "--diff", "model.py"],
            stdout=nobody,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert (ran.returncode, ran.stderr) == (0, b"")


def test_check_of_what_is_fixed_is_silent(project: Path, command: Command) -> None:
    (project / "model.py").write_text(AFTER)

    assert command("fix", "--check", "--diff", ".") == Ran(0, "", "")


def test_a_refusal_is_one_line(project: Path, command: Command) -> None:
    source = LATE.replace("    K.", "    if sess: return\n    K.")
    (project / "model.py").write_text(source)

    ran = command("fix", "model.py")

    assert ran.status == 0
    assert ran.error.splitlines() == [
        "model.py:3:13: TFS101 not fixed: a return stands in between",
        "0 findings fixed in 0 files, 1 not fixed",
    ]
    assert (project / "model.py").read_text() == source


@pytest.mark.parametrize(
    ("line", "after", "column"),
    [
        ("tf.Session(); tf.Session(config=NONE)", f"{GROWN}; tf.Session(config=NONE)", 15),
        ("tf.Session(config=NONE); tf.Session()", f"tf.Session(config=NONE); {GROWN}", 1),
        ("x(tf.Session(), tf.Session(config=NONE))", f"x({GROWN}, tf.Session(config=NONE))", 17),
    ],
)
def test_of_two_findings_on_a_line_the_one_that_stays_is_refused(
    project: Path, command: Command, line: str, after: str, column: int
) -> None:
    (project / ".flake8").write_text("[flake8]\nmax-line-length = 200\n")
    path = project / "model.py"
    head = "import tensorflow as tf\nNONE = None\n"
    path.write_text(f"{head}{line}\n{line}\n")

    ran = command("fix", "model.py")

    assert path.read_text() == f"{head}{after}\n{after}\n"
    reason = "TFS201 not fixed: its config is given by a name that is None here"
    assert ran.error.splitlines() == [
        "model.py: 2 findings fixed",
        f"model.py:3:{column}: {reason}",
        f"model.py:4:{column}: {reason}",
        "2 findings fixed in 1 file, 2 not fixed",
    ]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["missing.py"], "flake8-tf-session: missing.py: No such file or directory"),
        (["loop.py"], "flake8-tf-session: loop.py: Too many levels of symbolic links"),
        (["--select", "TFS9999", "."], "flake8-tf-session: --select: there is no code TFS9999"),
        (
            ["-", "model.py"],
            "flake8-tf-session: - stands alone: other paths can't be fixed with it",
        ),
        (["broken.py"], "broken.py:1:"),
        (["--config", "none.cfg", "."], "flake8-tf-session: The specified config file does not"),
    ],
    ids=["missing", "loop", "code", "stdin", "broken", "config"],
)
def test_trouble_is_one_line(
    project: Path, command: Command, arguments: list[str], error: str
) -> None:
    (project / "broken.py").write_text("def f(:\n")
    (project / "loop.py").symlink_to("loop.py")

    ran = command("fix", *arguments)

    assert ran.status == 2
    assert ran.error.startswith(error)
    assert len(ran.error.splitlines()) == 1


@pytest.mark.parametrize("jobs", ["0", "many"])
def test_no_number_of_processes_is_wrong_usage(project: Path, command: Command, jobs: str) -> None:
    ran = command("fix", f"-j{jobs}", ".")

    assert ran.status == 2
    assert ran.error.endswith(f"error: argument -j/--jobs: no number of processes: {jobs}\n")


def test_what_rests_on_another_file_is_refused(project: Path, command: Command) -> None:
    (project / "setup.cfg").touch()
    (project / "made.py").write_text(
        "import tensorflow as tf\nfrom keras import backend as K\n"
        "def config():\n    return tf.ConfigProto()\n"
        "def start(sess):\n    K.set_session(sess)\n"
    )
    (project / "model.py").write_text(
        "import made\nimport tensorflow as tf\nfrom keras.layers import Dense\n"
        "def session():\n    return tf.Session(config=made.config())\n"
        "def model(sess):\n    Dense(1)\n    made.start(sess)\n"
    )

    ran = command("fix", "model.py")

    assert ran.error.splitlines() == [
        "model.py:5:12: TFS201 not fixed: the config of the session can't be followed",
        "model.py:7:5: TFS101 not fixed: the order is wrong only in what it calls",
        "0 findings fixed in 0 files, 2 not fixed",
    ]


# --- configuration ---


def test_the_configuration_of_flake8_holds(project: Path, command: Command) -> None:
    (project / "setup.cfg").write_text(
        "[flake8]\nexclude = old\nper-file-ignores =\n    tests/*: TFS201\n"
        "tf-session-build-methods = make\n"
    )
    for name in ("old/a.py", "tests/a.py", "new/a.py"):
        (project / name).parent.mkdir()
        (project / name).write_text(BEFORE)
    (project / "noqa.py").write_text(BEFORE.replace("()", "()  # noqa: TFS201"))
    (project / "build.py").write_text(LATE.replace("layers.Dense(1)", "net.make()"))

    assert command("fix", "--unsafe-fixes", ".").status == 0

    assert (project / "old/a.py").read_text() == BEFORE
    assert (project / "tests/a.py").read_text() == BEFORE
    assert (project / "new/a.py").read_text() == AFTER
    assert (project / "noqa.py").read_text() == BEFORE.replace("()", "()  # noqa: TFS201")
    assert (project / "build.py").read_text() == EARLY.replace("layers.Dense(1)", "net.make()")


def test_only_findings_that_flake8_reports_are_fixed(project: Path, command: Command) -> None:
    (project / ".flake8").write_text("[flake8]\nselect = E,F\n")
    (project / "model.py").write_text(BEFORE)

    assert command("fix", ".") == Ran(0, "", "")
    assert command("fix", "--isolated", ".").status == 0

    assert (project / "model.py").read_text() == AFTER


def test_select_and_ignore(project: Path, command: Command) -> None:
    path = project / "model.py"
    both = LATE + BEFORE
    path.write_text(both)

    command("fix", "--ignore", "TFS2", "model.py")
    assert path.read_text() == EARLY + BEFORE

    path.write_text(both)
    command("fix", "--select", "TFS201,TFS202", "model.py")
    assert path.read_text() == LATE + AFTER


# --- standard input, several files ---


def test_stdin_goes_to_stdout(project: Path, command: Command) -> None:
    ran = command("fix", "-", stdin=BEFORE.replace("\n", "\r\n").encode())

    assert (ran.status, ran.output) == (0, AFTER.replace("\n", "\r\n"))
    assert command("fix", "-", stdin=b"x = 1\n") == Ran(0, "x = 1\n", "")


def test_stdin_that_is_only_checked_goes_nowhere(project: Path, command: Command) -> None:
    ran = command("fix", "--check", "-", stdin=BEFORE.encode())

    assert (ran.status, ran.output) == (1, "")
    assert ran.error.splitlines() == [
        "stdin: 1 finding would be fixed",
        "1 finding would be fixed in 1 file, 0 not fixed",
    ]


def test_stdin_has_the_name_that_it_is_given(project: Path, command: Command) -> None:
    (project / "setup.cfg").write_text("[flake8]\nper-file-ignores = tests/*: TFS201\n")

    ran = command("fix", "--stdin-display-name", "tests/a.py", "-", stdin=BEFORE.encode())

    assert ran.output == BEFORE


def test_files_in_parallel_are_told_in_their_order(project: Path, command: Command) -> None:
    for number in range(6):
        (project / f"m{number}.py").write_text(
            LATE.replace("    K.", "    if sess: return\n    K.")
        )
        (project / f"n{number}.py").write_text(BEFORE)

    ran = command("fix", "-j2", ".")

    assert [line.partition(":")[0] for line in ran.error.splitlines()[:-1]] == [
        f"./{letter}{number}.py" for letter in "mn" for number in range(6)
    ]
    assert ran.error.splitlines()[-1] == "6 findings fixed in 6 files, 6 not fixed"
    assert all((project / f"n{number}.py").read_text() == AFTER for number in range(6))


def test_one_file_in_trouble_costs_no_other(
    project: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "a.py").write_text(BEFORE)
    (project / "b.py").write_text(BEFORE)
    write = running.write

    def fail(path: str, before: bytes, data: bytes) -> None:
        if path.endswith("a.py"):
            raise PermissionError(13, "Permission denied")
        write(path, before, data)

    monkeypatch.setattr(running, "write", fail)

    ran = command("fix", "-j1", ".")

    assert ran.status == 2
    assert "./a.py: Permission denied" in ran.error
    assert (project / "b.py").read_text() == AFTER


def test_an_error_in_the_fixer_is_a_refusal(
    project: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("flake8_tf_session.fixing.fixer.observe", fail)
    (project / "model.py").write_text(BEFORE)

    ran = command("fix", "-j1", "model.py")

    assert ran.error.splitlines()[0] == (
        "model.py:3:8: TFS201 not fixed: the fixer failed: ZeroDivisionError"
    )
    assert (project / "model.py").read_text() == BEFORE


@pytest.mark.parametrize("code", ["TFS101", "TFS301"])
def test_a_change_that_brings_a_finding_is_refused(
    project: Path, command: Command, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def more(text: str, *rest: object) -> list[Finding]:
        found = check_source(text)
        if "allow_growth" in text:
            found.append(check_source(BEFORE)[0]._replace(code=code))
        return found

    (project / "model.py").write_text(BEFORE)
    monkeypatch.setattr(fixer, "check_source", more)

    ran = command("fix", "-j1", "model.py")

    assert f"not fixed: the change would bring {code}" in ran.error
    assert (project / "model.py").read_text() == BEFORE


def test_a_change_that_does_not_help_is_refused(
    project: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def still(text: str, *rest: object) -> list[Finding]:
        (found,) = [each for each in check_source(BEFORE) if each.code == "TFS201"]
        return [found._replace(end_column=len(text.splitlines()[2]))]

    (project / ".flake8").write_text("[flake8]\nmax-line-length = 200\n")
    (project / "model.py").write_text(BEFORE)
    monkeypatch.setattr(fixer, "check_source", still)

    ran = command("fix", "-j1", "model.py")

    assert "TFS201 not fixed: no change that would help is known" in ran.error
    assert (project / "model.py").read_text() == BEFORE


def test_a_change_that_would_not_compile_is_refused(
    project: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(Fix):
        def changes(self, situation: Situation, finding: Finding) -> Iterator[Change]:
            growth = Edit(Range(3, 18, 3, 18), GROWN.partition("(")[2][:-1])
            late = Edit(Range(3, 19, 3, 19), "\ndef f():\n    x = 1\n    global x")
            yield Change(situation.draft.edited([growth, late]), True)

    (project / "model.py").write_text(BEFORE)
    monkeypatch.setitem(FIXES, "TFS201", Late())

    ran = command("fix", "-j1", "model.py")

    assert "TFS201 not fixed: the change would not compile: name 'x' is assigned" in ran.error
    assert (project / "model.py").read_text() == BEFORE


# --- explain, rules ---


def test_explain_prints_the_page(command: Command) -> None:
    ran = command("explain", "TFS201")

    assert ran.status == 0
    assert ran.output.startswith("# TFS201: session-without-allow-growth\n")
    assert "## Fix" in ran.output


def test_explain_names_the_page_of_the_site_if_there_is_one(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = {}
    for urls in (["Source, https://a.example", "Documentation, https://b.example/"], []):
        metadata = Message()
        for url in urls:
            metadata["Project-URL"] = url
        monkeypatch.setattr("importlib.metadata.metadata", lambda _, found=metadata: found)
        lines[len(urls)] = command("explain", "TFS201").output.splitlines()

    assert lines[2] == [*lines[0], "", "https://b.example/rules/TFS201.html"]


def test_rules_lists_every_code(command: Command) -> None:
    lines = command("rules").output.splitlines()
    rows = json.loads(command("rules", "--format", "json").output)

    assert [line.split()[0] for line in lines[1:]] == list(CODES)
    assert [row["code"] for row in rows] == list(CODES)
    fixes = {row["code"]: row["fix"] for row in rows}
    assert fixes["TFS101"] == fixes["TFS201"] == "safe"
    assert fixes["TFS104"] == "unsafe"
    assert {code for code, fix in fixes.items() if fix != "none"} == set(FIXES)


def test_the_page_of_fixes_names_every_rule_that_has_one() -> None:
    page = (ROOT / "docs" / "fixes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (TFS[^|]*) \|.*\| (yes|no)[^|]*\|$", page, re.MULTILINE)

    said = {code: safe == "yes" for codes, safe in rows for code in codes.split(", ")}

    assert said == {code: fix.safe for code, fix in FIXES.items()}


def test_the_output_in_the_readme_is_what_the_command_prints(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    quoted = re.search(r"^\$ flake8-tf-session (fix fixtures.*)\n((?:.*\n)+?)```", readme, re.M)
    assert quoted is not None
    monkeypatch.chdir(ROOT)

    ran = command(*quoted[1].split(), "--isolated", "--check")

    assert ran.error == quoted[2].replace(" fixed in", " would be fixed in")


def test_the_script_is_installed() -> None:
    script = Path(sys.executable).with_name("flake8-tf-session")

    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)

    assert done.stdout.strip()
