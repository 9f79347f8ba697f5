"""The formatters that the page on reports names, with the real flake8."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .conftest import FINDINGS, Tools

pytestmark = pytest.mark.network

SARIF_SCHEMA = ("@microsoft/jest-sarif@1.0.0-beta.0", "lib/schemas/sarif-2.1.0-rtm.5.json")
"""The package of npm's registry that carries the schema of SARIF 2.1.0, and where."""
VALIDATE = """
import json, sys
from jsonschema import Draft4Validator
schema, report = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:])
print([error.message for error in Draft4Validator(schema).iter_errors(report)])
"""


def report(tools: Tools, project: Path, name: str, *options: str) -> str:
    """What flake8 prints in a format for the project's program."""
    result = tools.run(
        "flake8", "--isolated", "--select=TFS", f"--format={name}", *options, "news.py", cwd=project
    )
    assert (result.returncode, result.stderr) == (1, "")
    return result.stdout


def test_github_annotations(tools: Tools, project: Path) -> None:
    printed = report(tools, project, "github")

    found = re.findall(
        r"^::error file=news\.py,line=(\d+),col=(\d+),title=(TFS\d+)::.+$", printed, re.M
    )
    assert [(int(line), int(column), code) for line, column, code in found] == FINDINGS
    assert len(printed.splitlines()) == len(FINDINGS)


def test_gitlab_code_quality(tools: Tools, project: Path) -> None:
    issues: list[dict[str, Any]] = json.loads(report(tools, project, "gl-codeclimate"))

    assert [
        (issue["location"]["lines"]["begin"], issue["description"][-8:]) for issue in issues
    ] == [(line, f"[{code}]") for line, _, code in FINDINGS]
    assert {issue["location"]["path"] for issue in issues} == {"news.py"}
    assert all(issue["severity"] for issue in issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_json(tools: Tools, project: Path) -> None:
    found = json.loads(report(tools, project, "json"))["news.py"]

    assert [(it["line_number"], it["column_number"], it["code"]) for it in found] == FINDINGS


def test_html(tools: Tools, project: Path) -> None:
    report(tools, project, "html", "--htmldir=report")

    page = (project / "report" / "news.report.html").read_text(encoding="utf-8")
    assert [code for _, _, code in FINDINGS if code not in page] == []


@pytest.fixture(scope="session")
def sarif_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The schema of SARIF 2.1.0."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm, which has the schema, is not installed")
    folder = tmp_path_factory.mktemp("schema")
    package, name = SARIF_SCHEMA
    subprocess.run([npm, "pack", package], cwd=folder, check=True, capture_output=True)
    (archive,) = folder.glob("*.tgz")
    shutil.unpack_archive(archive, folder)
    return folder / "package" / name


@pytest.mark.parametrize("program", ["news.py", "empty.py"])
def test_sarif_is_valid(tools: Tools, project: Path, sarif_schema: Path, program: str) -> None:
    (project / "empty.py").write_text("")
    options = ("--isolated", "--select=TFS", "--format=sarif")
    printed = tools.run("flake8", *options, program, cwd=project)
    (project / "news.sarif").write_text(printed.stdout)

    checked = tools.run("python", "-c", VALIDATE, str(sarif_schema), "news.sarif", cwd=project)

    assert (checked.stdout, checked.stderr) == ("[]\n", "")


def test_sarif(tools: Tools, project: Path) -> None:
    (run,) = json.loads(report(tools, project, "sarif"))["runs"]

    found = []
    for result in run["results"]:
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "news.py"
        region = place["region"]
        found.append((region["startLine"], region["startColumn"], result["ruleId"]))
    assert found == FINDINGS
