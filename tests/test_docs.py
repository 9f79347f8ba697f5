"""The documentation says what the code does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flake8.options.manager import OptionManager

from flake8_tf_session.catalogue import CODES
from flake8_tf_session.cli import main
from flake8_tf_session.fixing import fix_source
from flake8_tf_session.plugin import Plugin

from .conftest import CASES, FIXTURES, Result, expected

ROOT = Path(__file__).parent.parent
# A file that can't be analysed is no program to run: it has tests, but neither case nor fixture.
PROVEN = sorted(set(CODES) - {"TFS900"})


def test_the_table_of_codes_is_the_catalogue() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("<!-- codes -->\n")[2].partition("<!-- /codes -->")[0]

    rows = [
        f"| {entry.code} | {entry.name} | {entry.summary} |"
        f" {'yes' if entry.on_by_default else 'no'} |"
        for entry in CODES.values()
    ]
    assert table.splitlines() == [
        "| code | name | reported on | on by default |",
        "| --- | --- | --- | --- |",
        *rows,
    ]


@pytest.mark.parametrize("name", ["README.md", "docs/rules.md", "CHANGELOG.md"])
def test_every_code_is_documented(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert set(re.findall(r"TFS\d{3}", text)) >= set(CODES)


@pytest.mark.parametrize("code", PROVEN)
def test_every_code_has_cases_and_a_fixture(code: str) -> None:
    cases = [
        number
        for path in CASES.glob("*.py")
        for number, found in expected(path.read_text(encoding="utf-8"))
        if found == code
    ]

    assert len(cases) > 1
    assert list((FIXTURES / code).glob("*/bad.py"))


def test_the_links_between_the_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    written_by_hand = [page for page in pages if page.parent.name not in ("rules", "_build")]
    links = [
        (page, target)
        for page in written_by_hand
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    ]

    assert links
    assert [link for link in links if not (link[0].parent / link[1]).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md"])
def test_the_quoted_output_is_what_flake8_prints(name: str, flake8: Callable[..., Result]) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    line = r"^((?:docs|fixtures)/\S+:\d+:\d+: TFS\d{3} (?!not fixed).*)$"
    quoted = re.findall(line, text, re.MULTILINE)
    assert quoted

    found = flake8(*sorted({str(ROOT / line.partition(":")[0]) for line in quoted}))

    printed = {
        f"{Path(line.path).relative_to(ROOT)}:{line.line}:{line.column}: {line.code} {line.text}"
        for line in found.lines
    }
    assert [line for line in quoted if line not in printed] == []


def test_the_picture_shows_the_program_and_its_findings() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    program = readme.partition("```python\n")[2].partition("```")[0]
    findings = re.findall(r"^train.py:(\d+):(\d+): (TFS\d+) (.*)$", readme, re.MULTILINE)
    picture = ElementTree.parse(ROOT / "docs" / "_static" / "editor.svg").getroot()

    shown = re.sub(r"\s", "", "".join(picture.itertext()))

    assert findings
    for line in program.splitlines():
        assert re.sub(r"\s", "", line) in shown
    for line, column, code, message in findings:
        assert re.sub(r"\s", "", f"{line} col {column} warning|{code}:{message}") in shown


def test_the_fixed_program_of_the_tutorial_has_no_finding(flake8: Callable[..., Result]) -> None:
    assert flake8(str(ROOT / "docs" / "tutorial" / "news_fixed.py")).lines == []


def test_the_fixer_fixes_the_program_of_the_tutorial() -> None:
    folder = ROOT / "docs" / "tutorial"

    result = fix_source((folder / "news.py").read_text(encoding="utf-8"), unsafe=True)

    assert (len(result.fixed), result.refused) == (4, [])
    fixed = (folder / "news_fixed.py").read_text(encoding="utf-8")
    assert [line for line in result.text.splitlines() if line] == [
        line for line in fixed.splitlines() if line
    ]


def test_every_option_of_the_fixer_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["fix", "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    page = (ROOT / "docs" / "reference" / "fixer.md").read_text(encoding="utf-8")

    assert len(options) > 5
    assert [option for option in options if f"`{option}" not in page] == []


def test_every_option_is_documented() -> None:
    manager = OptionManager(version="", plugin_versions="", parents=[], formatter_names=[])
    Plugin.add_options(manager)
    options = {name.lstrip("-") for name in manager.config_options_dict if "-" in name}
    page = (ROOT / "docs" / "reference" / "options.md").read_text(encoding="utf-8")

    assert options
    assert set(re.findall(r"^`(tf-session-\S+)`$", page, re.MULTILINE)) == options
