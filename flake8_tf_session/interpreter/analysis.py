"""The analysis of one file: its flows are walked, each from the state in which it begins."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Set
from functools import cached_property
from typing import Callable, NamedTuple

from ..domain import escape, lookup, reachability
from ..domain.call_strings import MODULE, CallStrings
from ..domain.earlier import Kept, kept
from ..domain.facts import OPEN
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import ANY_ARGUMENTS, Class, Instance, Method, Routine, Value
from ..ir.nodes import ClassDef, Function, GivenUp, Program
from ..rules import RULES
from ..rules.base import Rule
from ..rules.events import Report
from ..settings import Settings
from ..tensorflow.vocabulary import FORCE_GROWTH
from ..text.gate import ImportDepth, RelevantWords, relevant_words
from ..text.imports import Imports
from ..text.source import Source
from .bases import joined, module_base
from .bodies import Walked, end_of, walk_body
from .entries import Entries, Entry, words_of
from .execution import follow
from .flow import Flow, Started
from .handlers import run_handlers
from .modules import ModuleLoader, ModuleSummary
from .parameters import begin_models, parameters
from .results import Results, causes
from .spending import Spending, failure_of
from .syntax import SYNTAX
from .threads import run_thread


class _Constructed(NamedTuple):
    """What the `__init__` of a class leaves to its methods, and the object that has it.

    Those that were ``executed`` on the way don't begin with it: they may be a part of `__init__`.
    """

    kept: Kept
    instance: Instance
    executed: frozenset[Function]


class Analysis:
    """Walks all flows of a program.

    Attributes:
        entries: The functions and classes that are flows of their own.
    """

    def __init__(
        self,
        program: Program,
        options: Settings,
        relevant: RelevantWords,
        imports: Imports | None = None,
    ) -> None:
        self.program = program
        self.source = program.source
        self.modules = ModuleLoader(self._walk_other_module, self.source, imports)
        self.options = options
        self.rules: tuple[Rule, ...] = RULES
        self.syntax = SYNTAX
        self.chains = CallStrings(program.module)
        self.entries = Entries(self.source, options, relevant, self.chains)
        self.memory_growth = False
        self._spending = Spending(program, self.modules)
        self._reports: dict[object, dict[Report, None]] = {}
        self._classes: dict[Class, Class] = {}
        self._constructed: dict[Class, _Constructed | None] = {}
        self._imports = imports
        # For how many other files the words were gathered.
        self._read: tuple[int, frozenset[str]] | None = None
        self._relevant = {self.source.path: relevant}

    def run(self) -> Results:
        """Walk the module, then every function and class that may reach a session."""
        base = self._walk_module()
        entries, affords = self.entries, self._spending.can_afford
        pending = [(entry, base) for entry in entries.take_defined()]
        while pending and affords(pending[0][0].function):
            entry, base = pending.pop(0)
            ends = self._walk(entry, base)
            inner = entries.take_defined()
            if inner:
                around = joined(ends, self.modules)
                pending += [(each, around) for each in inner]
            while entries.methods and not pending and affords(entries.methods[0].function):
                self._walk_constructed(entries.methods.pop(0), base)
        self._walk_callees()
        reports = {entry: reports.keys() for entry, reports in self._reports.items()}
        failures = causes(self._spending.failures)
        return Results(self.program, self.chains, reports, entries.created, failures)

    def close(self) -> None:
        """Let go of everything, in which there are circles: it is freed at once then, and need not
        be found by a collection of garbage.
        """
        vars(self.modules).clear()
        vars(self).clear()

    # --- what the walk asks and tells ---

    @cached_property
    def forces_growth(self) -> bool:
        """Whether the file, or one that it imports, asks for growth by an environment variable."""
        return self.source.forces_growth or self.modules.mentions(frozenset((FORCE_GROWTH,)))

    @property
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
    def words_read(self) -> frozenset[str]:
        """The names and attributes that the file, or another that was walked, reads anywhere."""
        programs = self.modules.programs
        if self._read is None or self._read[0] != len(programs):
            others = (program.source.index.read for program in programs)
            self._read = len(programs), frozenset(self.source.index.read.union(*others))
        return self._read[1]

    def same_class(self, cls: Class) -> Class:
        """A class as it was made before, on another path: the same is quickly found to be equal."""
        return self._classes.setdefault(cls, cls)

    def report(self, entry: object, report: Report) -> None:
        """Take a rule's report; the same from another path counts once."""
        self._reports.setdefault(entry, {})[report] = None

    # --- modules ---

    def _walk_module(self) -> State:
        """Walk the module's body; the state at its end, with every name it may have."""
        module = self.program.module
        frame = Frame(MODULE, module, MODULE)
        frame.is_entry = True
        walked = self._degrading(lambda is_degraded: end_of(self._walk_body(frame, is_degraded)))
        if not walked.failures:
            self._end(walked)
        walked.flow.settle(walked.all_ends)
        self.memory_growth = walked.flow.memory_growth
        return module_base(self.program, frame, walked.bases, self.modules)

    def _walk_other_module(self, program: Program) -> Generator[str, None, ModuleSummary | None]:
        """Walk the body of another file's module; None if that takes too much.

        It stops with the path of each module that has to be walked before it can go on.
        """
        id_ = self.chains.root(program.module)
        frame = Frame(id_, program.module, id_)
        walked = yield from self._walk_body(frame)
        if walked.failures:
            return None
        flow = walked.flow
        self._end(walked)
        flow.settle(walked.all_ends)
        acts = flow.memory_growth or any(
            state.keras_session is not None
            or state.keras_objects
            or state.resets
            or state.gpus_hidden
            for state in walked.ends
        )
        base = module_base(program, frame, walked.bases, self.modules)
        return ModuleSummary(id_, program, base, acts, flow.memory_growth)

    def _walk_body(self, frame: Frame, is_degraded: bool = False) -> Generator[str, None, Walked]:
        module = frame.function
        flow = self._flow(module, module, module.anchor.source.index.executed)
        flow.is_degraded = is_degraded
        need = flow.need

        def restarted() -> Flow:
            self._spending.begin(module)
            return Flow(self, module, need)

        return walk_body(flow, frame, restarted)

    # --- functions and classes ---

    def _walk(self, entry: Entry, base: State) -> list[State]:
        """Walk an entry from a state; the states at its ends."""
        walked = self._degrading(lambda is_degraded: self._attempt(entry, base, is_degraded))
        flow, ends = walked.flow, walked.ends
        if walked.failures:
            flow.settle([])
            return [base]
        self._end(walked, base)
        if not ends:
            flow.end_for_good(flow.stopped)
        flow.settle(walked.all_ends)
        return ends or [base]

    def _degrading(self, attempt: Callable[[bool], Walked]) -> Walked:
        """Walk a flow, and where it takes too much once more without what other files and tables
        do: that is unknown then.
        """
        walked = attempt(False)
        if walked.failures and walked.flow.can_degrade:
            self._reports.pop(walked.flow.entry, None)
            if walked.flow.is_module:
                self.entries.forget()
            walked = attempt(True)
        self._spending.give_up(walked.failures)
        return walked

    def _attempt(self, entry: Entry, base: State, is_degraded: bool) -> Walked:
        state = base.fork()
        frame = self._frame(entry, state)
        flow = self._flow(entry.subject, entry.scope, entry.words)
        flow.is_degraded = is_degraded
        for rule in self.rules if entry.is_forked else ():
            rule.forked(flow, frame.id, state)
        registering = self._relevant_of(entry.scope.anchor.source).registering
        if entry.created is None and not registering.isdisjoint(entry.function.words):
            begin_models(flow, frame, state)
        ends: list[State] = []
        failures = []
        try:
            ends = flow.run(frame, state)
            run_handlers(flow, ends, frame)
        except (GivenUp, RecursionError) as error:
            failures = [failure_of(entry.function, flow, error)]
        return Walked(flow, frame, ends, ends + flow.stopped, failures, [])

    def _frame(self, entry: Entry, state: State) -> Frame:
        """The frame in which an entry begins, with its parameters."""
        function, routine, created = entry[:3]
        id_ = self.chains.root(function)
        if created is not None:
            line = self.chains.intern(-1, created.definition)
            id_ = self.chains.intern(line, created.definition)
            self.chains.functions[id_] = function
        receiver = self._receiver(entry, id_, state)
        frame = Frame(id_, function, routine.module, routine.frames, routine.owner, receiver)
        frame.is_entry = created is None and routine.module == MODULE
        state.store[id_] = parameters(function, receiver)
        return frame

    def _receiver(self, entry: Entry, frame_id: int, state: State) -> Value | None:
        """The ``self`` or ``cls`` of an entry; a fresh object where its creation is the flow."""
        cls = entry.created or entry.routine.owner
        if cls is None or entry.routine.wrapper == "staticmethod":
            return None
        if entry.routine.wrapper == "classmethod":
            return cls
        instance = self._made_self(cls, frame_id, state)
        if entry.function.name != "__init__":
            self._begin_constructed(entry, instance, state)
            state.mark(instance.id, OPEN)
        return instance

    def _begin_constructed(self, entry: Entry, instance: Instance, state: State) -> None:
        """Let a method that may do something to sessions find what the `__init__` of its class
        built.
        """
        relevant = self._relevant_of(entry.scope.anchor.source)
        if relevant.sessions.isdisjoint(entry.words):
            return
        cls = instance.cls
        if cls not in self._constructed:
            self._constructed[cls] = self._construct(cls, state)
        found = self._constructed[cls]
        if found is not None and entry.function not in found.executed:
            found.kept.give(state)
            state.store[instance.id] = found.kept.tables[found.instance.id]

    def _construct(self, cls: Class, base: State) -> _Constructed | None:
        """What the `__init__` of a class leaves to its methods, in an object of it; None if that
        can't be known.
        """
        init = lookup.class_attribute(cls, "__init__", base)
        if not isinstance(init, Routine) or self._spending.gave_up(init.function):
            return None
        state = base.fork()
        id_ = self.chains.intern(-1, cls.definition)
        instance = self._made_self(cls, id_, state)
        frame = Frame(id_, cls.definition.scope, init.module)
        flow = self._flow(cls.definition, init.function, words_of(init.function, cls))
        flow.is_silent = True
        call = self.chains.intern(id_, "init")
        before = len(self.chains.functions)
        try:
            method = Method(init, instance)
            ends = [end for _, end in follow(flow, method, ANY_ARGUMENTS, call, state, frame)]
        except (GivenUp, RecursionError):
            # Its own flow says so.
            return None
        if not ends or any(end.resets != base.resets for end in ends):
            return None
        executed = frozenset(list(self.chains.functions.values())[before:])
        return _Constructed(kept((instance,), joined(ends, self.modules), ends), instance, executed)

    def _made_self(self, cls: Class, frame_id: int, state: State) -> Instance:
        """The object whose method a flow begins with, fresh from its class."""
        instance = Instance(self.chains.intern(frame_id, "self"), cls)
        state.store[instance.id] = {}
        if not lookup.is_closed(cls, state):
            state.mark(instance.id, OPEN)
        return instance

    def _walk_constructed(self, entry: Entry, base: State) -> None:
        """Walk a method that may start a thread, or is one's, after the ``__init__`` of its class:
        what that puts into `self` the thread may use.
        """
        function, cls = entry.function, entry.created
        init = None if cls is None else lookup.class_attribute(cls, "__init__", base)
        is_run = function in self.entries.run_elsewhere
        has_init = isinstance(init, Routine) and init.function is not function
        if cls is None or not (has_init or is_run):
            return
        frame_id = self.chains.root(function)
        state = base.fork()
        receiver = self._made_self(cls, frame_id, state)
        frame = Frame(frame_id, function, entry.routine.module, entry.routine.frames, cls, receiver)
        flow = self._flow(function, function, words_of(function, cls))
        flow.only_threads = True
        call = self.chains.intern(frame_id, "init")
        states = [state]
        try:
            if isinstance(init, Routine):
                made = follow(flow, Method(init, receiver), ANY_ARGUMENTS, call, state, frame)
                states = [after for _, after in made]
            for after in states:
                if is_run:
                    run = self.chains.intern(frame_id, "run")
                    started = Started(Method(entry.routine, receiver), ANY_ARGUMENTS, run, False)
                    run_thread(flow, started, after, frame)
                    continue
                after.store[frame_id] = parameters(function, receiver)
                run_handlers(flow, flow.run(frame, after), frame)
        except (GivenUp, RecursionError):
            # The method's own flow says so.
            return

    def _end(self, walked: Walked, base: State | None = None) -> None:
        """Tell the rules that a flow was walked to its end; a function's began in ``base``."""
        flow, frame = walked.flow, walked.frame
        for end in walked.ends:
            if base is not None:
                _mark_unreachable(frame, base, end)
            escape.end_frame(frame.id, frame.function, end)
            for rule in self.rules:
                rule.ended(flow, frame, end)
        for rule in self.rules:
            rule.finished(flow)

    def _flow(self, entry: object, scope: Function, words: Set[str]) -> Flow:
        """The walk of an entry, whose code stands in a scope and has some words."""
        relevant = self._relevant_of(scope.anchor.source)
        self._spending.begin(scope)
        return Flow(self, entry, relevant.import_depth(words) or ImportDepth.CONFIGS)

    def _relevant_of(self, source: Source) -> RelevantWords:
        """The words of a file that lead to what findings are about."""
        relevant = self._relevant.get(source.path)
        if relevant is None:
            relevant = relevant_words(source, self.options, self._imports)
            self._relevant[source.path] = relevant
        return relevant

    # --- functions of other files ---

    def _walk_callees(self) -> None:
        """Walk the functions of other files in which a report of the file's own may stand: whether
        it does, what they say themselves tells.
        """
        entries = [entry for entry in self._reports if _source_of(entry) is self.source]
        for entry in entries:
            for report in tuple(self._reports.get(entry, ())):
                for callee in self._callees(report):
                    if callee in self.entries.others:
                        self._walk_other(callee)
                        entries.append(callee)

    def _callees(self, report: Report) -> Iterator[object]:
        """The functions and classes, inside the entry, in which a report may stand."""
        if report.at_event:
            return
        path = self.chains.path(report.chain)
        last = len(path) - 1
        if report.related is not None:
            last = min(last, self.chains.shared(report.chain, report.related))
        for level in range(1, last + 1):
            yield self.chains.function_of(path[level])
            created = self.entries.created.get(path[level - 1])
            if created is not None:
                yield created.definition

    def _walk_other(self, entry: object) -> None:
        """Walk an entry of another file."""
        other = self.entries.others.pop(entry)
        base = self.modules.base(other.function.anchor.source.path)
        if base is not None and entry not in self._reports:
            self._walk(other, base)


def _mark_unreachable(frame: Frame, base: State, end: State) -> None:
    """Note which Keras objects are dead at the end of an entry: its variables alone held them."""
    tables = [(base.attributes(id_), end.attributes(id_)) for id_ in frame.closure]
    # Variables around it that are what they were hold nothing new.
    around = [value for before, now in tables if before is not now for value in now.values()]
    receiver = () if frame.receiver is None else (frame.receiver,)
    reachability.mark_unreachable(frame, (*receiver, *around), base, end)


def _source_of(entry: object) -> Source:
    """The file of an entry."""
    assert isinstance(entry, (ClassDef, Function))
    function = entry.scope if isinstance(entry, ClassDef) else entry
    return function.anchor.source
