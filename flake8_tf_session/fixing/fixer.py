"""Fixing one text: each change is proven before it is kept, alone or with others."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple, Optional

from ..check import check_source
from ..failures import is_failure
from ..findings import Finding
from ..report.ranges import Range
from ..settings import Settings
from ..text.source import MARK
from .cells import check_cells
from .draft import Draft, Edit, Origin
from .fix import Change, Situation
from .layout import broken
from .observe import observe
from .places import Places
from .refusal import Refused
from .style import brought, complaints, too_long
from .table import FIXES

Key = tuple[str, Optional[Origin], Optional[Origin]]
"""A finding from one text to the next: its code, and where its first and its last character stood
in the first text."""


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
    found = check_source(source, filename, settings)
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
        first = Draft.of(source[len(mark) :])
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


class Proposal(NamedTuple):
    """What a fix would do to a finding, if it can be proven: whether it is safe.

    Where there is no fix, ``refused`` says why.
    """

    safe: bool
    refused: str = ""


def proposals(source: str, settings: Settings, findings: Collection[Finding]) -> Iterator[Proposal]:
    """What could be made of each of a text's findings that have a fix, from one walk over it."""
    first = Draft.of(source.removeprefix(MARK))
    situation = _situation(first, settings)
    for finding in findings:
        try:
            change = next(_changes(situation, finding, settings.max_line_length))
            check_cells(first, change.draft)
        except Refused as error:
            yield Proposal(False, str(error))
        else:
            yield Proposal(change.safe)


class _Fixer:
    """Fixes what can be fixed of one text."""

    def __init__(self, filename: str, settings: Settings, unsafe: bool) -> None:
        self._limit = settings.max_line_length
        self._unsafe = unsafe
        self._together_fails = False
        # Two texts are compared; what a change has made of one is what the next begins with.
        remembered = lru_cache(maxsize=2)

        @remembered
        def check(draft: Draft) -> list[Finding]:
            return check_source(draft.normal, filename, settings)

        @remembered
        def situation(draft: Draft) -> Situation:
            return _situation(draft, settings)

        @remembered
        def style(draft: Draft) -> Counter[str]:
            return complaints(draft, self._limit)

        self._check, self._situation, self._style = check, situation, style

    def run(self, draft: Draft, allowed: Collection[Key]) -> tuple[Draft, dict[Key, str]]:
        """The fixed text, and why each of the allowed findings that stay was not fixed."""
        refused: dict[Key, str] = {}
        while True:
            here = {_key(finding, draft): finding for finding in self._check(draft)}
            chosen = [key for key in here if key in allowed and key not in refused]
            if not chosen:
                return draft, {key: refused[key] for key in here if key in refused}
            together = self._together(draft, [here[key] for key in chosen])
            try:
                draft = together or self._fixed(draft, here[chosen[0]])
            except Refused as error:
                refused[chosen[0]] = str(error)

    def _together(self, draft: Draft, findings: list[Finding]) -> Draft | None:
        """A text without several findings, by one proof: the best changes of different functions.

        None of these depends on another: what a change adds can be seen in its function alone.
        Where there are none, or they are not proven, each finding has to stand for itself.
        """
        if self._together_fails:
            return None
        situation = self._situation(draft)
        edits: frozenset[Edit] = frozenset()
        fixed: list[Finding] = []
        taken: list[range] = []
        for finding in findings:
            around = [situation.places.lines_around(Range(*finding[2:6]))]
            if _meet(taken, around):
                continue
            try:
                changes = _changes(situation, finding, self._limit)
                change = next(each for each in changes if each.safe or self._unsafe)
            except (Refused, StopIteration):
                continue
            around += [situation.places.lines_around(each.range) for each in change.edits or ()]
            if change.edits is not None and not _meet(taken, around):
                edits |= change.edits
                fixed.append(finding)
            taken += around
        if len(fixed) < 2:
            return None
        after = draft.edited(edits)
        try:
            return self._proven(draft, broken(draft, after, self._limit) or after, fixed)
        except Refused:
            self._together_fails = True
            return None

    def _fixed(self, draft: Draft, finding: Finding) -> Draft:
        """A text without a finding.

        Raises:
            Refused: there is none, or it is not proven to be right.
        """
        first: Refused | None = None
        for change in _changes(self._situation(draft), finding, self._limit):
            try:
                if not change.safe and not self._unsafe:
                    raise Refused("its fix is not safe; --unsafe-fixes applies it")
                return self._proven(draft, change.draft, [finding])
            except Refused as error:
                first = first or error
        assert first is not None
        raise first

    def _proven(self, draft: Draft, after: Draft, fixed: list[Finding]) -> Draft:
        """A text without some findings, which is proven to be right.

        Raises:
            Refused: it is not.
        """
        check_cells(draft, after)
        try:
            _compile(after.normal)
        except SyntaxError as error:
            raise Refused(f"the change would not compile: {error.msg}") from error
        before = {_key(each, draft) for each in self._check(draft)}
        now = {_key(each, after) for each in self._check(after)}
        new = sorted(code for code, *_ in now - before)
        if new:
            raise Refused(f"the change would bring {new[0]}")
        if any(_key(each, draft) in now for each in fixed):
            raise Refused("no change that would help is known")
        facts, facts_after = self._situation(draft).facts, self._situation(after).facts
        if not all(FIXES[each.code].holds(facts, facts_after, each) for each in fixed):
            raise Refused("the change can't be shown to help")
        style = brought(self._style(draft), self._style(after))
        if style:
            raise Refused(f"the change would bring {style[0]}")
        return after


def _situation(draft: Draft, settings: Settings) -> Situation:
    return Situation(draft, Places(draft), observe(draft, settings))


def _changes(situation: Situation, finding: Finding, max_line_length: int) -> Iterator[Change]:
    """What may mend a finding: first what no line gets too long by, then with lines broken.

    Raises:
        Refused: nothing does.
    """
    before = situation.draft
    changes: list[Change] = []
    try:
        for change in FIXES[finding.code].changes(situation, finding):
            changes.append(change)
    except (Refused, SyntaxError) as error:
        if not changes:
            reason = str(error)
            if isinstance(error, SyntaxError):
                reason = f"the change would not compile: {error.msg}"
            raise Refused(reason) from error
    long = [change for change in changes if too_long(before, change.draft, max_line_length)]
    yield from (change for change in changes if change not in long)
    shorter = [(change, broken(before, change.draft, max_line_length)) for change in long]
    fitting = [change._replace(draft=draft) for change, draft in shorter if draft]
    yield from sorted(fitting, key=lambda change: len(change.draft.lines))
    yield from sorted(long, key=lambda change: max(map(len, change.draft.lines)))


def _meet(taken: list[range], lines: list[range]) -> bool:
    """Whether some lines are among those that are taken."""
    return any(one[0] <= other[-1] and other[0] <= one[-1] for one in taken for other in lines)


def _compile(text: str) -> None:
    """Compile a text: `ast` alone does not see an assignment before a ``global``, say."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(text, "<fixed>", "exec", dont_inherit=True)


def _key(finding: Finding, draft: Draft) -> Key:
    first, last = draft.origins[finding.line - 1], draft.origins[finding.end_line - 1]
    return finding.code, first[finding.column], last[max(finding.end_column - 1, 0)]
