"""The site has the pages whose addresses `explain` prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flake8_tf_session.catalogue import CODES
from flake8_tf_session.cli import main

ROOT = Path(__file__).parent.parent
SITE = ROOT / "docs" / "_build"


def documentation() -> str:
    """The site's address."""
    found = re.search(
        r'^Documentation = "(https://.+/)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.M
    )
    assert found is not None
    return found[1]


def address(code: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What `explain` prints last."""
    assert main(["explain", code]) == 0
    return capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize("code", CODES)
def test_explain_ends_with_the_address_of_the_page(
    code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert address(code, capsys) == f"{documentation()}rules/{code}.html"


@pytest.mark.skipif(not SITE.exists(), reason="`nox -s docs` builds the site")
@pytest.mark.parametrize("code", CODES)
def test_the_page_is_there(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = SITE / address(code, capsys).removeprefix(documentation())

    title = re.search(r"<h1>(.*?)<", page.read_text(encoding="utf-8"))
    assert title is not None
    assert title[1] == f"{code}: {CODES[code].name}"


def test_read_the_docs_builds_it_as_nox_does() -> None:
    """The settings that its schema has for what `nox -s docs` runs."""
    lines = (ROOT / ".readthedocs.yaml").read_text(encoding="utf-8").splitlines()

    assert "version: 2" in lines
    assert "  configuration: docs/conf.py" in lines
    assert "  fail_on_warning: true" in lines
    assert "    - requirements: docs/requirements.txt" in lines
