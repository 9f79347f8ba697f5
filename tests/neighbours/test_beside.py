"""The recipes of the page on other tools, with the real programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Tools

pytestmark = pytest.mark.network

GREEDY = "import tensorflow as tf\n\n\ndef open_session():\n    return tf.compat.v1.Session()"
"""A program with one finding, TFS201 in its last line."""
RUFF = """\
[lint]
select = ["RUF100", "RUF102"]
"""
"""Comments without use, comments with codes that ruff does not know."""


def codes(tools: Tools, project: Path, *options: str) -> list[str]:
    """Path and code of what flake8 prints, configured as the project is."""
    printed = tools.run("flake8", "--format=%(path)s %(code)s", *options, cwd=project)
    assert printed.stderr == ""
    return sorted(printed.stdout.splitlines())


def test_the_wheel_carries_the_pages_and_the_types(tools: Tools, tmp_path: Path) -> None:
    program = (
        "from importlib.resources import files\n"
        "package = files('flake8_tf_session')\n"
        "print((package / 'pages' / 'TFS101.md').is_file(), (package / 'py.typed').is_file())"
    )

    assert tools.run("python", "-c", program, cwd=tmp_path).stdout == "True True\n"


def test_flake8_pyproject(tools: Tools, project: Path) -> None:
    (project / "pyproject.toml").write_text(
        '[tool.flake8]\nselect = ["TFS"]\ntf-session-build-methods = ["create_network"]\n'
        'per-file-ignores = ["*_test.py: TFS201"]\n'
    )
    (project / "news.py").write_text(
        "from keras import backend as K\n\n\n"
        "def start(net, session):\n    net.create_network()\n    K.set_session(session)\n"
    )
    (project / "tf_test.py").write_text(GREEDY + "\n")

    assert codes(tools, project) == ["./news.py TFS102"]


def test_per_file_ignores(tools: Tools, tmp_path: Path) -> None:
    (tmp_path / ".flake8").write_text("[flake8]\nper-file-ignores =\n    tests/*: TFS201\n")
    (tmp_path / "tests").mkdir()
    for path in (tmp_path / "train.py", tmp_path / "tests" / "test_train.py"):
        path.write_text(GREEDY + "\n")

    assert codes(tools, tmp_path) == ["./train.py TFS201"]


def test_extend_select_switches_opt_in_codes_on(tools: Tools, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(GREEDY + "\n\n\nsession = open_session()\n")

    assert codes(tools, tmp_path) == ["./train.py TFS201"]
    (tmp_path / ".flake8").write_text("[flake8]\nextend-select = TFS307\n")
    assert codes(tools, tmp_path) == ["./train.py TFS201", "./train.py TFS307"]


def test_flake8_noqa_knows_which_comments_are_needed(tools: Tools, tmp_path: Path) -> None:
    (tmp_path / "needed.py").write_text(GREEDY + "  # noqa: TFS201\n")
    (tmp_path / "idle.py").write_text("x = 1  # noqa: TFS201\n")

    assert codes(tools, tmp_path, "--extend-select=NQA") == ["./idle.py NQA102"]


@pytest.mark.parametrize(
    ("settings", "kept"),
    [(RUFF, False), (RUFF + 'external = ["TFS"]\n', True)],
    ids=["not told", "told"],
)
def test_ruff_keeps_the_comments_that_it_is_told_of(
    tools: Tools, tmp_path: Path, settings: str, kept: bool
) -> None:
    (tmp_path / "ruff.toml").write_text(settings)
    program = tmp_path / "train.py"
    program.write_text(GREEDY + "  # noqa: TFS201\n")

    tools.run("ruff", "check", "--fix", "--no-cache", ".", cwd=tmp_path)

    assert program.read_text() == GREEDY + ("  # noqa: TFS201\n" if kept else "\n")


def test_ruff_removes_a_bare_comment_even_so(tools: Tools, tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text(RUFF + 'external = ["TFS"]\n')
    program = tmp_path / "train.py"
    program.write_text(GREEDY + "  # noqa\n")

    tools.run("ruff", "check", "--fix", "--no-cache", ".", cwd=tmp_path)

    assert program.read_text() == GREEDY + "\n"
