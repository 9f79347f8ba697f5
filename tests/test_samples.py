"""The samples of the documentation do what it says: programs, commands and counts."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_tf_session.catalogue import CODES

from .conftest import CASES, FIXTURES, ROOT, Result

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted(
    page
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    if not {"_build", "rules"} & set(page.relative_to(ROOT).parts[:-1])
)
OPT_IN = sorted(code for code, entry in CODES.items() if not entry.on_by_default)
DEFAULT = ["--select=TFS", "--extend-ignore=" + ",".join(OPT_IN)]
SHOWN = re.compile(r"^\$ python -m flake8 --isolated (.*) (\w+\.py)\n((?:\2:.*\n)+)", re.MULTILINE)


@pytest.mark.parametrize("name", ["train.py", "base_model.py"])
def test_a_program_of_the_readme_prints_what_it_quotes(
    name: str, flake8: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((options, _, quoted),) = [found for found in SHOWN.findall(README) if found[1] == name]
    before = README[: README.index(f" {name}\n")]
    program = re.findall(r"^```python\n(.*?)^```", before, re.DOTALL | re.MULTILINE)[-1]
    (tmp_path / name).write_text(program, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    found = flake8(*shlex.split(options), name)

    printed = [
        f"{each.path}:{each.line}:{each.column}: {each.code} {each.text}" for each in found.lines
    ]
    assert printed == quoted.splitlines()


def test_the_library_prints_what_the_readme_quotes() -> None:
    sample = re.search(
        r"^```python\n([^`]*check_source[^`]*)```\n\n```text\n(.*?)```", README, re.M | re.S
    )
    assert sample is not None

    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(sample[1], "README.md", "exec"), {})

    assert printed.getvalue() == sample[2]
    assert len(printed.getvalue().splitlines()) == 3


@pytest.mark.parametrize(
    "page", ["README.md", *(f"docs/howto/{name}.md" for name in ("fleets", "reports"))]
)
def test_samples_are_programs(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    samples = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)

    assert samples
    for sample in samples:
        if not sample.startswith("    ") and "load(" not in sample:
            compile(sample, page, "exec")
    assert 'encoding="utf-8"' not in text


def chosen(page: Path) -> set[tuple[str, ...]]:
    """The choices of codes in the commands of a page."""
    text = page.read_text(encoding="utf-8")
    commands = re.findall(r"^.*flake8.*--select[= ]TFS.*$", text, re.MULTILINE)
    commands += re.findall(r"--select=TFS\d[^ `]*", text)
    return {
        tuple(f"--{option}={codes}" for option, codes in options)
        for command in commands
        if "flake8-tf-session fix" not in command
        for options in [re.findall(r"--(select|extend-ignore)[= ]([A-Z0-9,]+)", command)]
    }


CHOICES = sorted(set().union(*map(chosen, PAGES)))


def test_the_commands_of_the_pages_choose_codes() -> None:
    assert tuple(DEFAULT) in CHOICES
    assert len(CHOICES) > 5


@pytest.mark.parametrize("options", CHOICES, ids=" ".join)
def test_what_a_page_recommends_leaves_off_what_is_off_by_default(
    options: tuple[str, ...], flake8: Callable[..., Result]
) -> None:
    asked_for = {code for option in options for code in OPT_IN if option == f"--select={code}"}
    files = [*(FIXTURES / code / "*" / "bad.py" for code in OPT_IN)]
    programs = [str(path) for file in files for path in ROOT.glob(str(file.relative_to(ROOT)))]

    found = {line.code for line in flake8(*options, *programs).lines}

    assert found & set(OPT_IN) <= asked_for
    assert {line.code for line in flake8("--extend-select=TFS", *programs).lines} >= set(OPT_IN)


def test_default_codes_alone_are_all_of_them(flake8: Callable[..., Result]) -> None:
    cases = sorted(map(str, [*CASES.glob("tfs1*.py"), *CASES.glob("tfs2*.py")]))

    assert flake8(*DEFAULT, *cases).lines == flake8(*cases).lines


def test_the_counts_of_the_readme_are_right() -> None:
    said = re.search(r"<!-- counts -->\n(.*?)\n<!-- /counts -->", README, re.DOTALL)
    evidence = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    environments = evidence.partition("| program | ")[2].partition(" |\n")[0].split(" | ")
    facts = re.findall(r"^\| fact \|.*\n\| ---.*\n((?:\|.*\n)+)", evidence, re.MULTILINE)
    tables = {
        name: list(csv.DictReader(text.splitlines(), delimiter="\t"))
        for name in ("counts", "findings")
        for text in [(ROOT / "tests" / "primer" / f"{name}.tsv").read_text(encoding="utf-8")]
    }
    packages = {(row["package"], row["version"]): int(row["files"]) for row in tables["counts"]}
    verdicts = [row["verdict"] for row in tables["findings"] if row["code"] != "TFS900"]
    programs = [*FIXTURES.glob("*/*/bad.py"), *FIXTURES.glob("*/*/fixed.py")]

    assert said is not None
    assert " ".join(said[1].split()) == (
        f"What is wrong and what is right was seen, not thought: {len(programs)} programs and"
        f" {sum(table.count(chr(10)) for table in facts)} short facts were [run on TensorFlow]"
        f"(docs/evidence.md), in {len(environments)} environments from 1.15 to 2.21. In"
        f" [{len(packages)} released packages](tests/primer/counts.tsv)"
        f" ({sum(packages.values()):,} files) it finds {len(verdicts)} mistakes beside greedy"
        f" sessions; [{verdicts.count('right')} of them](tests/primer/findings.tsv) are right, read"
        " one by one."
    )
