"""The linter's findings, compared with what TensorFlow makes of a program."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from flake8_tf_session import Finding, check_source
from tests.programs.excuses import OF_AN_OPTIMIZER
from tests.programs.trace import ORDER, Expected
from tests.programs.verdict import Verdict

# The codes that must be borne out by a run.
JUDGED = (*ORDER, "TFS304", "TFS401")
# The codes that can explain a failure; TFS305, for one, speaks of something else.
SESSION = (*ORDER, "TFS302", "TFS303", "TFS304", "TFS401")

# Only said of programs that say that they run in graph mode.
OF_GRAPH_MODE = frozenset(("TFS107", "TFS304"))

OF_THREADS = frozenset(("TFS401",))

# On one call the most certain of these codes stands alone.
CERTAINTY = {"TFS101": 0, "TFS102": 1, "TFS103": 2}


@dataclass
class Comparison:
    """One program, as both sides see it."""

    verdict: Verdict
    findings: list[Finding]
    disagreements: list[str] = field(default_factory=list)
    not_analysed: bool = False  # too many paths: the linter says so itself
    own_flow: int = 0  # findings that only the flow of a function on its own bears out
    excused: int = 0  # findings within the wording, where nothing was wrong
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

    @property
    def kinds(self) -> frozenset[str]:
        """What the disagreements are about."""
        return frozenset(text.split(" on line ")[0] for text in self.disagreements)


def compare(verdict: Verdict) -> Comparison:
    """Lint a judged program, and compare.

    A miss is something that TensorFlow fails at, and no finding that speaks of it; a false alarm is
    a finding that no run bears out, nor the wording excuses.
    """
    found = check_source(_known(verdict.source))
    comparison = Comparison(verdict, [f for f in found if f.code.startswith((*SESSION, "TFS9"))])
    if any(finding.code == "TFS900" for finding in comparison.findings):
        comparison.not_analysed = True
        return comparison
    idle, threaded = _lines_never_run(verdict)
    # Of what threads run only TFS401 is said: others speak of a flow of its own.
    findings = [
        finding
        for finding in comparison.findings
        if finding.line not in (idle if finding.code == "TFS401" else threaded)
        and not _is_of_hook_never_called(finding, verdict, idle)
    ]
    comparison.never_run = len(comparison.findings) - len(findings)
    classes = _class_lines(verdict.source)
    reading = verdict.reading
    in_vain = _saved_in_vain(verdict)
    handlers = _restoring_handlers(verdict.source)
    for choice in sorted(reading.must, key=lambda choice: sorted(map(str, choice))):
        if in_vain and all(in_vain.isdisjoint(place.lines) for place in choice):
            continue
        if choice and all(
            place.lines <= handlers and place.codes == OF_THREADS for place in choice
        ):
            continue
        codes = frozenset().union(*(place.codes for place in choice))
        if codes and codes <= OF_GRAPH_MODE and "disable_eager" not in verdict.source:
            continue
        if not any(_allowed(finding, choice, classes) for finding in comparison.findings):
            wanted = sorted(map(str, choice)) or ["no one knows why it fails"]
            comparison.disagreements.append(f"miss: {'; '.join(wanted)}")
    needed = {place for choice in reading.must for place in choice}
    for finding in findings if not in_vain else ():
        if not finding.code.startswith(JUDGED) or _allowed(finding, needed, classes):
            continue
        if _allowed(finding, reading.may, classes):
            comparison.excused += 1
        elif _allowed(finding, verdict.own_flows.allowed, classes):
            comparison.own_flow += 1
        else:
            comparison.disagreements.append(f"false: {finding.code} on line {finding.line}")
    return comparison


def _known(source: str) -> str:
    """A program that shows what the linter can't know: `rounds()` is never empty, and `some()` has
    no second element.
    """
    source = source.replace("rounds()", "(1, 2)")
    once = source.replace("for _ in some():", "if some():")
    try:
        compile(once, "program", "exec")
    except SyntaxError:  # a `break` of that loop
        return source
    return once


def _saved_in_vain(verdict: Verdict) -> set[int]:
    """The lines on which a `Saver` fails to save: what it should restore later is not there, as the
    linter takes it to be, since no program would go on.
    """
    lines = verdict.source.split("\n")
    return {
        event.chain[-1].line
        for run in verdict.ended
        for event in run.events
        if event.kind == "fail"
        and event.session is not None
        and event.chain
        and re.search(r"\bv\d+\.save\(", lines[event.chain[-1].line - 1])
    }


def _restoring_handlers(source: str) -> set[int]:
    """The lines of handlers, if the program calls something that is named `restore`: by that any
    session may have weights before one of them runs.
    """
    found: set[int] = set()
    for node in ast.walk(ast.parse(source)) if re.search(r"\brestore\(", source) else ():
        if isinstance(node, ast.FunctionDef) and any(
            ast.unparse(decorator).startswith("app.") for decorator in node.decorator_list
        ):
            found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return found


def _lines_never_run(verdict: Verdict) -> tuple[set[int], set[int]]:
    """The lines of functions that no run calls, overridden methods, for one; and of those that none
    calls in the main thread.
    """
    frames = {frame for run in verdict.ended for event in run.events for frame in event.chain}
    ran = {frame.line for frame in frames}, {frame.line for frame in frames if not frame.thread}
    idle: tuple[set[int], set[int]] = set(), set()
    for node in ast.walk(ast.parse(verdict.source)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
            lines = range(node.lineno, node.end_lineno + 1)
            for found, where in zip(idle, ran):
                if where.isdisjoint(lines):
                    found.update(lines)
    return idle


def _is_of_hook_never_called(finding: Finding, verdict: Verdict, idle: set[int]) -> bool:
    """Whether it speaks of what a hook would do, and no run calls that: the optimizer's variables,
    which are no object's weights, were missing before.
    """
    others = {int(line) for line in re.findall(r"\(on line (\d+)\)", finding.message)}
    return (
        bool(others)
        and others <= idle
        and any(
            event.kind == "fail"
            and event.chain
            and event.chain[-1].line == finding.line
            and re.search(OF_AN_OPTIMIZER, event.name)
            for run in verdict.ended
            for event in run.events
        )
    )


def _allowed(finding: Finding, places: Collection[Expected], classes: dict[str, int]) -> bool:
    """Whether a finding is an expected one, or a more certain one on the same call."""
    return any(
        (
            finding.line in place.lines
            or any(classes.get(name) == finding.line for name in place.classes)
        )
        and (
            finding.code in place.codes
            or CERTAINTY.get(finding.code, -1)
            > min((CERTAINTY.get(code, 9) for code in place.codes), default=9)
        )
        for place in places
    )


def _class_lines(source: str) -> dict[str, int]:
    tree = ast.parse(source)
    return {node.name: node.lineno for node in tree.body if isinstance(node, ast.ClassDef)}


def summary(comparisons: Sequence[Comparison]) -> dict[str, int]:
    """How many programs are of each kind."""
    fail = [c for c in comparisons if c.verdict.failures]
    right = [c for c in comparisons if not c.verdict.failures]
    return {
        "programs": len(comparisons),
        "runs": sum(len(c.verdict.ended) for c in comparisons),
        "fail": len(fail),
        "right, with what the wording excuses": sum(bool(c.verdict.reading.may) for c in right),
        "right": sum(not c.verdict.reading.may for c in right),
        "not analysed (TFS900)": sum(c.not_analysed for c in comparisons),
        "findings in a function's own flow": sum(c.own_flow for c in comparisons),
        "findings within the wording alone": sum(c.excused for c in comparisons),
        "findings in functions never called": sum(c.never_run for c in comparisons),
        "fail, and no finding": sum(not any(f.code in SESSION for f in c.findings) for c in fail),
        "missed": sum(any(kind.startswith("miss") for kind in c.kinds) for c in comparisons),
        "false": sum(any(kind.startswith("false") for kind in c.kinds) for c in comparisons),
    }
