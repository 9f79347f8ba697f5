"""The linter's findings, compared with what TensorFlow makes of a program."""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from flake8_tf_session import Finding, check_source
from flake8_tf_session.catalogue import CODES
from tests.programs.judge import Judge, Verdict
from tests.programs.trace import Expected

IMPLEMENTED = frozenset(CODES)
ORDER = ("TFS1",)
# The codes that can explain a failure; TFS305, for one, speaks of something else.
SESSION = ("TFS1", "TFS302", "TFS303", "TFS304")
LOSSES = ("TFS103", "TFS105", "TFS106")

# On one call the most certain of these codes stands alone.
CERTAINTY = {"TFS101": 0, "TFS102": 1, "TFS103": 2}


@dataclass
class Comparison:
    """One program, as both sides see it."""

    verdict: Verdict
    findings: list[Finding]
    disagreements: list[str] = field(default_factory=list)
    waiting: frozenset[str] = frozenset()  # codes without which the linter can't speak yet
    not_analysed: bool = False  # too many paths: the linter says so itself
    own_flow: int = 0  # findings in a function that is wrong on its own, in a right program
    excused: int = 0  # findings on a layer alone, or inside the session's own block
    never_run: int = 0  # findings in functions that nothing calls, so that no run speaks of them

    def report(self) -> str:
        """The program, numbered, with what both sides say of it."""
        source = "\n".join(
            f"{number:3} {line}" for number, line in enumerate(self.verdict.source.split("\n"), 1)
        ).rstrip()
        said = [f"{f.line}:{f.column + 1}: {f.code} {f.message}" for f in self.findings]
        return "\n".join(
            [
                *(f"disagreement: {text}" for text in self.disagreements),
                source,
                "TensorFlow:",
                *(f"  {line}" for line in str(self.verdict).split("\n")),
                "linter:",
                *(f"  {line}" for line in said or ["nothing"]),
            ]
        )


def compare(judge: Judge, verdict: Verdict, codes: Collection[str] = IMPLEMENTED) -> Comparison:
    """Lint a judged program, and compare; `codes` are the codes that the linter has."""
    findings = [
        finding
        for finding in check_source(verdict.source)
        if finding.code.startswith((*SESSION, "TFS9"))
    ]
    comparison = Comparison(verdict, findings)
    note = comparison.disagreements.append
    idle = _lines_never_run(verdict)
    comparison.never_run = sum(finding.line in idle for finding in findings)
    findings = [finding for finding in findings if finding.line not in idle]
    order = [finding for finding in findings if finding.code.startswith(ORDER)]
    said = [finding for finding in findings if finding.code.startswith(SESSION)]
    missing = verdict.reading.codes - set(codes)
    if any(finding.code == "TFS900" for finding in findings):
        comparison.not_analysed = True
        return comparison
    if any(code.startswith("TFS3") for code in missing):
        # What those codes speak of (another graph, a clearing) changes what the others say.
        comparison.waiting = frozenset(missing)
        return comparison
    if verdict.fails and not said:
        known = {code for place in verdict.reading.must for code in place.codes}
        if known and known <= missing:
            comparison.waiting = frozenset(missing)
        else:
            note("miss: the program fails")
    elif verdict.wrong_order and not order:
        note("miss: the order is wrong")
    classes = _class_lines(verdict.source)
    own = verdict.own_flows.must | verdict.own_flows.excused
    for finding in order:
        if verdict.fails or (verdict.wrong_order and finding.code not in LOSSES):
            continue
        certain = _allowed(finding, verdict.reading.must, classes)
        if not certain and _allowed(finding, own, classes):
            comparison.own_flow += 1
        elif finding.code in LOSSES:
            initialized = finding.code == "TFS105"
            if not any(
                judge.fails_without_more_weights(verdict, line, initialized)
                for line in _lines_run(verdict, finding, classes)
            ):
                note(f"no loss: {finding.code} on line {finding.line}")
        elif _allowed(finding, verdict.reading.excused, classes):
            comparison.excused += 1
        else:
            note(f"false alarm: {finding.code} on line {finding.line}")
    _compare_places(comparison, order, codes, classes)
    return comparison


def _lines_run(verdict: Verdict, finding: Finding, classes: dict[str, int]) -> set[int]:
    """The line of a finding; for one on a class, those on which objects of it are made."""
    made = {
        before.line
        for run in verdict.runs
        for event in run.events
        for before, frame in zip(event.chain, event.chain[1:])
        if frame.instance != before.instance and classes.get(frame.instance) == finding.line
    }
    return made or {finding.line}


def _lines_never_run(verdict: Verdict) -> set[int]:
    """The lines of functions that no run calls: overridden methods, for one."""
    ran = {frame.line for run in verdict.runs for event in run.events for frame in event.chain}
    idle: set[int] = set()
    for node in ast.walk(ast.parse(verdict.source)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
            lines = range(node.lineno, node.end_lineno + 1)
            if ran.isdisjoint(lines):
                idle.update(lines)
    return idle


def _compare_places(
    comparison: Comparison,
    order: Sequence[Finding],
    codes: Collection[str],
    classes: dict[str, int],
) -> None:
    verdict = comparison.verdict
    for expected in sorted(verdict.reading.must, key=str):
        if not expected.codes & set(codes):
            continue
        if expected.callers and not any(
            expected.codes & own.codes and expected.lines <= own.lines and not own.callers
            for own in verdict.own_flows.must
        ):
            expected = replace(expected, lines=expected.lines | expected.callers)
        if not any(_fits(finding, expected, classes) for finding in order):
            comparison.disagreements.append(f"no finding: {expected}")
    if verdict.cut_short:
        return
    borne_out = verdict.reading.must | verdict.reading.may
    borne_out |= {replace(e, lines=e.lines | e.callers) for e in verdict.reading.must}
    borne_out |= verdict.own_flows.must | verdict.own_flows.may | verdict.reading.excused
    for finding in order:
        if (verdict.fails or verdict.wrong_order) and not _allowed(finding, borne_out, classes):
            comparison.disagreements.append(f"not borne out: {finding.code} on line {finding.line}")


def _fits(finding: Finding, expected: Expected, classes: dict[str, int]) -> bool:
    """Whether a finding is the expected one, or a more certain one on the same call."""
    lines = expected.lines | {classes[name] for name in expected.classes if name in classes}
    if finding.line not in lines:
        return False
    if finding.code in expected.codes:
        return True
    known = [CERTAINTY[code] for code in expected.codes if code in CERTAINTY]
    return bool(known) and CERTAINTY.get(finding.code, -1) > min(known)


def _allowed(finding: Finding, expected: Collection[Expected], classes: dict[str, int]) -> bool:
    return any(_fits(finding, place, classes) for place in expected)


def _class_lines(source: str) -> dict[str, int]:
    tree = ast.parse(source)
    return {node.name: node.lineno for node in tree.body if isinstance(node, ast.ClassDef)}


def summary(comparisons: Sequence[Comparison]) -> dict[str, int]:
    """How many programs are of each kind."""
    return {
        "programs": len(comparisons),
        "runs": sum(len(c.verdict.runs) for c in comparisons),
        "fail": sum(c.verdict.fails for c in comparisons),
        "wrong order": sum(c.verdict.wrong_order for c in comparisons),
        "neither": sum(not c.verdict.fails and not c.verdict.wrong_order for c in comparisons),
        "not analysed (TFS900)": sum(c.not_analysed for c in comparisons),
        "wait for codes not there yet": sum(bool(c.waiting) for c in comparisons),
        "findings in a function's own flow": sum(c.own_flow for c in comparisons),
        "findings within the wording alone": sum(c.excused for c in comparisons),
        "findings in functions never called": sum(c.never_run for c in comparisons),
        "with disagreements": sum(bool(c.disagreements) for c in comparisons),
    }
