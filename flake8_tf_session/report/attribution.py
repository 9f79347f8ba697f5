"""Where findings stand: from the reports of all flows to the findings of a file.

A report names an event and what makes it wrong by their chains of calls. The finding stands on the
first node at which the two part; in a callee, only if the callee's own flow has the finding there,
or a more certain one, otherwise on the call in the caller.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from ..catalogue import CODES
from ..findings import Finding, Place
from ..interpreter.results import Failure, Results
from ..ir.nodes import (
    MODULE_NAME,
    Anchor,
    Assign,
    Attribute,
    Call,
    ClassDef,
    Function,
    FunctionDef,
    Import,
    ImportFrom,
    With,
)
from ..rules.events import Report
from ..text.source import Source
from .positions import Positions
from .ranges import Range


class _Placed(NamedTuple):
    """A report with the chain of the node on which it stands."""

    chain: int
    report: Report


def findings_of(results: Results, filename: str) -> list[Finding]:
    """The findings of a file that was analysed, in the order of their places."""
    return _Attribution(results, filename).findings()


class _Attribution:
    def __init__(self, results: Results, filename: str) -> None:
        self._results = results
        self._source = results.program.source
        self._chains = results.chains
        self._positions = Positions()
        self._filename = filename
        self._resolved: dict[object, dict[tuple[str, object], _Placed]] = {}

    def findings(self) -> list[Finding]:
        placed: dict[tuple[str, object], list[_Placed]] = {}
        for entry in [entry for entry in self._results.reports if self._is_own(entry)]:
            for key, each in self._resolve(entry).items():
                placed.setdefault(key, []).append(each)
        self._drop_explained(placed)
        chosen = [
            (self._range(node), min(each, key=self._preference))
            for (_, node), each in placed.items()
        ]
        chosen = _without_groups(self._without_nested(chosen))
        found = [self._finding(range_, each) for range_, each in chosen]
        found += [
            self._failure(failure)
            for failure in self._results.failures
            if self._is_own(failure.function)
        ]
        return sorted(set(found), key=lambda item: (item[2:6], item[:2]))

    # --- attribution ---

    def _resolve(self, entry: object) -> dict[tuple[str, object], _Placed]:
        """The reports of an entry that are its own, by group of codes and node."""
        known = self._resolved.get(entry)
        if known is not None:
            return known
        resolved: dict[tuple[str, object], _Placed] = {}
        self._resolved[entry] = resolved
        for report in self._results.reports.get(entry, ()):
            chain = self._place(report)
            if chain is None:
                continue
            key = (_group(report.code), self._chains.node(chain))
            placed = _Placed(chain, report)
            before = resolved.get(key)
            if before is None or self._preference(placed) < self._preference(before):
                resolved[key] = placed
        return resolved

    def _place(self, report: Report) -> int | None:
        """The chain of the node on which a report stands; None if a callee's own flow has it."""
        path = self._chains.path(report.chain)
        level = len(path) - 1
        if report.at_event:
            place = path[level] if report.place is None else report.place
            return place if self._is_own(self._chains.node(place)) else None
        if report.related is not None:
            level = min(self._chains.shared(report.chain, report.related), level)
        group = _group(report.code)
        while level > 0:
            function = self._chains.function_of(path[level])
            found = [self._resolve(function).get((group, self._chains.node(path[level])))]
            created = self._results.created.get(path[level - 1])
            if created is not None:
                # The creation of the class is a flow of its own.
                found.append(self._resolve(created.definition).get((group, created.definition)))
            if any(own is not None and own.report.code >= report.code for own in found):
                return None
            level -= 1
        return path[0]

    def _drop_explained(self, placed: dict[tuple[str, object], list[_Placed]]) -> None:
        """Drop what a flow says of objects of before it, where another flow has that cause whole:
        it has walked what made them as well.
        """
        explained = {
            self._chains.node(each)
            for reports in placed.values()
            for _, report in reports
            if report.related is not None and not self._is_of_before(report)
            for each in (report.chain, report.related)
        }
        for key, reports in list(placed.items()):
            rest = [
                each
                for each in reports
                if not self._is_of_before(each.report)
                or self._chains.node(each.report.chain) not in explained
            ]
            if rest:
                placed[key] = rest
            else:
                del placed[key]

    def _is_of_before(self, report: Report) -> bool:
        """Whether a report is about objects of before its flow."""
        related = report.related
        if related is None or report.code not in _OF_BEFORE:
            return False
        return not self._chains.is_one_flow(report.chain, related)

    def _preference(self, placed: _Placed) -> tuple[int, int, int, str]:
        """Less is better: the most certain code, then the nearest other place."""
        report = placed.report
        line = 0
        if report.related is not None:
            line = self._range_of(report.related).line
        own = 0 if report.chain == placed.chain else 1
        return (-int(report.code[3:]), own, line, report.subject)

    # --- one finding a place ---

    def _without_nested(self, chosen: list[tuple[Range, _Placed]]) -> list[tuple[Range, _Placed]]:
        """Let creations in the arguments of another count once, with the most certain code."""
        calls: list[tuple[Call, Range, _Placed]] = []
        kept: list[tuple[Range, _Placed]] = []
        for range_, placed in chosen:
            node = self._chains.node(placed.chain)
            if isinstance(node, Call) and CODES[placed.report.code].order:
                calls.append((node, range_, placed))
            else:
                kept.append((range_, placed))
        calls.sort(key=lambda item: item[0].order)
        outer: Call | None = None
        for node, range_, placed in calls:
            if outer is not None and node.order <= outer.last:
                # Less is better: a nested loss is worth more than the hazard around it.
                if _certainty(placed) < _certainty(kept[-1][1]):
                    kept[-1] = (kept[-1][0], _Placed(kept[-1][1].chain, placed.report))
                continue
            outer = node
            kept.append((range_, placed))
        return kept

    # --- positions and messages ---

    def _range_of(self, chain: int) -> Range:
        return self._range(self._chains.node(chain))

    def _range(self, node: object) -> Range:
        if isinstance(node, (Call, Attribute)):
            return self._positions.of_expression(node.node, node.anchor)
        return self._positions.of_statement(_anchor(node))

    def _is_own(self, node: object) -> bool:
        """Whether a node stands in the file that is checked."""
        return _anchor(node).source is self._source

    def _shown(self, source: Source) -> str:
        """How a message names another file: from the folder that both are in."""
        shown = os.path.relpath(source.path, os.path.dirname(self._source.path))
        if shown.startswith(os.pardir):
            common = os.path.commonpath((source.path, self._source.path))
            shown = os.path.relpath(source.path, common)
        return shown.replace(os.sep, "/")

    def _finding(self, range_: Range, placed: _Placed) -> Finding:
        report = placed.report
        related: Place | None = None
        where = ""
        if report.related is not None:
            related, where = self._related(report.related)
        event = self._chains.path(report.chain)[-1]
        via = ""
        if event != placed.chain:
            line = self._range_of(event).line
            source = _anchor(self._chains.node(event)).source
            if source is not self._source:
                via = f" (in {self._shown(source)}:{line})"
            elif line != range_.line:
                via = f" (on line {line})"
        reason = report.reason.format(related=where)
        message = CODES[report.code].message.format(
            subject=report.subject, via=via, related=where, reason=reason
        )
        return Finding(report.code, message, *range_, related)

    def _related(self, chain: int) -> tuple[Place, str]:
        """The other place of a finding, and the words for it."""
        range_ = self._range_of(chain)
        source = _anchor(self._chains.node(chain)).source
        if source is self._source:
            return Place(self._filename, *range_), f"on line {range_.line}"
        where = f"in {self._shown(source)}:{range_.line}"
        function = self._chains.function_of(chain)
        if function is not None and function.name != MODULE_NAME:
            where = f"in {function.path} ({self._shown(source)}:{range_.line})"
        filename = source.path
        if not os.path.isabs(self._filename):
            filename = os.path.relpath(filename)
        return Place(filename, *range_), where

    def _failure(self, failure: Failure) -> Finding:
        function = failure.function
        module = self._results.program.module
        if function is module:
            subject, range_ = "the module's flow", Range(1, 0, 1, 0)
        else:
            subject = f"the flow of '{function.name}'"
            range_ = self._positions.of_statement(function.anchor)
        if failure.is_last:
            subject += ", as all after it,"
        reason = f"{failure.reason}; split or simplify it to have it checked"
        message = CODES["TFS900"].message.format(subject=subject, via="", related="", reason=reason)
        return Finding("TFS900", message, *range_, None)


# The codes of objects that may have been built before a flow.
_OF_BEFORE = ("TFS104", "TFS106")


def _without_groups(chosen: list[tuple[Range, _Placed]]) -> list[tuple[Range, _Placed]]:
    """Let reports of one group count once, at the first place."""
    kept: list[tuple[Range, _Placed]] = []
    known: set[int] = set()
    for range_, placed in sorted(chosen, key=lambda item: item[0]):
        group = placed.report.group
        if group is None or group not in known:
            kept.append((range_, placed))
        if group is not None:
            known.add(group)
    return kept


def _anchor(node: object) -> Anchor:
    """The statement to which a node of the IR belongs."""
    if isinstance(node, tuple):
        # An item of a `with`, a decorator of a function.
        node = node[0]
    if isinstance(node, ClassDef):
        return node.scope.anchor
    if isinstance(node, FunctionDef):
        return node.function.anchor
    if isinstance(node, (Assign, Attribute, Call, Function, Import, ImportFrom, With)):
        return node.anchor
    raise TypeError(type(node).__name__)  # pragma: no cover - nothing else has a chain


def _group(code: str) -> str:
    """Codes of one group exclude each other on a node."""
    return "order" if CODES[code].order else code


def _certainty(placed: _Placed) -> int:
    return -int(placed.report.code[3:])
