"""Fixing one text: each change is proven before it is kept, alone or with others."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator
from typing import NamedTuple, Optional

from ..check import check_source
from ..findings import Finding
from ..settings import Settings
from .cells import check_cells
from .fix import Change, Situation
from .observe import observe
from .places import Places
from .refusal import Refused
from .source import Edit, Origin, Source
from .table import FIXES

Key = tuple[str, Optional[Origin], Optional[Origin]]
"""A finding from one text to the next: its code, and where its first and its last character stood
in the first text."""

MARK = "\ufeff"
"""The byte order mark, which is no part of the program."""


class Refusal(NamedTuple):
    """A finding that was not fixed, at its place in the text that was given, and why."""

    finding: Finding
    reason: str


class FixResult(NamedTuple):
    """What fixing a text gave.

    Attributes:
        text: The new text; the one that was given if nothing was fixed.
        fixed: The findings that are gone, at their places in the text that was given.
        refused: The findings of the selected codes that stay though their rule has a fix.
    """

    text: str
    fixed: list[Finding]
    refused: list[Refusal]


def fix_source(
    source: str,
    filename: str = "<string>",
    settings: Settings | None = None,
    select: Collection[str] | None = None,
    unsafe: bool = False,
) -> FixResult:
    """Fix the text of a Python file.

    Args:
        source: The text, with any line ends; they and every byte that no fix has to change stay.
        filename: The file's name, by which what it imports is found; it is not opened itself.
        settings: The plugin's options; the defaults where there are none.
        select: Codes, or their beginnings, that are to be fixed; all where there is none.
        unsafe: Whether fixes that are not safe are wanted too.

    Returns:
        The new text, which was proven to compile, to have none of the fixed findings and no
        others than before, and to stay as it is if it is fixed again.
    """
    codes = tuple(FIXES) if select is None else tuple(select)
    found = check_source(source.removeprefix(MARK), filename, settings)
    findings = [finding for finding in found if finding.code.startswith(codes)]
    return fix_findings(source, filename, settings, findings, unsafe)


def fix_findings(
    source: str,
    filename: str,
    settings: Settings | None,
    findings: Collection[Finding],
    unsafe: bool = False,
) -> FixResult:
    """Fix some of the findings of a text (see `fix_source`): those that someone has selected."""
    settings = settings or Settings()
    wanted = sorted(
        (finding for finding in findings if finding.code in FIXES), key=lambda each: each[2:6]
    )
    if not wanted:
        return FixResult(source, [], [])
    mark = MARK if source.startswith(MARK) else ""
    try:
        first = Source.of(source[len(mark) :])
        fixer = _Fixer(filename, settings, unsafe)
        allowed = {_key(finding, first) for finding in wanted}
        last = first
        # What one fix makes possible another one does, until fixing it again changes nothing: each
        # change leaves fewer findings.
        while True:
            after, reasons = fixer.run(last, allowed)
            if after is last:
                break
            last = after
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # libcst's parser panics with an exception that is no `Exception`; one file's trouble must
        # not cost the other files.
        reason = f"the fixer failed: {type(error).__name__}"
        return FixResult(source, [], [Refusal(each, reason) for each in wanted])
    fixed: list[Finding] = []
    refusals: list[Refusal] = []
    for finding in wanted:
        key = _key(finding, first)
        if key in reasons:
            refusals.append(Refusal(finding, reasons[key]))
        else:
            fixed.append(finding)
    return FixResult(mark + last.text, fixed, refusals)


class Proposal(NamedTuple):
    """What a fix would do to a finding, if it can be proven: whether it is safe.

    Where there is no fix, ``refused`` says why.
    """

    safe: bool
    refused: str = ""


def proposals(source: str, settings: Settings, findings: Collection[Finding]) -> Iterator[Proposal]:
    """What could be made of each of a text's findings that have a fix, from one walk over it."""
    first = Source.of(source.removeprefix(MARK))
    situation = Situation(first, Places(first), observe(first, settings))
    for finding in findings:
        try:
            change = _changed(situation, finding)
            check_cells(first, change.source)
        except Refused as error:
            yield Proposal(False, str(error))
        else:
            yield Proposal(change.safe)


class _Fixer:
    """Fixes what can be fixed of one text."""

    def __init__(self, filename: str, settings: Settings, unsafe: bool) -> None:
        self._filename = filename
        self._settings = settings
        self._unsafe = unsafe
        # Of the latest text: what a change has made of it is what the next one begins with.
        self._known: Situation | None = None
        self._found: tuple[Source, list[Finding]] | None = None

    def run(self, source: Source, allowed: Collection[Key]) -> tuple[Source, dict[Key, str]]:
        """The fixed text, and why each of the allowed findings that stay was not fixed."""
        refused: dict[Key, str] = {}
        findings = self._check(source)
        source, findings = self._together(source, findings, allowed)
        while True:
            here = {_key(finding, source): finding for finding in findings}
            chosen = [key for key in here if key in allowed and key not in refused]
            if not chosen:
                return source, {key: refused[key] for key in here if key in refused}
            try:
                finding = here[chosen[0]]
                change = self._change(self._situation(source), finding)
                source, findings = self._proven(source, findings, change.source, [finding])
            except Refused as error:
                refused[chosen[0]] = str(error)

    def _check(self, source: Source) -> list[Finding]:
        if self._found is None or self._found[0] is not source:
            found = check_source(source.normal, self._filename, self._settings)
            self._found = source, found
        return self._found[1]

    def _together(
        self, source: Source, findings: list[Finding], allowed: Collection[Key]
    ) -> tuple[Source, list[Finding]]:
        """The text with all changes that touch different places: one proof is enough for them.

        Where that is not proven, nothing is changed, and each finding has to stand for itself.
        """
        edits: frozenset[Edit] = frozenset()
        fixed = []
        for finding in findings:
            if finding.code not in FIXES or _key(finding, source) not in allowed:
                continue
            try:
                made = self._change(self._situation(source), finding).source.edits
            except Refused:
                continue
            if made is not None and not _overlap(edits | made):
                edits |= made
                fixed.append(finding)
        if len(fixed) < 2:
            return source, findings
        try:
            return self._proven(source, findings, source.edited(edits), fixed)
        except Refused:
            return source, findings

    def _proven(
        self, source: Source, findings: list[Finding], after: Source, fixed: list[Finding]
    ) -> tuple[Source, list[Finding]]:
        """A text without some findings, which is proven to be right, and what is found there.

        Raises:
            Refused: it is not.
        """
        check_cells(source, after)
        try:
            _compile(after.normal)
        except SyntaxError as error:
            raise Refused(f"the change would not compile: {error.msg}") from error
        found = self._check(after)
        before = {_key(each, source) for each in findings}
        now = {_key(each, after) for each in found}
        new = sorted(code for code, *_ in now - before)
        if new:
            raise Refused(f"the change would bring {new[0]}")
        if any(_key(each, source) in now for each in fixed):
            raise Refused("no change that would help is known")
        facts = self._situation(source).facts
        situation = Situation(after, Places(after), observe(after, self._settings))
        if not all(FIXES[each.code].holds(facts, situation.facts, each) for each in fixed):
            raise Refused("the change can't be shown to help")
        self._known = situation
        return after, found

    def _change(self, situation: Situation, finding: Finding) -> Change:
        change = _changed(situation, finding)
        if not change.safe and not self._unsafe:
            raise Refused("its fix is not safe; --unsafe-fixes applies it")
        return change

    def _situation(self, source: Source) -> Situation:
        if self._known is None or self._known.source is not source:
            self._known = Situation(source, Places(source), observe(source, self._settings))
        return self._known


def _changed(situation: Situation, finding: Finding) -> Change:
    """What mends a finding.

    Raises:
        Refused: nothing does.
    """
    try:
        return FIXES[finding.code].change(situation, finding)
    except SyntaxError as error:
        raise Refused(f"the change would not compile: {error.msg}") from error


def _overlap(edits: Collection[Edit]) -> bool:
    """Whether two edits change the same place."""
    ranges = sorted(edit.range for edit in edits)
    return any(
        second[:2] < first[2:] or second[:2] == first[:2]
        for first, second in zip(ranges, ranges[1:])
    )


def _compile(text: str) -> None:
    """Compile a text: `ast` alone does not see an assignment before a ``global``, say."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(text, "<fixed>", "exec", dont_inherit=True)


def _key(finding: Finding, source: Source) -> Key:
    first, last = source.origins[finding.line - 1], source.origins[finding.end_line - 1]
    return finding.code, first[finding.column], last[max(finding.end_column - 1, 0)]
