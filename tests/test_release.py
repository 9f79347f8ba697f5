"""The release script: it passes as the tree is, and fails with one line for what disagrees."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_tf_session import __version__

ROOT = Path(__file__).parent.parent
BUILDS = pytest.mark.skipif(
    importlib.util.find_spec("twine") is None, reason="scripts/release-requirements.txt"
)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree."""
    left_out = shutil.ignore_patterns(".*_cache", ".git", ".hypothesis", ".nox", "__pycache__")
    return shutil.copytree(ROOT, tmp_path_factory.mktemp("release") / "tree", ignore=left_out)


@pytest.fixture
def tree(copied: Path) -> Iterator[Path]:
    """The copy, of which a test may write, add and remove files in folders that there are."""
    before = {path: path.read_bytes() for path in copied.rglob("*") if path.is_file()}
    yield copied
    for path in [path for path in copied.rglob("*") if path.is_file() and path not in before]:
        path.unlink()
    for path, data in before.items():
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


def release(tree: Path, *arguments: str) -> list[str]:
    """The lines that the script prints where it fails; none where it passes."""
    result = subprocess.run(
        [sys.executable, "scripts/release.py", *arguments], cwd=tree, capture_output=True, text=True
    )
    lines = result.stderr.splitlines()
    assert result.returncode == (1 if lines else 0)
    assert all(line.startswith("release.py: ") for line in lines), result.stderr
    return [line.partition(": ")[2] for line in lines]


def change(tree: Path, name: str, before: str, after: str) -> None:
    """Replace text in a file, everywhere."""
    text = (tree / name).read_text(encoding="utf-8")
    assert before in text
    (tree / name).write_text(text.replace(before, after), encoding="utf-8")


PACKAGE = "flake8_tf_session"
CATALOGUE = f"{PACKAGE}/catalogue.py"
WRONG = [
    (f"{PACKAGE}/__init__.py", '__version__ = "', '__version__ = "9.', "CHANGELOG.md: starts"),
    ("CHANGELOG.md", "\n## ", "\n## 9.", "CHANGELOG.md: starts with version 9."),
    ("CITATION.cff", "\nversion: ", "\nversion: 9.", "CITATION.cff: has version 9."),
    ("README.md", "rev: v", "rev: v9.", "README.md: the hook's rev is v9."),
    ("docs/howto/pre-commit.md", "rev: v", "rev: w", "docs/howto/pre-commit.md: the hook's rev"),
    (".pre-commit-hooks.yaml", "id: ", "id: a-", "README.md: flake8-tf-session-fix is not in"),
    (".pre-commit-hooks.yaml", "entry: ", "entry: a-", ".pre-commit-hooks.yaml: a-flake8"),
    ("README.md", "    - id: flake8-tf-session-fix\n", "", "README.md: no example of the hooks"),
    ("pyproject.toml", '"flake8>=6"', '"flake8>=5"', "README.md: does not say 'flake8 5 or later'"),
    ("pyproject.toml", '">=3.9"', '">=3.8"', "pyproject.toml: requires-python is not"),
    ("CHANGELOG.md", "Python 3.9", "Python 3.8", "CHANGELOG.md: does not say 'Python 3.9 to"),
    (CATALOGUE, '"TFS306"', '"TFS308"', "README.md: no TFS308 set-session-result-used, which"),
    (CATALOGUE, '"TFS306"', '"TFS308"', "fixtures: TFS306 is not in"),
    (CATALOGUE, '"closed-session"', '"shut-session"', "docs/rules.md: no TFS304 shut-session"),
    ("README.md", "| TFS304 |", "| 304 |", "README.md: no TFS304 closed-session"),
    ("docs/rules.md", "**TFS304 ", "**", "docs/rules.md: no TFS304 closed-session"),
    ("docs/rules.md", "(TFS103)", "(TFS193)", "docs/rules.md: there is no TFS193"),
    ("docs/evidence.md", "## TFS304\n", "", "docs/evidence.md: no TFS304, which"),
    ("docs/evidence.md", "| two_agents, bad |", "| a, bad |", "docs/evidence.md: TFS104/a, bad is"),
    ("docs/fixes.md", "| TFS104 |", "| TFS106 |", "docs/fixes.md: no TFS104, which"),
    ("docs/fixes.md", "| TFS104 |", "| TFS106 |", "docs/fixes.md: TFS106 is not in"),
    ("CHANGELOG.md", "TFS304", "it", "CHANGELOG.md: no TFS304, which"),
    (f"{PACKAGE}/pages/TFS304.md", "# TFS304:", "# TFS303:", f"{PACKAGE}/pages/TFS304.md: its"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "before", "after", "line"), WRONG)
def test_what_disagrees_is_named(tree: Path, name: str, before: str, after: str, line: str) -> None:
    change(tree, name, before, after)

    assert [each for each in release(tree, "--check") if each.startswith(line)]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("flake8_tf_session/pages/TFS304.md", "flake8_tf_session/pages: no TFS304 closed-session"),
        ("fixtures/TFS304/left_block/fixed.py", "fixtures/TFS304/left_block: no fixed.py"),
        ("CITATION.cff", "[Errno 2] No such file or directory"),
    ],
)
def test_what_is_missing_is_named(tree: Path, name: str, line: str) -> None:
    (tree / name).unlink()

    assert [each for each in release(tree, "--check") if each.startswith(line)]


def test_a_version_without_a_date_is_not_released(tree: Path) -> None:
    changelog = (tree / "CHANGELOG.md").read_text(encoding="utf-8")
    undated = re.sub(r"^## (\S+) \(.*\)$", r"## \1 (unreleased)", changelog, flags=re.M)
    (tree / "CHANGELOG.md").write_text(undated, encoding="utf-8")

    assert any(line.startswith("CHANGELOG.md: version ") for line in release(tree))
    assert not (tree / "dist").exists()


@BUILDS
def test_a_release_is_built(copied: Path, tmp_path: Path) -> None:
    tree = shutil.copytree(copied, tmp_path / "tree")
    changelog = (tree / "CHANGELOG.md").read_text(encoding="utf-8")
    dated = re.sub(r"^## (\S+) \(.*\)$", r"## \1 (2026-01-31)", changelog, count=1, flags=re.M)
    (tree / "CHANGELOG.md").write_text(dated, encoding="utf-8")
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "--quiet"], ["add", "."], [*author, "commit", "--quiet", "-m", "A"]):
        subprocess.run(["git", *command], cwd=tree, check=True)

    assert release(tree) == []

    assert sorted(path.name for path in (tree / "dist").iterdir()) == [
        f"flake8_tf_session-{__version__}{end}" for end in ("-py3-none-any.whl", ".tar.gz")
    ]


@BUILDS
@pytest.mark.parametrize(
    ("name", "before", "after", "line"),
    [
        ("pyproject.toml", '  "flake8_tf_session.rules",\n', "", "-py3-none-any.whl: no"),
        ("MANIFEST.in", "graft tests\n", "", ".tar.gz: no"),
    ],
)
def test_archives_that_lack_something_are_refused(
    tree: Path, name: str, before: str, after: str, line: str
) -> None:
    change(tree, name, before, after)

    lines = release(tree, "--check")
    assert any(each.startswith(f"flake8_tf_session-{__version__}{line}") for each in lines)
