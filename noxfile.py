"""The project's checks: ``nox`` runs them all, ``nox -l`` lists them."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "venv"
nox.options.sessions = ["tests", "oldest", "newest", "lint", "docs", "tensorflow"]


@nox.session
def tests(session: nox.Session) -> None:
    """All tests, those on real TensorFlow included, with the Python that runs nox."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session(python="3.9")
def oldest(session: nox.Session) -> None:
    """The tests of the linter on the oldest Python with the oldest dependencies."""
    session.install(
        ".", "flake8==6.0.0", "libcst==1.8.6", "hypothesis", "hypothesmith==0.3.3", "pytest"
    )
    session.run("pytest", "-m", "not tensorflow and not network", *session.posargs)


@nox.session(python="3.13")
def newest(session: nox.Session) -> None:
    """The tests of the linter on the newest Python with the newest dependencies."""
    session.install(".", "hypothesis", "hypothesmith==0.3.3", "pytest")
    session.run("pytest", "-m", "not tensorflow and not network", *session.posargs)


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
    session.install("-e", ".", "-r", "docs/requirements.txt")
    session.run("sphinx-build", "-q", "-W", "--keep-going", "docs", "docs/_build", *session.posargs)


@nox.session
def tensorflow(session: nox.Session) -> None:
    """The fixtures and facts on each version of TensorFlow whose Python is installed.

    Fails if docs/evidence.md is not what they show. `nox -s tensorflow -- --write` writes it.
    """
    session.install("-e", ".")
    check = [] if "--write" in session.posargs else ["--check"]
    environments = session.cache_dir / "tensorflow"
    session.run("python", "scripts/evidence.py", "--environments", str(environments), *check)
