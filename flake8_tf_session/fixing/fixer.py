"""Fixing one text: finding by finding, each change proven before it is kept."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator
from typing import NamedTuple, Optional

from ..check import check_source, is_failure
from ..findings import Finding
from ..settings import Settings
from .cells import check_cells
from .fix import Change, Situation
from .layout import broken
from .observe import observe
from .places import Places
from .refusal import Refused
from .source import Origin, Source
from .style import brought, complaints, too_long
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
        others than before, of flake8's own neither, and to stay as it is if it is fixed again.
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
    except BaseException as error:
        if not is_failure(error):
            raise
        # One file's trouble must not cost the other files.
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


class _Fixer:
    """Fixes what can be fixed of one text."""

    def __init__(self, filename: str, settings: Settings, unsafe: bool) -> None:
        self._filename = filename
        self._settings = settings
        self._unsafe = unsafe
        self._known: Situation | None = None

    def run(self, source: Source, allowed: Collection[Key]) -> tuple[Source, dict[Key, str]]:
        """The fixed text, and why each of the allowed findings that stay was not fixed."""
        refused: dict[Key, str] = {}
        findings = self._check(source)
        while True:
            here = {_key(finding, source): finding for finding in findings}
            chosen = [key for key in here if key in allowed and key not in refused]
            if not chosen:
                return source, {key: refused[key] for key in here if key in refused}
            try:
                source, findings = self._fixed(source, findings, here[chosen[0]])
            except Refused as error:
                refused[chosen[0]] = str(error)

    def _check(self, source: Source) -> list[Finding]:
        return check_source(source.normal, self._filename, self._settings)

    def _fixed(
        self, source: Source, findings: list[Finding], finding: Finding
    ) -> tuple[Source, list[Finding]]:
        """A text without a finding, and what is found there.

        Raises:
            Refused: there is none, or it is not proven to be right.
        """
        first: Refused | None = None
        for change in self._changes(self._situation(source), finding):
            try:
                return self._proven(source, findings, finding, change)
            except Refused as error:
                first = first or error
        assert first is not None
        raise first

    def _changes(self, situation: Situation, finding: Finding) -> Iterator[Change]:
        """What may mend a finding: first what no line gets too long by, then with lines broken."""
        before, limit = situation.source, self._settings.max_line_length
        changes: list[Change] = []
        try:
            for change in FIXES[finding.code].changes(situation, finding):
                changes.append(change)
        except (Refused, SyntaxError) as error:
            if not changes:
                reason = (
                    f"the change would not compile: {error.msg}"
                    if isinstance(error, SyntaxError)
                    else str(error)
                )
                raise Refused(reason) from error
        long = [change for change in changes if too_long(before, change.source, limit)]
        yield from (change for change in changes if change not in long)
        shorter = [(change, broken(before, change.source, limit)) for change in long]
        fitting = [change._replace(source=source) for change, source in shorter if source]
        yield from sorted(fitting, key=lambda change: len(change.source.lines))
        yield from sorted(long, key=lambda change: max(map(len, change.source.lines)))

    def _proven(
        self, source: Source, findings: list[Finding], finding: Finding, change: Change
    ) -> tuple[Source, list[Finding]]:
        """The text with a change, and what is found there.

        Raises:
            Refused: the change is not proven to be right.
        """
        if not change.safe and not self._unsafe:
            raise Refused("its fix is not safe; --unsafe-fixes applies it")
        check_cells(source, change.source)
        before = {_key(each, source) for each in findings}
        found = self._check(change.source)
        after = {_key(each, change.source) for each in found}
        new = sorted(code for code, *_ in after - before)
        if new:
            raise Refused(f"the change would bring {new[0]}")
        if _key(finding, source) in after:
            raise Refused("no change that would help is known")
        try:
            _compile(change.source.normal)
        except SyntaxError as error:
            raise Refused(f"the change would not compile: {error.msg}") from error
        then, now = self._situation(source), self._situation(change.source)
        if not FIXES[finding.code].holds(then.facts, now.facts, finding):
            raise Refused("the change can't be shown to help")
        style = brought(then.style, now.style)
        if style:
            raise Refused(f"the change would bring {style[0]}")
        self._known = now
        return change.source, found

    def _situation(self, source: Source) -> Situation:
        if self._known is not None and self._known.source is source:
            return self._known
        facts = observe(source, self._settings)
        style = complaints(source, self._settings.max_line_length)
        return Situation(source, Places(source), facts, style)


def _compile(text: str) -> None:
    """Compile a text: `ast` alone does not see an assignment before a ``global``, say."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(text, "<fixed>", "exec", dont_inherit=True)


def _key(finding: Finding, source: Source) -> Key:
    first, last = source.origins[finding.line - 1], source.origins[finding.end_line - 1]
    return finding.code, first[finding.column], last[max(finding.end_column - 1, 0)]
