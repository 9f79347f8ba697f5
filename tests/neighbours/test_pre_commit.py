"""pre-commit, with flake8's hook and the fixer's, in a real repository."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import ROOT, Tools, source_tree

pytestmark = pytest.mark.network

FLAKE8_HOOK = """\
- id: flake8
  name: flake8
  entry: flake8
  language: python
  types: [python]
  require_serial: true
"""
FLAKE8_SETUP = """\
from setuptools import setup

setup(name="flake8-mirror", version="0", py_modules=[], install_requires=["flake8==7.5.0"])
"""
CONFIG = """\
repos:
  - repo: {flake8}
    rev: v1
    hooks:
      - id: flake8
        args: [--select=TFS, "--extend-ignore=TFS305,TFS307"]
        additional_dependencies: ["{wheel}"]
  - repo: {package}
    rev: v1
    hooks:
      - id: flake8-tf-session-fix
"""


class Git:
    """git in a folder, with an author and a pre-commit of its own."""

    def __init__(self, tools: Tools, folder: Path, home: Path) -> None:
        self._folder = folder
        self._variables = {
            **tools.variables,
            **{f"GIT_{who}_NAME": "A" for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": "a@example.org" for who in ("AUTHOR", "COMMITTER")},
            "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
            "PRE_COMMIT_HOME": str(home),
        }
        folder.mkdir(exist_ok=True)
        self.run("git", "init", "--quiet")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the folder."""
        return subprocess.run(
            command,
            cwd=self._folder,
            env=self._variables,
            capture_output=True,
            text=True,
            check=False,
        )

    def commit(self) -> subprocess.CompletedProcess[str]:
        """Commit everything that is there."""
        self.run("git", "add", "--all")
        return self.run("git", "commit", "--quiet", "--message=A change")

    def release(self) -> None:
        """Commit, and tag what is there."""
        done = self.commit()
        assert done.returncode == 0, done.stderr
        self.run("git", "tag", "v1")


def test_a_commit_is_refused_until_it_is_fixed(
    tools: Tools, wheel: Path, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("pre-commit")
    # flake8's repository, as pre-commit sees it: the definition of the hook and the package.
    mirror = tmp_path_factory.mktemp("flake8")
    (mirror / ".pre-commit-hooks.yaml").write_text(FLAKE8_HOOK)
    (mirror / "setup.py").write_text(FLAKE8_SETUP)
    Git(tools, mirror, home).release()
    package = source_tree(tmp_path_factory.mktemp("package"))
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", package)
    Git(tools, package, home).release()
    git = Git(tools, project, home)
    shutil.copy(ROOT / "docs" / "tutorial" / "news.py", project)
    config = project / ".pre-commit-config.yaml"
    config.write_text(CONFIG.format(flake8=mirror, wheel=wheel, package=package))
    assert git.run("pre-commit", "install").returncode == 0

    refused = git.commit()

    assert refused.returncode == 1
    page = (ROOT / "docs" / "howto" / "pre-commit.md").read_text(encoding="utf-8")
    shown = page.partition('git commit -m "Score news"\n')[2].partition("```")[0]
    assert shown in refused.stdout + refused.stderr

    with config.open("a") as file:
        file.write("        args: [--unsafe-fixes]\n")
    assert git.commit().returncode == 1
    assert git.run("git", "log").returncode != 0, "nothing is committed yet"

    accepted = git.commit()

    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert "self.model = self._build_graph()\n\n    def" in (project / "news.py").read_text()
    assert git.run("git", "status", "--short").stdout == ""
