"""The real programs beside which the plugin works, in an environment of their own."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
FIXTURES = ROOT / "fixtures"
PROGRAM = (ROOT / "docs" / "tutorial" / "news.py").read_text(encoding="utf-8")
FINDINGS = [(14, 22, "TFS102"), (17, 19, "TFS201"), (18, 9, "TFS202"), (28, 1, "TFS103")]
"""Line, column (from 1) and code of the findings in `PROGRAM`."""


class Tools(NamedTuple):
    """An environment with the programs and this package."""

    bin: Path

    @property
    def variables(self) -> dict[str, str]:
        """The variables of processes in it; none of git's, which hooks set."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        own.pop("PYTHONPATH", None)
        return {**own, "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}"}

    def run(
        self, *command: str, cwd: Path, stdin: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment."""
        return subprocess.run(
            [str(self.bin / command[0]), *command[1:]],
            cwd=cwd,
            env=self.variables,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )


def source_tree(folder: Path) -> Path:
    """A copy of what the package is built from; builds leave their traces there."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "flake8_tf_session", folder / "flake8_tf_session", ignore=ignored)
    for name in ("LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


def install(environment: Path, arguments: Iterable[str]) -> None:
    """Install into an environment with its own pip."""
    command = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def make_environment(request: pytest.FixtureRequest, requirements: Path) -> Path:
    """An environment with what a file of requirements lists; pytest's cache keeps it."""
    key = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:12]
    environment = Path(request.config.cache.mkdir(f"{requirements.parent.name}-{key}")) / "venv"
    complete = environment / "complete"
    if not complete.exists():
        shutil.rmtree(environment, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        install(environment, ["--requirement", str(requirements)])
        complete.touch()
    return environment


@pytest.fixture(scope="session")
def wheel(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This package, built from its sources."""
    python = make_environment(request, REQUIREMENTS) / "bin" / "python"
    folder = tmp_path_factory.mktemp("wheel")
    tree = source_tree(tmp_path_factory.mktemp("source"))
    command = [str(python), "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(tree)], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def tools(request: pytest.FixtureRequest, wheel: Path) -> Tools:
    """The programs, with this package installed beside them."""
    environment = make_environment(request, REQUIREMENTS)
    install(environment, ["--force-reinstall", "--no-deps", str(wheel)])
    return Tools(environment / "bin")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with one program, which has findings."""
    (tmp_path / "news.py").write_text(PROGRAM, encoding="utf-8")
    return tmp_path
