"""The analysis of one file: its flows are walked, each from the state in which it begins."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Set
from typing import Callable, NamedTuple

from ..domain import lookup
from ..domain.call_strings import MODULE, CallStrings, file_of
from ..domain.earlier import Kept, kept
from ..domain.facts import OPEN
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import ANY_ARGUMENTS, Class, Instance, Method, Routine, Value
from ..ir.nodes import ClassDef, Function, GivenUp, Program
from ..rules.events import Report
from ..settings import Settings
from ..text.gate import RelevantWords
from ..text.imports import Imports
from ..text.purposes import KERAS
from ..text.source import Source
from .bases import joined, module_base
from .bodies import Walked, end_of
from .entries import Entries, Entry, words_of
from .execution import follow
from .flow import Flow, Started
from .handlers import run_handlers
from .module_walk import summaries_of
from .modules import ModuleLoader
from .parameters import begin_models, parameters
from .results import Results, causes
from .spending import Spending, failure_of
from .threads import run_thread
from .walker import Walker


class _Constructed(NamedTuple):
    """What the `__init__` of a class leaves to its methods, the object that has it, and the number
    of the default graph by then.

    Those that were ``executed`` on the way don't begin with it: they may be a part of `__init__`.
    """

    kept: Kept
    instance: Instance
    executed: frozenset[Function]
    resets: int


class Analysis(Walker):
    """Walks all flows of the file that is checked."""

    def __init__(
        self,
        program: Program,
        options: Settings,
        relevant: RelevantWords,
        imports: Imports | None = None,
    ) -> None:
        summaries = None if imports is None else summaries_of(imports, options)
        chains = CallStrings(program.module, 0, {} if summaries is None else summaries.chains)
        modules = ModuleLoader(program.source, summaries, own=program.source.path)
        entries = Entries(program.source, options, relevant, chains)
        super().__init__(program, options, chains, modules, entries)
        self._relevant = relevant
        self._summaries = summaries
        self._spending = Spending(program, self.modules)
        self._walked_others: set[object] = set()
        self._constructed: dict[Class, _Constructed | None] = {}
        # For how many other files the words were gathered.
        self._read: tuple[int, frozenset[str]] | None = None

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
        failures = causes(self._spending.failures)
        return Results(self.program, self.chains, self._all_reports(), self._created(), failures)

    def _all_reports(self) -> dict[object, Set[Report]]:
        """The reports of all entries, those of the modules that were needed among them."""
        needed = filter(None, self.modules.needed.values())
        found: dict[object, Set[Report]] = {
            each.program.module: each.reports.keys() for each in needed
        }
        for entry, reports in self.reports.items():
            found[entry] = reports.keys()
            if entry in self.threaded:
                # In their order.
                kept = (each for each in reports if not self._is_of_earlier(each))
                found[entry] = dict.fromkeys(kept).keys()
        return found

    def _is_of_earlier(self, report: Report) -> bool:
        """Whether it is about weights that a function finds: where it is a thread's, TFS401 says
        what is wrong with these.
        """
        related = report.related
        return (
            report.code in ("TFS104", "TFS106")
            and related is not None
            and (
                not self.chains.is_one_flow(report.chain, related)
                or isinstance(self.chains.node(related), Function)
            )
        )

    def _created(self) -> dict[int, Class]:
        """The classes whose objects the calls create through which reports lead."""
        reports = [report for reports in self.reports.values() for report in reports]
        path = (chain for report in reports for chain in self.chains.path(report.chain))
        files = dict.fromkeys(map(file_of, path))
        others = (self.modules.by_number(file).entries.created for file in files if file)
        return dict(ChainMap(self.entries.created, *others))

    def close(self) -> None:
        """Let go of everything, in which there are circles: it is freed at once then, and need not
        be found by a collection of garbage.
        """
        for cls in self._classes:
            # Its order begins with itself.
            vars(cls).clear()
        vars(self.modules).clear()
        vars(self).clear()

    # --- what the walk asks and tells ---

    @property
    def words_read(self) -> frozenset[str]:
        """The names and attributes that the file, or another that was walked, reads anywhere."""
        count = len(self.modules.needed)
        if self._read is None or self._read[0] != count:
            others = (source.index.read for source in self.modules.sources())
            self._read = count, frozenset(self.source.index.read.union(*others))
        return self._read[1]

    def relevant_words(self, function: Function) -> RelevantWords:
        """The words of a function's file that lead to what findings are about."""
        source = function.anchor.source
        if source is self.source or self._summaries is None:
            return self._relevant
        return self._summaries.relevant_words(source)

    def begin(self, scope: Function) -> None:
        """Let a flow cost what is left of the file's budget."""
        self._spending.begin(scope)

    # --- modules ---

    def _walk_module(self) -> State:
        """Walk the module's body; the state at its end, with every name it may have."""
        module = self.program.module
        frame = Frame(MODULE, module, MODULE)
        frame.is_entry = True
        walked = self._degrading(lambda is_degraded: end_of(self.walk_module(frame, is_degraded)))
        if not walked.failures:
            self.end(walked)
        walked.flow.settle(walked.all_ends)
        self.memory_growth = walked.flow.memory_growth
        base = module_base(self.program, frame, walked.bases, self.modules)
        kept(self.modules.executed_names(base), base, walked.bases).give_weights(base)
        return base

    # --- functions and classes ---

    def _walk(self, entry: Entry, base: State) -> list[State]:
        """Walk an entry from a state; the states at its ends."""
        walked = self._degrading(lambda is_degraded: self._attempt(entry, base, is_degraded))
        flow, ends = walked.flow, walked.ends
        if walked.failures:
            flow.settle([])
            return [base]
        self.end(walked, base)
        if not ends:
            flow.end_for_good(flow.stopped)
        flow.settle(walked.all_ends)
        return ends or [base]

    def _degrading(self, attempt: Callable[[bool], Walked]) -> Walked:
        """Walk a flow, and where it takes too much once more without what other files and tables
        do, and what the `__init__` before it built: that is unknown then.
        """
        walked = attempt(False)
        if walked.failures and walked.flow.can_degrade:
            self.reports.pop(walked.flow.entry, None)
            if walked.flow.is_module:
                self.entries.forget()
            walked = attempt(True)
        self._spending.give_up(walked.failures)
        return walked

    def _attempt(self, entry: Entry, base: State, is_degraded: bool) -> Walked:
        state = base.fork()
        flow = self.flow(entry.subject, entry.scope, entry.words)
        flow.is_degraded = is_degraded
        frame = self._frame(entry, flow, state)
        for rule in self.rules if entry.is_forked else ():
            rule.forked(flow, frame.id, state)
        registering = self.relevant_words(entry.scope).registering
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

    def _frame(self, entry: Entry, flow: Flow, state: State) -> Frame:
        """The frame in which an entry begins, with its parameters."""
        function, routine, created = entry[:3]
        id_ = self.chains.root(function)
        if created is not None:
            line = self.chains.intern(-1, created.definition)
            id_ = self.chains.intern(line, created.definition)
            self.chains.functions[id_] = function
        receiver = self._receiver(entry, id_, flow, state)
        frame = Frame(id_, function, routine.module, routine.frames, routine.owner, receiver)
        frame.is_entry = created is None and routine.module == MODULE
        state.store[id_] = parameters(function, receiver)
        return frame

    def _receiver(self, entry: Entry, frame_id: int, flow: Flow, state: State) -> Value | None:
        """The ``self`` or ``cls`` of an entry; a fresh object where its creation is the flow."""
        cls = entry.created or entry.routine.owner
        if cls is None or entry.routine.wrapper == "staticmethod":
            return None
        if entry.routine.wrapper == "classmethod":
            return cls
        instance = self._made_self(cls, frame_id, state)
        if entry.function.name != "__init__":
            if not flow.is_degraded:
                flow.can_degrade = self._begin_constructed(entry, instance, state)
            state.mark(instance.id, OPEN)
        return instance

    def _begin_constructed(self, entry: Entry, instance: Instance, state: State) -> bool:
        """Let a method that may do something to sessions find what the `__init__` of its class
        built; whether that is known.
        """
        relevant = self.relevant_words(entry.scope)
        if relevant.sessions.isdisjoint(entry.words):
            return False
        cls = instance.cls
        if cls not in self._constructed:
            self._constructed[cls] = self._construct(cls, state)
            # That has cost what it has: the method's own flow begins now.
            self.begin(entry.scope)
        found = self._constructed[cls]
        if found is None or entry.function in found.executed:
            return False
        if found.resets != state.resets:
            # What was there before `__init__` is of an old graph.
            state.began = state.resets = found.resets
            state.weights_in = {}
        found.kept.give(state)
        state.store[instance.id] = found.kept.tables[found.instance.id]
        return True

    def _construct(self, cls: Class, base: State) -> _Constructed | None:
        """What the `__init__` of a class leaves to its methods, in an object of it; None if that
        can't be known.
        """
        init = lookup.class_attribute(cls, "__init__", base)
        if not isinstance(init, Routine) or self._spending.gave_up(init.function):
            return None
        if not any(self._may_build(each) for each in cls.mro):
            return None
        state = base.fork()
        id_ = self.chains.intern(-1, cls.definition)
        instance = self._made_self(cls, id_, state)
        frame = Frame(id_, cls.definition.scope, init.module)
        flow = self.flow(cls.definition, init.function, words_of(init.function, cls))
        flow.is_silent = True
        call = self.chains.intern(id_, "init")
        before = len(self.chains.functions)
        try:
            method = Method(init, instance)
            ends = [end for _, end in follow(flow, method, ANY_ARGUMENTS, call, state, frame)]
        except (GivenUp, RecursionError):
            # Its own flow says so.
            return None
        if not ends:
            return None
        executed = frozenset(list(self.chains.functions.values())[before:])
        after = joined(ends, self.modules)
        return _Constructed(kept((instance,), after, ends), instance, executed, after.resets)

    def _may_build(self, cls: Class) -> bool:
        """Whether the methods of a class may build Keras objects."""
        scope = cls.definition.scope
        source = scope.anchor.source
        keras = self._relevant.keras
        if source is not self.source and self._summaries is not None:
            keras = self._summaries.imports.relevant_words(source.path, KERAS)
        return not keras.isdisjoint(scope.words)

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
        flow = self.flow(function, function, words_of(function, cls))
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

    # --- functions of other files ---

    def _walk_callees(self) -> None:
        """Walk the functions of other files in which a report of the file's own may stand: whether
        it does, what they say themselves tells.
        """
        entries = [entry for entry in self.reports if _source_of(entry) is self.source]
        for entry in entries:
            for report in tuple(self.reports.get(entry, ())):
                for callee in self._callees(report):
                    if self._walk_other(callee):
                        entries.append(callee.subject)

    def _callees(self, report: Report) -> Iterator[Entry]:
        """The functions and classes of other files in which a report of an entry may stand."""
        if report.at_event:
            return
        path = self.chains.path(report.chain)
        last = len(path) - 1
        if report.related is not None:
            last = min(last, self.chains.shared(report.chain, report.related))
        for level in range(1, last + 1):
            function = self.chains.function_of(path[level])
            created = self._entries_of(path[level - 1]).created.get(path[level - 1])
            for entry in (function, None if created is None else created.definition):
                other = self._entries_of(path[level]).others.get(entry)
                if other is not None:
                    yield other

    def _entries_of(self, chain: int) -> Entries:
        """What is known of the entries to which the walk of a chain's file has led."""
        file = file_of(chain)
        return self.modules.by_number(file).entries if file else self.entries

    def _walk_other(self, other: Entry) -> bool:
        """Walk an entry of another file, if that was not done yet."""
        entry = other.subject
        if entry in self._walked_others:
            return False
        self._walked_others.add(entry)
        base = self.modules.base(other.function.anchor.source.path)
        if base is not None and entry not in self.reports:
            self._walk(other, base)
        return True


def _source_of(entry: object) -> Source:
    """The file of an entry."""
    assert isinstance(entry, (ClassDef, Function))
    function = entry.scope if isinstance(entry, ClassDef) else entry
    return function.anchor.source
