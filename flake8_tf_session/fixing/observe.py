"""What the analysis knows of a text beyond its findings: what a fix has to look at.

A rule that hears every event first notes what the walk is at; a report that follows belongs to it.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from ..domain.configs import options_of
from ..domain.facts import GROWTH, SOURCE
from ..domain.state import State
from ..domain.values import MAYBE_NONE, NONE, Config, Const, Options, Value
from ..interpreter.analysis import Analysis
from ..interpreter.results import Results
from ..ir.lower import program_of
from ..ir.nodes import Assign, Attribute, Call, ClassDef, FunctionDef, Program, With
from ..report.positions import Positions
from ..report.ranges import Range
from ..rules import RULES
from ..rules.base import Rule, Site
from ..rules.events import NewSession, Report, Touch
from ..rules.thread import place_in_thread
from ..settings import Settings
from ..text.gate import RelevantWords, relevant_words
from ..text.source import Source
from .draft import Draft
from .entering import managers

End = tuple[int, int]
"""Where a call ends: no two calls end at the same place."""


class Growth(NamedTuple):
    """A session, and how it came by its growth.

    ``config`` and ``options`` are the calls that made its config and the options copied into it,
    None where there is none or it can't be known. ``sets`` are the assignments of a growth to
    either, with what they assign. ``grows`` is None where that can't be known.
    """

    session: Range
    kind: str
    config: Range | None
    options: Range | None
    sets: tuple[tuple[Range, bool | None], ...]
    grows: bool | None


class Pair(NamedTuple):
    """Two events in a wrong order: where each happens in the function that has both.

    ``stands`` is where the finding stands: the event itself, or the call that leads to it.
    """

    code: str
    stands: Range
    event: Range
    related: Range


class Called(NamedTuple):
    """What a call may be.

    Attributes:
        external: The dotted names of what it calls.
        followed: The functions of the file that it executes: line and byte column of each ``def``.
        creates: Whether it creates Keras objects.
        touches: Whether it uses their weights.
    """

    external: set[str]
    followed: set[tuple[int, int]]
    creates: bool
    touches: bool


class Facts(NamedTuple):
    """What is known of a text.

    Attributes:
        growths: The sessions that a finding TFS201 or TFS202 is about, by its range.
        sessions: All sessions that are created, in the order of the text.
        pairs: What the findings of order say.
        calls: What each call may be.
        entries: The managers that what a finding TFS401 is about would have to enter, by its range;
            empty texts where none are known.
    """

    growths: dict[Range, list[Growth]]
    sessions: list[Growth]
    pairs: list[Pair]
    calls: Calls
    entries: dict[Range, set[str]]


def observe(draft: Draft, settings: Settings) -> Facts:
    """Walk the flows of a text and keep what the fixes need."""
    text = Source("<text>", draft.normal)
    with text.with_tree(draft.tree):
        walk = _Walk(program_of(text), settings, relevant_words(text, settings, None))
        return _Gathering(walk, walk.run(), Positions()).facts()


class _Created(NamedTuple):
    """A session when it was created: the chains of what it got."""

    session: int
    kind: str
    config: int | None
    options: int | None
    own: int | None
    grows: bool | None


class _Walk(Analysis):
    """The analysis, and beside it what its rules heard."""

    def __init__(self, program: Program, settings: Settings, relevant: RelevantWords) -> None:
        super().__init__(program, settings, relevant)
        self.listener = _Listener()
        self.rules = (self.listener, *RULES)
        self.blamed: dict[int, set[int]] = {}  # the session that a report of growth is about
        self.needed: dict[int, set[str]] = {}  # what each report of a thread lacks

    def report(self, entry: object, report: Report) -> None:
        """Take a report; one of growth is about the session of the event in hand."""
        super().report(entry, report)
        place = report.chain if report.place is None else report.place
        if report.code == "TFS202" and report.related in self.listener.created:
            self.blamed.setdefault(place, set()).add(report.related)
        elif report.code == "TFS401":
            self.needed.setdefault(place, set()).add(self.listener.managers)
        elif report.code in ("TFS201", "TFS202"):
            self.blamed.setdefault(place, set()).add(self.listener.latest)


class _Listener(Rule):
    """Hears every event before the rules do."""

    def __init__(self) -> None:
        self.latest = 0
        self.created: dict[int, set[_Created]] = {}
        self.sets: dict[int, set[tuple[int, bool | None]]] = {}
        self.calls: set[tuple[int, str]] = set()
        self.created_objects: set[int] = set()
        self.touched: set[int] = set()
        self.managers = ""

    def hears_calls(self, options: Settings) -> bool:
        return True

    def called(self, site: Site) -> None:
        self.calls.add((site.chain, site.dotted))

    def keras_created(self, site: Site, id_: int, subject: str, state: State) -> None:
        self.created_objects.add(site.chain)

    def build_called(self, site: Site, name: str, state: State) -> None:
        self.created_objects.add(site.chain)

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        self.touched.add(site.chain)
        thread = site.flow.thread
        if thread is not None:
            frame = place_in_thread(site, thread)[1]
            self.managers = managers(touch, thread, frame, state)

    def session_created(self, site: Site, created: NewSession, state: State) -> None:
        self.latest = site.chain
        config = created.config.id if isinstance(created.config, Config) else None
        own = options_of(created.config, state)
        source: Value | None = None
        if own is not None:
            source = state.fact(own.id, SOURCE)
        grows: bool | None = None
        if created.has_target:
            # Its server decides: what is given here changes nothing.
            pass
        elif created.config in (None, NONE, MAYBE_NONE):
            grows = False
        elif own is not None:
            growth = state.fact(own.id, GROWTH)
            grows = False if growth is None else _known(growth)
        self.created.setdefault(site.chain, set()).add(
            _Created(
                site.chain,
                created.kind,
                config,
                source.id if isinstance(source, Options) else None,
                None if own is None else own.id,
                grows,
            )
        )

    def growth_set(self, site: Site, options: Options, growth: Value, state: State) -> None:
        self.sets.setdefault(options.id, set()).add((site.chain, _known(growth)))


def _known(growth: Value) -> bool | None:
    return bool(growth.value) if isinstance(growth, Const) else None


class _Gathering:
    """What a walk heard, by places in the text."""

    def __init__(self, walk: _Walk, results: Results, positions: Positions) -> None:
        self._walk = walk
        self._results = results
        self._chains = walk.chains
        self._positions = positions

    def facts(self) -> Facts:
        """Everything that is known."""
        heard = self._walk.listener
        growths: dict[Range, list[Growth]] = {}
        for chain, sessions in self._walk.blamed.items():
            found = growths.setdefault(self._range_of(chain), [])
            for session in sorted(sessions):
                found += [growth for growth in self._growths(session) if growth not in found]
        everything = {growth for each in heard.created for growth in self._growths(each)}
        all_sessions = sorted(everything, key=lambda growth: (growth.session, str(growth)))
        entries: dict[Range, set[str]] = {}
        for chain, found_managers in self._walk.needed.items():
            entries.setdefault(self._range_of(chain), set()).update(found_managers)
        return Facts(growths, all_sessions, self._pairs(), Calls(self._walk, self), entries)

    def _growths(self, session: int) -> list[Growth]:
        heard = self._walk.listener
        found = set()
        for created in heard.created.get(session, ()):
            sets = {
                (self._range_of(chain), growth)
                for options in (created.options, created.own)
                if options is not None
                for chain, growth in heard.sets.get(options, ())
            }
            found.add(
                Growth(
                    self._range_of(created.session),
                    created.kind,
                    None if created.config is None else self._range_of(created.config),
                    None if created.options is None else self.call_range(created.options),
                    tuple(sorted(sets, key=str)),
                    created.grows,
                )
            )
        return sorted(found, key=str)

    def _pairs(self) -> list[Pair]:
        """The events of each report of order, where the calls that lead to them part."""
        pairs = set()
        for reports in self._results.reports.values():
            for report in reports:
                if report.related is None or not report.code.startswith("TFS10"):
                    continue
                path, related = (
                    self._chains.path(chain) for chain in (report.chain, report.related)
                )
                shorter = min(len(path), len(related))
                common = self._chains.shared(report.chain, report.related)
                if common < shorter:
                    pairs.add(
                        Pair(
                            report.code,
                            self._range_of(path[0]),
                            self._range_of(path[common]),
                            self._range_of(related[common]),
                        )
                    )
        return sorted(pairs)

    # --- places ---

    def call_range(self, chain: int) -> Range | None:
        """The range of a chain's call, None if it ends with something else."""
        node = self._chains.node(chain)
        return self._range(node) if isinstance(node, (Call, Attribute)) else None

    def _range_of(self, chain: int) -> Range:
        return self._range(self._chains.node(chain))

    def _range(self, node: object) -> Range:
        if isinstance(node, (Call, Attribute)):
            return self._positions.of_expression(node.node, node.anchor)
        if isinstance(node, ClassDef):
            return self._positions.of_statement(node.scope.anchor)
        if isinstance(node, (Assign, With)):
            return self._positions.of_statement(node.anchor)
        if isinstance(node, FunctionDef):
            return self._positions.of_statement(node.function.anchor)
        if isinstance(node, tuple):
            return self._range(node[0])
        raise TypeError(type(node).__name__)  # pragma: no cover - nothing else has a chain


class Calls:
    """What the calls of a text may be.

    Where a call stands is found out for the lines that are asked for: it takes printing them.
    """

    def __init__(self, walk: _Walk, gathering: _Gathering) -> None:
        heard = walk.listener
        self._gathering = gathering
        self._functions = walk.chains.functions
        self._dotted: dict[int, set[str]] = {}
        for chain, dotted in heard.calls:
            self._dotted.setdefault(chain, set()).add(dotted)
        self._created, self._touched = heard.created_objects, heard.touched
        self._lines: dict[int, set[int]] = {}
        for chain in {*self._dotted, *self._functions, *self._created, *self._touched}:
            node = walk.chains.node(chain)
            if isinstance(node, (Call, Attribute)):
                self._lines.setdefault(node.anchor.node.lineno, set()).add(chain)
        self._starts = sorted(self._lines)
        self._known: dict[End, Called] = {}

    def at(self, range_: Range) -> Called:
        """What the call with this range may be."""
        start = bisect_right(self._starts, range_.line)
        if start:
            self._resolve(self._starts[start - 1])
        end = (range_.end_line, range_.end_column)
        return self._known.get(end, Called(set(), set(), False, False))

    def _resolve(self, line: int) -> None:
        """Place the calls of the statements that begin on a line."""
        for chain in self._lines.pop(line, ()):
            range_ = self._gathering.call_range(chain)
            assert range_ is not None
            end = (range_.end_line, range_.end_column)
            found = self._known.get(end, Called(set(), set(), False, False))
            function = self._functions.get(chain)
            followed = set(found.followed)
            if function is not None:
                followed.add((function.anchor.node.lineno, function.anchor.node.col_offset))
            self._known[end] = Called(
                found.external | self._dotted.get(chain, set()),
                followed,
                found.creates or chain in self._created,
                found.touches or chain in self._touched,
            )
