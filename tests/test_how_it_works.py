"""What the documentation says of the code is so: the worked example, and the names of modules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

import flake8_tf_session
from flake8_tf_session import check_source
from flake8_tf_session.domain.facts import fact_of
from flake8_tf_session.domain.frame import Frame
from flake8_tf_session.domain.state import State
from flake8_tf_session.domain.values import (
    Config,
    Const,
    External,
    Graph,
    Keras,
    Options,
    Routine,
    Session,
    Unknown,
    Value,
)
from flake8_tf_session.interpreter.flow import Flow

ROOT = Path(__file__).parent.parent
PACKAGE = Path(flake8_tf_session.__file__).parent
EXPLAINING = (ROOT / "docs" / "how-it-works.md", ROOT / "docs" / "glossary.md")
HOW_IT_WORKS, GLOSSARY = (path.read_text(encoding="utf-8") for path in EXPLAINING)
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "tests" / "README.md"])
DRAWINGS = sorted([*(ROOT / "docs").glob("*.svg"), *(ROOT / "docs" / "explanation").glob("*.svg")])


class Row(NamedTuple):
    """A row of the worked example: what is new in a part of the state after a line."""

    line: int
    part: str
    new: str


def table(text: str, title: str) -> list[list[str]]:
    """The cells of the table that begins with a title cell."""
    rows = text[text.index(f"| {title} |") :].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


class Tracer:
    """Looks at the state before and after each statement of a text."""

    def __init__(self, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
        module = ast.parse(text)
        functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
        self.bodies = {"<module>": module.body, **{node.name: node.body for node in functions}}
        self.before: dict[int, list[Row]] = {}
        self.rows: list[Row] = []
        step, merge = Flow.step, Flow.merge

        def tracing_step(flow: Flow, state: State, frame: Frame) -> None:
            line = self.line_of(frame)
            self.before.setdefault(line, list(self.parts(flow, state, frame, line)))
            step(flow, state, frame)

        def tracing_merge(flow: Flow, states: list[State], frame: Frame) -> list[State]:
            line = self.line_of(frame)
            for state in states:
                for row in self.parts(flow, state, frame, line):
                    if row not in self.before[line]:
                        self.rows.append(row)
            return merge(flow, states, frame)

        monkeypatch.setattr(Flow, "step", tracing_step)
        monkeypatch.setattr(Flow, "merge", tracing_merge)
        self.findings = check_source(text)

    def line_of(self, frame: Frame) -> int:
        """The line of the statement that is executed."""
        return self.bodies[frame.function.name][frame.blocks[0][1]].lineno

    def parts(self, flow: Flow, state: State, frame: Frame, line: int) -> Iterator[Row]:
        """What a state holds, a row for each thing in it."""

        def site(chain: int) -> int:
            node: Any = flow.chains.node(flow.chains.path(chain)[-1])
            return int(node.anchor.node.lineno)

        def named(value: Value | None) -> str:
            if value is None:
                return "none"
            if isinstance(value, (Session, Graph)) and value.id < 0:
                return "implicit session" if isinstance(value, Session) else "default graph"
            if isinstance(value, (Config, Options, Session)):
                return f"{type(value).__name__}@{site(value.id)}"
            if isinstance(value, Keras):
                return " ".join(f"Keras@{site(id_)}" for id_ in sorted(value.ids))
            if isinstance(value, Routine):
                return f"the function `{value.function.name}`"
            if isinstance(value, External):
                return f"`{value.dotted}`"
            assert isinstance(value, (Const, Unknown))
            return repr(value.value) if isinstance(value, Const) else "unknown"

        owners: dict[int, str] = {}
        for value in (*state.attributes(frame.id).values(), Session(-1)):
            if isinstance(value, (Config, Session)):
                owners[value.id] = named(value)
        for owner in list(owners):
            for value in state.attributes(owner).values():
                if isinstance(value, Options):
                    owners[value.id] = named(value)
        for name, value in state.attributes(frame.id).items():
            if fact_of(name) is None:
                yield Row(line, "store", f"`{name}` is {named(value)}")
        yield Row(line, "Keras' session", named(state.keras_session))
        for id_, built in state.keras_objects.items():
            home = state.weights_in[id_]
            assert home.given is not None
            yield Row(
                line,
                "Keras objects",
                f"Keras@{site(id_)}, built under the {named(built.session)}; "
                f"its weights are in the {named(home.session)}, from `{home.given.subject}`",
            )
        for owner, what in owners.items():
            for name, value in state.attributes(owner).items():
                fact = "" if value == Unknown("true") else f": {named(value)}"
                yield Row(line, "facts", f"{what}, {name.strip('<>')}{fact}")
        for key, items in state.memory.items():
            for item in items:
                code = f"{item.code} " if hasattr(item, "code") else ""
                where = f": {code}@{site(item.chain)}" if hasattr(item, "chain") else ""
                yield Row(line, "memory", f"{key}{where}")
        for report in sorted(state.reports):
            places = f"@{site(report.chain)} because of @{site(report.related)}"
            yield Row(line, "reports", f"{report.code} {places}")


def test_the_worked_example_is_what_the_interpreter_does(monkeypatch: pytest.MonkeyPatch) -> None:
    example = re.search(r"```python\n(import tensorflow.*?)```", HOW_IT_WORKS, re.S)
    assert example is not None

    tracer = Tracer(example[1], monkeypatch)

    (found,) = tracer.findings
    assert found.related is not None, found.message
    shown = "\n".join(f"| {row.line} | {row.part} | {row.new} |" for row in tracer.rows)
    written = [Row(int(line), part, new) for line, part, new in table(HOW_IT_WORKS, "line")]
    assert written == tracer.rows, f"the table is now:\n{shown}"
    said = f"{found.code} on line {found.line}, because of line {found.related.line}"
    assert said in " ".join(HOW_IT_WORKS.split())


def module_paths(text: str) -> set[str]:
    """The Python files that a text names by their paths."""
    return set(re.findall(r"`(?:flake8_tf_session/)?(\w+(?:/\w+)*\.py)`", text))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_modules_that_a_page_names_are_there(path: Path) -> None:
    named = module_paths(path.read_text(encoding="utf-8"))
    if path not in EXPLAINING:
        # Others name files of programs, too.
        named = {each for each in named if (PACKAGE / each.partition("/")[0]).is_dir()}

    places = (PACKAGE, ROOT, ROOT / "tests")
    assert not [each for each in sorted(named) if not any((top / each).is_file() for top in places)]


@pytest.mark.parametrize(
    "row", table(GLOSSARY, "word") + table(GLOSSARY, "term"), ids=lambda row: row[0]
)
def test_the_glossary_says_where_it_is_in_the_code(row: list[str]) -> None:
    _, _, where = row
    names = set(re.findall(r"`(\w+)`", where))

    (path,) = module_paths(where)
    text = (PACKAGE / path).read_text(encoding="utf-8")
    missing = [
        name
        for name in sorted(names)
        if not re.search(rf"^ *(?:(?:class|def) {name}\b|(?:self\.)?{name}\b.*=)", text, re.M)
    ]

    assert names
    assert not missing


@pytest.mark.parametrize("row", table(HOW_IT_WORKS, "constant"), ids=lambda row: row[0])
def test_the_constants_are_where_the_table_of_budgets_says(row: list[str]) -> None:
    constant, where, *_ = row

    text = (PACKAGE / where.strip("`")).read_text(encoding="utf-8")

    assert re.search(rf"^{constant.strip('`')} = ", text, re.M)


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.name)
def test_a_drawing_can_be_read_aloud(path: Path) -> None:
    drawing = ElementTree.parse(path).getroot()
    children = {child.get("id"): (child.text or "").strip() for child in drawing}

    assert drawing.get("role") == "img"
    for id_ in (drawing.get("aria-labelledby") or "").split():
        assert children[id_]
    assert {"title", "desc"} <= {child.tag.rpartition("}")[2] for child in drawing}
