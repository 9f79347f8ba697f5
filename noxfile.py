"""The project's checks: ``nox`` runs them all, ``nox -l`` lists them."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import nox

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
NEEDED = PROJECT["project"]["dependencies"]
"""What the package needs, each with the oldest version that it takes."""
OLDEST = [each.replace(">=", "==") for each in NEEDED]

nox.options.default_venv_backend = "venv"
# The oldest and the newest are enough for each change; a release runs `nox -s installs`.
INSTALLS = [f"installs-{python}" for python in (PYTHONS[0], PYTHONS[-1])]
# Two rows that take about as long: `.ci/run` runs them side by side.
ROWS = (
    ["tests"],
    ["lint", "docs", "release", *INSTALLS, "oldest", "newest", "tensorflow_oldest"],
)
nox.options.sessions = ROWS[int(os.environ["ROW"])] if "ROW" in os.environ else [*ROWS[0], *ROWS[1]]
# What catches most mistakes, in under a minute; each source goes one way instead of three.
QUICK = (
    "cases projects library plugin pages docs house how_it_works escape error_messages fix_cells"
)
ONE_WAY = "not can_be_silenced and not through_stdin and not every_text"
# Without what a Python's version hardly changes, and takes long.
SHORT = ("--ignore=tests/metamorphic", "--ignore=tests/test_economy.py", "-k", ONE_WAY)


@nox.session
def tests(session: nox.Session) -> None:
    """All tests, those on real TensorFlow included, with the Python that runs nox."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session(reuse_venv=True)
def quick(session: nox.Session) -> None:
    """The tests that catch most mistakes, in under a minute."""
    session.install("-e", ".", "pytest")
    files = [*(f"tests/test_{name}.py" for name in QUICK.split()), "tests/fixing/test_cases.py"]
    session.run("pytest", "-q", "-m", "not network", "-k", ONE_WAY, *files, *session.posargs)


@nox.session(python=PYTHONS[0])
def oldest(session: nox.Session) -> None:
    """The tests of the linter on the oldest Python with the oldest dependencies."""
    session.install(".", *OLDEST, "black==25.1.0", "hypothesis", "hypothesmith==0.3.3", "pytest")
    session.run("pytest", "-m", "not tensorflow and not network", *SHORT, *session.posargs)


@nox.session(python=PYTHONS[-1])
def newest(session: nox.Session) -> None:
    """The tests of the linter on the newest Python with the newest dependencies."""
    session.install(".", "black==25.1.0", "hypothesis", "hypothesmith==0.3.3", "pytest")
    session.run("pytest", "-m", "not tensorflow and not network", *SHORT, *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Which lines and branches of the package no test reaches; one fails it."""
    session.install("-e", ".[pylsp]", "coverage==7.17.3", "hypothesis", "pytest")
    session.run("coverage", "erase")
    # A stack that overflows switches the tracer off: the tests that do it are the last of all.
    # What tests/safety watches would see the files of the tracer.
    tests = ["tests/test_cases.py", "tests/test_projects.py", "tests/test_pages.py"]
    tests += ["tests/test_plugin.py", "tests/test_fix_cells.py", "tests/neighbours", "tests/fixing"]
    files = ["tests/faults/test_files.py", "-k", "not no_room"]
    steps = ["tests/faults/test_plugin.py", "-k", "each_step"]
    for part in (tests, files, steps, ["tests/test_library.py"]):
        command = ["coverage", "run", "-m", "pytest", "-m", "not tensorflow and not network"]
        session.run(*command, *part, *session.posargs)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def mutation(session: nox.Session) -> None:
    """Whether the tests notice mistakes: ``nox -s mutation -- --sample 200 --seed 1``."""
    session.install("-e", ".", "coverage==7.17.3", "mutmut==3.8.1", "hypothesis", "pytest")
    session.run("python", "-m", "tests.mutation", *(session.posargs or ["--sample", "200"]))


@nox.session
def lint(session: nox.Session) -> None:
    """Formatting, style and typing."""
    session.install("-e", ".", "mypy==2.4.1", "ruff==0.17.6")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")


@nox.session
def docs(session: nox.Session) -> None:
    """The site, in docs/_build; a warning fails it."""
    session.install("-e", ".", "-r", "docs/requirements.txt", "pytest")
    session.run("sphinx-build", "-q", "-W", "--keep-going", "docs", "docs/_build", *session.posargs)
    session.run("pytest", "tests/test_site.py")


@nox.session
def release(session: nox.Session) -> None:
    """Whether what names versions and codes agrees, and the archives of a release are right."""
    session.install(".", "-r", "scripts/release-requirements.txt", "pytest")
    session.run("python", "scripts/release.py", "--check")
    session.run("pytest", "tests/test_release.py", *session.posargs)


@nox.session(python=PYTHONS)
def installs(session: nox.Session) -> None:
    """The wheel with the oldest, then with the newest of what it needs, tried on each Python."""
    with tempfile.TemporaryDirectory() as folder:
        build = ["pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, "."]
        session.run("python", "-m", *build)
        (wheel,) = Path(folder).iterdir()
        for versions in (OLDEST, NEEDED):
            session.install("--upgrade", str(wheel), *versions)
            session.run("python", "scripts/smoke.py")


@nox.session
def tensorflow(session: nox.Session) -> None:
    """The fixtures and facts on each version of TensorFlow whose Python is installed: before a
    release, and where new ones came.

    Fails if docs/evidence.md is not what they show. `nox -s tensorflow -- --write` writes it.
    """
    _run_evidence(session, *([] if "--write" in session.posargs else ["--check"]))


@nox.session
def tensorflow_oldest(session: nox.Session) -> None:
    """The same on the oldest version alone, which differs most from that of `tests`."""
    _run_evidence(session, "--oldest", "--check")


def _run_evidence(session: nox.Session, *options: str) -> None:
    """Run the fixtures and facts, with environments that stay from one run to the next."""
    session.install("-e", ".")
    environments = session.cache_dir / "tensorflow"
    session.run("python", "scripts/evidence.py", "--environments", str(environments), *options)


@nox.session(venv_backend="none")
def evidence(session: nox.Session) -> None:
    """What the fixtures and facts show on one TensorFlow: `nox -s evidence -- PYTHON --write`.

    PYTHON is a Python that has it, the one that runs nox if none is given. Without `--write` the
    difference to docs/evidence.md is printed. The other versions are run by `nox -s tensorflow`.
    """
    pythons = [each for each in session.posargs if each != "--write"]
    check = [] if "--write" in session.posargs else ["--check"]
    command = ["scripts/evidence.py", "--python", *(pythons or [sys.executable]), *check]
    session.run(sys.executable, *command, external=True)
