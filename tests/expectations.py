"""What a test expected and what came out, told line by line: a failing case names itself."""

from __future__ import annotations

import ast
import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from .conftest import ROOT, Line, expected


class Place(NamedTuple):
    """A line of a source, and what is said about it: a code, or the reason of a refusal."""

    path: str
    line: int
    what: str


def check_findings(found: Iterable[Line], sources: Mapping[str, str]) -> None:
    """Fail unless the findings are those that the annotated sources expect."""
    __tracebackhide__ = True
    wanted = (
        Place(path, line, code) for path, text in sources.items() for line, code in expected(text)
    )
    check_places((Place(line.path, line.line, line.code) for line in found), wanted, sources)


def check_places(
    found: Iterable[Place], wanted: Iterable[Place], sources: Mapping[str, str]
) -> None:
    """Fail with a line for each place that is missing and each that nobody expects."""
    __tracebackhide__ = True
    seen, due = Counter(found), Counter(wanted)
    lines = [
        (place, f"{word} {described(place, sources.get(place.path, ''))}")
        for word, places in (("missing", due - seen), ("unexpected", seen - due))
        for place in places.elements()
    ]
    if lines:
        pytest.fail("\n".join(line for _, line in sorted(lines)))


def check_text(found: str, wanted: str, path: Path) -> None:
    """Fail with each line by which a text is not the one that is wanted."""
    __tracebackhide__ = True
    first, second = found.splitlines(), wanted.splitlines()
    lines = []
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    for tag, start, end, due_start, due_end in matcher.get_opcodes():
        if tag != "equal":
            places = ((found, number, "unexpected") for number in range(start, end))
            due = ((wanted, number, "missing") for number in range(due_start, due_end))
            lines += [
                f"{word} {described(Place(str(path), number + 1, 'line'), text)}"
                for text, number, word in (*places, *due)
            ]
    if lines or found != wanted:
        pytest.fail("\n".join(lines) or f"other line ends in {path}")


def described(place: Place, text: str) -> str:
    """A place in one line: what, where, in which function, and the source line."""
    path = Path(place.path)
    name = path.relative_to(ROOT) if ROOT in path.parents else Path(*path.parts[-2:])
    lines = text.split("\n")
    source = lines[place.line - 1].strip() if place.line <= len(lines) else ""
    return f"{place.what} at {name}:{place.line} in {function_at(text, place.line)}: {source}"


def function_at(text: str, line: int) -> str:
    """The function or class in which a line stands, with those around it."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return "a text that is no Python"
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        and min(each.lineno for each in (node, *node.decorator_list)) <= line
        and line <= (node.end_lineno or node.lineno)
    ]
    # The walk goes outside in: breadth first, and only one of a depth is around a line.
    return ".".join(node.name for node in around) or "the module"
