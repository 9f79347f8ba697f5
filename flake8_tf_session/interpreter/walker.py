"""What walks the flows of one file: what all of them are told, and who takes what they tell."""

from __future__ import annotations

from collections.abc import Generator, Set
from functools import cached_property

from ..domain import escape, reachability
from ..domain.call_strings import CallStrings
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import Class
from ..ir.nodes import Function, Program
from ..rules import RULES
from ..rules.base import Rule
from ..rules.events import Report
from ..settings import Settings
from ..tensorflow.vocabulary import FORCE_GROWTH
from ..text.gate import ImportDepth, RelevantWords
from .bodies import Walked, walk_body
from .entries import Entries
from .flow import Flow
from .modules import ModuleLoader
from .syntax import SYNTAX


class Walker:
    """Walks flows of one file.

    Attributes:
        program: The file's IR.
        chains: Its chains.
        modules: What its imports bring.
        entries: The functions and classes that are flows of their own.
        memory_growth: Whether its module asks for growth for the whole process.
        reports: What the rules said, by entry.
        threaded: The functions that were executed as threads execute them.
    """

    def __init__(
        self,
        program: Program,
        options: Settings,
        chains: CallStrings,
        modules: ModuleLoader,
        entries: Entries,
    ) -> None:
        self.program = program
        self.source = program.source
        self.options = options
        self.chains = chains
        self.modules = modules
        self.rules: tuple[Rule, ...] = RULES
        self.syntax = SYNTAX
        self.entries = entries
        self.memory_growth = False
        self.reports: dict[object, dict[Report, None]] = {}
        self.threaded: set[object] = set()
        self._classes: dict[Class, Class] = {}

    # --- what the walk asks and tells ---

    @cached_property
    def forces_growth(self) -> bool:
        """Whether the file, or one that it imports, asks for growth by an environment variable."""
        return self.source.forces_growth or self.modules.mentions(frozenset((FORCE_GROWTH,)))

    @cached_property
    def shows_graph_mode(self) -> bool:
        """Whether the file, or one that it imports, shows graph mode."""
        return self.source.shows_graph_mode or self.modules.shows_graph_mode()

    @cached_property
    def runs_in_graph_mode(self) -> bool:
        """Whether the file, or one that it imports, provably runs in graph mode."""
        sources = [self.source, *self.modules.around()]
        return any(each.proves_graph_mode for each in sources) and not any(
            each.enters_eager for each in sources
        )

    def mentions(self, words: frozenset[str]) -> bool:
        """Whether the file, or one that it imports, has one of these words."""
        return not words.isdisjoint(self.source.index.words) or self.modules.mentions(words)

    @property
    def words_read(self) -> frozenset[str] | None:
        """The names and attributes that are read anywhere; None if that may be all."""
        return None

    def same_class(self, cls: Class) -> Class:
        """A class as it was made before, on another path: the same is quickly found to be equal."""
        return self._classes.setdefault(cls, cls)

    def report(self, entry: object, report: Report) -> None:
        """Take a rule's report; the same from another path counts once."""
        self.reports.setdefault(entry, {})[report] = None

    # --- flows ---

    def relevant_words(self, function: Function) -> RelevantWords:
        """The words of a function's file that lead to what findings are about."""
        raise NotImplementedError

    def begin(self, scope: Function) -> None:
        """Take note that a flow begins."""

    def flow(self, entry: object, scope: Function, words: Set[str]) -> Flow:
        """The walk of an entry, whose code stands in a scope and has some words."""
        relevant = self.relevant_words(scope)
        self.begin(scope)
        return Flow(self, entry, relevant.import_depth(words) or ImportDepth.CONFIGS)

    def walk_module(self, frame: Frame, is_degraded: bool) -> Generator[str, None, Walked]:
        """Walk the module's body; it stops with the path of each module that it needs first."""
        module = frame.function
        flow = self.flow(module, module, module.anchor.source.index.executed)
        flow.is_degraded = is_degraded
        need = flow.need

        def restarted() -> Flow:
            self.begin(module)
            return Flow(self, module, need)

        return walk_body(flow, frame, restarted)

    def end(self, walked: Walked, base: State | None = None) -> None:
        """Tell the rules that a flow was walked to its end; a function's began in ``base``."""
        flow, frame = walked.flow, walked.frame
        for end in walked.ends:
            if base is None:
                reachability.mark_replaced(end)
            else:
                _mark_unreachable(frame, base, end)
            escape.end_frame(frame.id, frame.function, end)
            for rule in self.rules:
                rule.ended(flow, frame, end)
        for rule in self.rules:
            rule.finished(flow)


def _mark_unreachable(frame: Frame, base: State, end: State) -> None:
    """Note which Keras objects are dead at the end of an entry: its variables alone held them."""
    tables = [(base.attributes(id_), end.attributes(id_)) for id_ in frame.closure]
    # Variables around it that are what they were hold nothing new.
    around = [value for before, now in tables if before is not now for value in now.values()]
    receiver = () if frame.receiver is None else (frame.receiver,)
    reachability.mark_unreachable(frame, (*receiver, *around), base, end)
