"""What has to notice a mutant: the annotated sources, then the tests of the library.

A check tells what is wrong, or that nothing is. The small ones go through `check_source`, which
takes a hundredth of what flake8 takes; `library_tests` are those that look at messages and ranges,
at files that import each other, and at what can't be analysed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import FIXTURES, ROOT, SOURCES, expected, has_newer_syntax, options

PROJECTS = ROOT / "tests" / "projects"
_LIBRARY = (
    "test_library.py",
    "test_projects.py::test_the_message_names_the_other_place",
    "test_projects.py::test_the_message_names_the_folder_of_the_other_place",
    "test_projects.py::test_the_message_names_the_line_of_a_module",
    "test_projects.py::test_related_place_is_in_the_other_file",
    "test_pages.py",
)
_LONG = "takes_too_much_work or long_expressions or hash_seed or fixer"


class Check(NamedTuple):
    """A check, and what it is called."""

    name: str
    passes: Callable[[], bool]


def checks(folder: Path) -> list[Check]:
    """A check for each annotated source; projects are copied into a folder of their own."""
    found = [
        Check(str(path.relative_to(ROOT)), _source(path))
        for path in SOURCES
        if not has_newer_syntax(path)
    ]
    for project in sorted(PROJECTS.iterdir()):
        copy = shutil.copytree(project, folder / project.name / project.name)
        found.append(Check(f"tests/projects/{project.name}", _project(copy)))
    return found


def _source(path: Path) -> Callable[[], bool]:
    text = path.read_text(encoding="utf-8")
    expects = expected(text)
    selected = {path.parts[-3]} if FIXTURES in path.parents else set()
    arguments = options(text)

    def passes() -> bool:
        from flake8_tf_session import Settings, check_source
        from flake8_tf_session.catalogue import CODES
        from flake8_tf_session.tensorflow.versions import parse

        parser = argparse.ArgumentParser()
        parser.add_argument("--extend-select", default="")
        parser.add_argument("--tf-session-build-methods", default="_build_graph")
        parser.add_argument("--tf-session-all-unregistered", action="store_true")
        parser.add_argument("--tf-session-target", type=parse)
        given = parser.parse_args(arguments)
        asked = selected.union(given.extend_select.split(","))
        settings = Settings(
            tuple(given.tf_session_build_methods.split(",")),
            given.tf_session_all_unregistered,
            given.tf_session_target,
            celery_prefork="TFS402" in asked,
        )
        return expects == sorted(
            (found.line, found.code)
            for found in check_source(text, str(path), settings)
            if CODES[found.code].on_by_default or found.code in asked
        )

    return passes


def _project(folder: Path) -> Callable[[], bool]:
    files = [path for path in sorted(folder.rglob("*.py")) if path.name != "broken.py"]
    texts = {path: path.read_text(encoding="utf-8") for path in files}

    def passes() -> bool:
        from flake8_tf_session import check_source
        from flake8_tf_session.catalogue import CODES

        return all(
            expected(text)
            == sorted(
                (found.line, found.code)
                for found in check_source(text, str(path))
                if CODES[found.code].on_by_default
            )
            for path, text in texts.items()
        )

    return passes


def library_tests() -> bool:
    """Whether the tests of messages, ranges, pages and bad input pass, but for the long ones."""
    arguments = ["-x", "-q", "-p", "no:cacheprovider", "-k", f"not ({_LONG})"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return pytest.main([*arguments, *(str(ROOT / "tests" / name) for name in _LIBRARY)]) == 0
