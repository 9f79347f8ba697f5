"""The rules' pages: one for each code, and their programs are what they say they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_tf_session import check_source
from flake8_tf_session.catalogue import CODES
from flake8_tf_session.fixing import fix_source
from flake8_tf_session.fixing.table import FIXES

from .conftest import Result

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "flake8_tf_session" / "pages"
SECTIONS = ["What it finds", "Why", "Example", "Fix"]


def read(code: str) -> str:
    return (PAGES / f"{code}.md").read_text(encoding="utf-8")


def section(code: str, title: str) -> str:
    """The text under a heading."""
    return read(code).partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def findings(code: str, title: str, flake8: Callable[..., Result]) -> list[str]:
    """The codes that flake8 reports, all switched on, for the one program under a heading."""
    (program,) = re.findall(r"```python\n(.*?)```", section(code, title), re.DOTALL)
    target = re.search(r"tf-session-target = (\S+)`", section(code, "Example"))
    options = [f"--tf-session-target={target[1]}"] if target else []
    result = flake8("--extend-select=TFS", *options, "-", stdin=program.encode())
    return [line.code for line in result.lines]


def test_every_code_has_a_page_and_no_other() -> None:
    assert sorted(path.name for path in PAGES.iterdir()) == [f"{code}.md" for code in CODES]


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_its_title_and_sections(code: str) -> None:
    headings = re.findall(r"^#+ .*$", re.sub(r"```.*?```", "", read(code), flags=re.DOTALL), re.M)

    assert headings == [
        f"# {code}: {CODES[code].name}",
        *(f"## {title}" for title in SECTIONS),
    ]


@pytest.mark.parametrize("code", CODES)
def test_the_example_has_exactly_its_finding(code: str, flake8: Callable[..., Result]) -> None:
    assert findings(code, "Example", flake8) == [code]


@pytest.mark.parametrize("code", CODES)
def test_the_fix_has_none(code: str, flake8: Callable[..., Result]) -> None:
    assert findings(code, "Fix", flake8) == []


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_what_the_fixer_does(code: str) -> None:
    said = section(code, "Fix").rstrip("\n").rpartition("\n\n")[2]

    if code not in FIXES:
        assert said.startswith("No automatic fix")
        return
    assert said.startswith("`flake8-tf-session fix` ")
    (example,) = re.findall(r"```python\n(.*?)```", section(code, "Example"), re.DOTALL)
    safe, unsafe = (fix_source(example, unsafe=unsafe, select=[code]) for unsafe in (False, True))
    assert check_source(unsafe.text) == []
    assert (safe.text == unsafe.text) <= ("A safe fix" in " ".join(said.split()))
    assert (safe.text != unsafe.text) <= ("unsafe" in said)


@pytest.mark.parametrize("code", sorted(set(CODES) - {"TFS900"}))
def test_what_was_observed_is_in_the_evidence(code: str) -> None:
    evidence = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    table = evidence.partition(f"\n## {code}\n")[2].partition("\n## ")[0]
    observed = re.findall(r"^    (.*)$", section(code, "Why"), re.MULTILINE)

    assert observed
    assert [seen for seen in observed if seen not in table] == []


@pytest.mark.parametrize("code", [code for code in CODES if not CODES[code].on_by_default])
def test_a_page_of_an_opt_in_code_says_how_to_switch_it_on(code: str) -> None:
    assert f"`extend-select = {code}`" in section(code, "What it finds").replace("\n", " ")
