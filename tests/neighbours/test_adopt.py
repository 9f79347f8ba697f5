"""The recipes of the page on old code, with the real programs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import ROOT, Tools

pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(shutil.which("bash") is None, reason="the commands are those of a shell"),
]

PAGE = (ROOT / "docs" / "howto" / "adopt.md").read_text(encoding="utf-8")
(WRITE,) = re.findall(r"^\$ (python -m flake8 .* > tf-session-baseline\.txt)$", PAGE, re.MULTILINE)
(COMPARE,) = re.findall(r"^```bash\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)
(DIFF,) = re.findall(r"^\$ (diff-quality .*)$", PAGE, re.MULTILINE)
(MARK,) = re.findall(r"^\$ (python -m flake8 --format=scout .*)$", PAGE, re.MULTILINE)
CODES = re.findall(r"--select=TFS --extend-ignore=\S+", PAGE)[0]

OLD = "import tensorflow as tf\n\n\ndef old():\n    return tf.compat.v1.Session()\n"
SAME = "\n\ndef new():\n    return tf.compat.v1.Session()\n"
OTHER = "\n\ndef new():\n    session = tf.compat.v1.Session()\n    return session\n"


@pytest.fixture
def legacy(tmp_path: Path) -> Path:
    """A project with one finding, in a file of its folder `src`."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "train.py").write_text(OLD)
    return tmp_path


def shell(tools: Tools, legacy: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the page."""
    return subprocess.run(
        ["bash", "-c", command],
        cwd=legacy,
        env=tools.variables,
        capture_output=True,
        text=True,
        check=False,
    )


def append(legacy: Path, text: str) -> None:
    """Add to the program."""
    with (legacy / "src" / "train.py").open("a") as file:
        file.write(text)


def test_the_list_of_findings_is_a_baseline(tools: Tools, legacy: Path) -> None:
    assert shell(tools, legacy, WRITE).returncode == 0
    assert (legacy / "tf-session-baseline.txt").read_text() == "src/train.py TFS201\n"

    (legacy / "src" / "train.py").write_text(f"# What is old stays.\n{OLD}")
    assert shell(tools, legacy, COMPARE).returncode == 0

    append(legacy, SAME)
    compared = shell(tools, legacy, COMPARE)
    assert (compared.returncode, compared.stdout) == (1, "src/train.py TFS201\n")

    (legacy / "src" / "train.py").write_text("")
    assert shell(tools, legacy, COMPARE).returncode == 0


def test_diff_quality_sees_what_a_branch_adds(tools: Tools, legacy: Path) -> None:
    git = "git -c user.name=a -c user.email=a@example.org"
    begin = f"git init -q . && git add -A && {git} commit -qm old && git branch -M main"
    assert shell(tools, legacy, f"{begin} && git checkout -qb work").returncode == 0
    command = DIFF.replace("origin/main", "main")

    append(legacy, "\n\nX = 1\n")
    shell(tools, legacy, f"{git} commit -qam harmless")
    assert shell(tools, legacy, command).returncode == 0

    append(legacy, SAME)
    shell(tools, legacy, f"{git} commit -qam greedy")
    judged = shell(tools, legacy, command)
    assert judged.returncode == 1
    assert re.findall(r"^src/train\.py:(\d+): (\w+)", judged.stdout, re.M) == [("12", "TFS201")]


@pytest.mark.parametrize(("added", "status"), [("", 0), (OTHER, 1), (SAME, 0)])
def test_snaplint_knows_the_text_of_lines(
    tools: Tools, legacy: Path, added: str, status: int
) -> None:
    lint = f"python -m flake8 {CODES} src"
    shell(tools, legacy, f"{lint} | snaplint take-snapshot")

    append(legacy, added)

    assert shell(tools, legacy, f"{lint} | snaplint diff").returncode == status


def test_comments_are_written_in_bulk(tools: Tools, legacy: Path) -> None:
    several = "\n\ndef more(c):\n    return tf.compat.v1.Session(\n        '', None, None\n    )\n"
    append(legacy, several)

    shell(tools, legacy, MARK)

    marked = (OLD + several).replace("Session()", "Session()  # noqa: TFS201")
    marked = marked.replace("Session(\n", "Session(  # noqa: TFS201\n")
    assert (legacy / "src" / "train.py").read_text() == marked
    assert shell(tools, legacy, f"python -m flake8 {CODES} src").stdout == ""
    hidden = shell(tools, legacy, f"python -m flake8 --disable-noqa {CODES} src")
    assert hidden.stdout.count("TFS201") == 2
