"""Writes the rules' pages of the site, from the sources that everything else is made from.

The text is the page that the package carries (`flake8_tf_session/pages`), the programs are those of
`fixtures/`, and what TensorFlow does with them comes from `docs/evidence.md`. The pages are written
to `docs/rules/` when a build begins.
"""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from sphinx.application import Sphinx

from flake8_tf_session.catalogue import CODES, Entry

DOCS = Path(__file__).resolve().parents[1]
FIXTURES = DOCS.parent / "fixtures"

INDEX = """\
# Every rule

What each code finds, why it matters and what to do. [](../rules.md) is the exact specification.

"""
TABS = """\
### {title}

::::{{tab-set}}
:::{{tab-item}} bad
```{{literalinclude}} ../../fixtures/{folder}/bad.py
:language: python
:linenos:
:emphasize-lines: {emphasized}
```
:::
:::{{tab-item}} fixed
```{{literalinclude}} ../../fixtures/{folder}/fixed.py
:language: python
:linenos:
```
:::
::::
"""


def text_of(entry: Entry) -> str:
    """The page that the package carries."""
    page = resources.files("flake8_tf_session") / "pages" / f"{entry.code}.md"
    return page.read_text(encoding="utf-8")


def emphasized(program: Path) -> str:
    """The numbers of a program's lines with findings."""
    lines = program.read_text(encoding="utf-8").splitlines()
    return ",".join(str(number) for number, line in enumerate(lines, 1) if "# expect:" in line)


def evidence(code: str) -> str:
    """The code's table in the evidence, if it has programs."""
    text = (DOCS / "evidence.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {code}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def render(entry: Entry) -> str:
    """A rule's page of the site."""
    parts = [f"({entry.code})=\n{text_of(entry)}"]
    programs = sorted((FIXTURES / entry.code).glob("*/bad.py"))
    if programs:
        parts.append(
            "## Programs\n\nFrom the test suite, bad and fixed. The marked lines have findings; the"
            " first line says what the program shows on TensorFlow.\n"
        )
        for program in programs:
            folder = program.parent
            parts.append(
                TABS.format(
                    title=folder.name.replace("_", " ").capitalize(),
                    folder=folder.relative_to(FIXTURES).as_posix(),
                    emphasized=emphasized(program),
                )
            )
        parts.append(
            "## On TensorFlow\n\nWhat these programs were seen to do, version by version;"
            f" [](../evidence.md) says how to read it.\n\n{evidence(entry.code)}\n"
        )
    return "\n".join(parts)


def render_index() -> str:
    """The page that lists the rules."""
    rows = [
        f"| [{entry.code}]({entry.code}.md) | {entry.name} | {entry.summary} |"
        f" {'yes' if entry.on_by_default else 'no'} |"
        for entry in CODES.values()
    ]
    head = ["| code | name | reported on | on by default |", "| --- | --- | --- | --- |"]
    toctree = ["```{toctree}", ":hidden:", *CODES, "```"]
    return INDEX + "\n".join([*head, *rows, "", *toctree]) + "\n"


def write_pages(_app: Sphinx) -> None:
    """Write all pages; one that is as it was keeps its time, so that it is not built again."""
    folder = DOCS / "rules"
    folder.mkdir(exist_ok=True)
    pages = {entry.code: render(entry) for entry in CODES.values()}
    for name, page in {**pages, "index": render_index()}.items():
        path = folder / f"{name}.md"
        if not path.exists() or path.read_text(encoding="utf-8") != page:
            path.write_text(page, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("builder-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
