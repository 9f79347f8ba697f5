"""The analysis of one file: its entries, their flows, and where their findings stand."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Set
from functools import cached_property
from typing import NamedTuple

from ..domain import escape, lookup, reachability
from ..domain.budget import FLOW_LIMIT, Work, body_limit, file_limit
from ..domain.call_strings import MODULE, CallStrings
from ..domain.exits import Exits
from ..domain.facts import CLOSED, OPEN
from ..domain.frame import Frame
from ..domain.join_values import join_values
from ..domain.state import State
from ..domain.values import (
    ANY_ARGUMENTS,
    UNKNOWN,
    Class,
    External,
    Imported,
    Instance,
    Method,
    Routine,
    Value,
)
from ..ir.liveness import words_read
from ..ir.nodes import (
    MODULE_NAME,
    Block,
    ClassDef,
    Function,
    FunctionDef,
    GivenUp,
    Import,
    ImportFrom,
    Program,
)
from ..rules import RULES
from ..rules.base import Rule
from ..rules.events import Report
from ..settings import Settings
from ..tensorflow.vocabulary import FORCE_GROWTH, THREAD_WORDS
from ..text.folders import Module
from ..text.gate import ImportDepth, RelevantWords, relevant_words
from ..text.imports import Imports
from ..text.source import Source
from .execution import follow
from .flow import Flow
from .loading import Needed
from .modules import ModuleLoader, ModuleSummary
from .results import Failure, Results, causes
from .syntax import SYNTAX
from .threads import run_handlers, run_thread


class Entry(NamedTuple):
    """A flow to be walked: a function, with its class if it is a method, or a class's creation."""

    function: Function
    routine: Routine
    created: Class | None = None


_TOO_MUCH = "the flows of the file take too much work"


class _Walked(NamedTuple):
    """A module's body that was walked: its normal ends, all ends, and what took too much.

    ``last`` are the states before the last statement that was reached.
    """

    ends: list[State]
    all_ends: list[State]
    failures: list[Failure]
    last: list[State]


class Analysis:
    """Walks all flows of a program.

    Attributes:
        created: The classes whose objects calls create, by the calls' chains.
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
        self.modules = ModuleLoader(self.walk_other_module, self.source, imports)
        self.options = options
        self.rules: tuple[Rule, ...] = RULES
        self.syntax = SYNTAX
        self.chains = CallStrings(program.module)
        self.memory_growth = False
        self._reports: dict[object, dict[Report, None]] = {}
        self._failures: list[Failure] = []
        self._classes: dict[Class, Class] = {}
        self._limit = file_limit(self.source.text)
        self._imports = imports
        # For how many other files the words were gathered.
        self._read: tuple[int, frozenset[str]] | None = None
        self._relevant = {self.source.path: relevant}
        self.created: dict[int, Class] = {}
        self._methods: list[Entry] = []
        self._others: dict[object, Entry] = {}
        self._defined: list[Entry] = []
        self._walked: set[object] = set()

    def run(self) -> Results:
        """Walk the module, then every function and class that may reach a session."""
        base = self._walk_module()
        pending = [(entry, base) for entry in self._take_defined()]
        while pending and self._can_afford(pending[0][0]):
            entry, base = pending.pop(0)
            ends = self._walk(entry, base)
            inner = self._take_defined()
            if inner:
                joined = _join(ends, self.modules)
                pending += [(each, joined) for each in inner]
            while self._methods and not pending and self._can_afford(self._methods[0]):
                self._walk_constructed(self._methods.pop(0), base)
        self._walk_callees()
        reports = {entry: reports.keys() for entry, reports in self._reports.items()}
        return Results(self.program, self.chains, reports, self.created, causes(self._failures))

    def close(self) -> None:
        """Let go of everything, in which there are circles: it is freed at once then, and need not
        be found by a collection of garbage.
        """
        vars(self.modules).clear()
        vars(self).clear()

    @cached_property
    def forces_growth(self) -> bool:
        """Whether the file, or one that it imports, asks for growth by an environment variable."""
        return self.source.forces_growth or self.modules.mentions(frozenset((FORCE_GROWTH,)))

    @property
    def shows_graph_mode(self) -> bool:
        """Whether the file, or one that it imports, shows graph mode."""
        return self.source.shows_graph_mode or self.modules.shows_graph_mode()

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

    # --- what the walk tells ---

    def define(self, function: Function, routine: Routine, frame: Frame) -> None:
        """Note that an entry's own flow defines a function, which is an entry as well."""
        if not frame.is_entry:
            return
        cls = routine.owner
        words = _words(function, cls)
        for around in self._around(frame):
            if not around.local.isdisjoint(function.words):
                # What the function around it made of its variables, its words tell.
                words = words | around.words
        if self._is_hot(function, words):
            self._defined.append(Entry(function, routine))
        threads = self.options.follow_threads
        if threads and cls is not None and not routine.wrapper and function.parameters:
            runs = cls.is_thread and function.name == "run"
            if runs or not THREAD_WORDS.isdisjoint(function.words):
                self._methods.append(Entry(function, routine, cls))

    def _around(self, frame: Frame) -> list[Function]:
        """The functions whose variables a function defined in a frame finds."""
        return [self.chains.functions[id_] for id_ in frame.visible if id_ != frame.module]

    def define_class(self, cls: Class, state: State, frame: Frame) -> None:
        """Note that an entry's own flow defines a class: creating one is a flow.

        That of a class with an ``__init__`` of its own is that method's.
        """
        if not frame.is_entry or state.get(cls.id, "__init__") is not None:
            return
        inherited = lookup.class_attribute(cls, "__init__", state)
        own = state.attributes(cls.id).values()
        changes = len(cls.bases) > 1 or any(isinstance(value, Routine) for value in own)
        if not isinstance(inherited, Routine) or not changes:
            return
        definition = cls.definition
        if self._is_hot(definition, definition.scope.words):
            self._defined.append(Entry(inherited.function, inherited, cls))

    def same_class(self, cls: Class) -> Class:
        """A class as it was made before, on another path: the same is quickly found to be equal."""
        return self._classes.setdefault(cls, cls)

    def report(self, entry: object, report: Report) -> None:
        """Take a rule's report; the same from another path counts once."""
        self._reports.setdefault(entry, {})[report] = None

    def _is_hot(self, entry: object, words: Set[str]) -> bool:
        if entry in self._walked or self._relevant[self.source.path].import_depth(words) is None:
            return False
        self._walked.add(entry)
        return True

    def _take_defined(self) -> list[Entry]:
        defined, self._defined = self._defined, []
        return defined

    # --- modules ---

    def _walk_module(self) -> State:
        """Walk the module's body; the state at its end, with every name it may have."""
        module = self.program.module
        executed = self.source.index.executed
        flow = self._flow(module, module, executed)
        frame = Frame(MODULE, module, MODULE)
        frame.is_entry = True
        walked = _end_of(self._walk_body(flow, frame))
        if walked.failures and flow.can_degrade:
            # What other files and tables do is too much: they are unknown then.
            self._reports.pop(module, None)
            self._defined, self._walked = [], set()
            flow = self._flow(module, module, executed)
            flow.is_degraded = True
            walked = _end_of(self._walk_body(flow, frame))
        self._give_up(walked.failures)
        if not walked.failures:
            self._end(flow, frame, walked.ends)
        flow.settle(walked.all_ends)
        self.memory_growth = flow.memory_growth
        return self._base(self.program, frame, walked)

    def walk_other_module(self, program: Program) -> Generator[str, None, ModuleSummary | None]:
        """Walk the body of another file's module; None if that takes too much.

        It stops with the path of each module that has to be walked before it can go on.
        """
        module = program.module
        executed = program.source.index.executed
        flow = self._flow(module, module, executed)
        id_ = self.chains.root(module)
        frame = Frame(id_, module, id_)
        walked = yield from self._walk_body(flow, frame)
        if walked.failures:
            return None
        self._end(flow, frame, walked.ends)
        flow.settle(walked.all_ends)
        acts = flow.memory_growth or any(
            state.keras_session is not None
            or state.keras_objects
            or state.resets
            or state.gpus_hidden
            for state in walked.ends
        )
        return ModuleSummary(
            id_, program, self._base(program, frame, walked), acts, flow.memory_growth
        )

    def _walk_body(self, flow: Flow, frame: Frame) -> Generator[str, None, _Walked]:
        states = [State(self.modules)]
        states[0].store[frame.id] = {}
        raised: list[State] = []
        failures: list[Failure] = []
        before = states
        function = frame.function
        for index, statement in enumerate(function.body):
            if failures and not isinstance(statement, (Import, ImportFrom, FunctionDef, ClassDef)):
                continue
            before = states
            try:
                states, exits = yield from self._walk_statement(index, states, flow, frame)
                raised += exits.raises
            except (GivenUp, RecursionError) as error:
                # What follows defines names that functions need: it is walked once more, simply.
                failures.append(_failure(function, flow, error))
                flow.settle([])
                states = [_join(before, self.modules)]
                self._begin_work(frame.function)
                flow = Flow(self, function, flow.need)
            if not states:
                break
        try:
            run_handlers(flow, states, frame)
        except (GivenUp, RecursionError) as error:
            failures.append(_failure(function, flow, error))
        return _Walked(states, states + raised + flow.stopped, failures, before)

    def _walk_statement(
        self, index: int, states: list[State], flow: Flow, frame: Frame
    ) -> Generator[str, None, tuple[list[State], Exits]]:
        """Walk a statement of a module's body from some states, which stay as they are."""
        body: Block = [frame.function.body[index]]
        while True:
            mark = flow.mark()
            frame.blocks = [(frame.function.body, index)]
            frame.exits = exits = Exits(flow.stopped)
            try:
                return flow.block(body, [each.fork() for each in states], frame), exits
            except Needed as needed:
                # Nothing wrong was said so far: what is walked once more is the same once more.
                flow.rewind(mark)
                yield needed.path

    def _base(self, program: Program, frame: Frame, walked: _Walked) -> State:
        """The state in which the functions of a module find it."""
        # No path reaches an end where one statement always fails: what stands above it counts.
        base = _join(walked.all_ends or walked.last, self.modules)
        # What the module made is not for one function alone.
        escape.used(base.store[frame.id].values(), base)
        for name, attr in sorted(program.source.index.rebound, key=str):
            value = base.get(frame.id, name)
            if attr is None:
                if value is not None:
                    base.set(frame.id, name, UNKNOWN)
            elif isinstance(value, Class):
                base.set(value.id, attr, UNKNOWN)
            elif value is not None and not isinstance(value, (External, Imported, Module, Routine)):
                base.set(frame.id, name, UNKNOWN)
        return base

    # --- functions and classes ---

    def note_other(self, routine: Routine) -> None:
        """Note a function of another file that a flow executes."""
        self._others[routine.function] = Entry(routine.function, routine)

    def note_created(self, call: int, cls: Class, method: Routine) -> None:
        """Note the class of an object that a call creates, and its ``__init__``."""
        self.created[call] = cls
        if cls.definition.scope.anchor.source is not self.source:
            self._others[cls.definition] = Entry(method.function, method, cls)

    def _walk_callees(self) -> None:
        """Walk the functions of other files in which a report of the file's own may stand: whether
        it does, what they say themselves tells.
        """
        entries = [entry for entry in self._reports if _source_of(entry) is self.source]
        for entry in entries:
            for report in tuple(self._reports.get(entry, ())):
                for callee in self._callees(report):
                    if callee in self._others:
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
            created = self.created.get(path[level - 1])
            if created is not None:
                yield created.definition

    def _walk_other(self, entry: object) -> None:
        """Walk an entry of another file."""
        other = self._others.pop(entry)
        base = self.modules.base(other.function.anchor.source.path)
        if base is not None and entry not in self._reports:
            self._walk(other, base)

    def _begin_work(self, scope: Function) -> None:
        """Let a flow cost what is left of the file's budget, at most what one flow may."""
        limit = FLOW_LIMIT
        if scope.name == MODULE_NAME:
            if scope is not self.program.module:
                # Its walk has a budget of its own.
                return
            limit = body_limit(self.source.text)
        self.modules.spent += self.modules.work.done
        self.modules.work = Work(min(limit, self._limit - self.modules.spent))

    def _give_up(self, failures: list[Failure]) -> None:
        """Take the failures of a flow; the last is the file's, if nothing is left of its budget."""
        if failures and self.modules.spent + self.modules.work.done >= self._limit:
            failures[-1] = failures[-1]._replace(reason=_TOO_MUCH, is_last=True)
        self._failures += failures

    def _can_afford(self, entry: Entry) -> bool:
        """Whether there is something left of the file's budget; if not, the first flow that is not
        walked says so.
        """
        affords = self.modules.spent + self.modules.work.done < self._limit
        if not affords and not any(failure.is_last for failure in self._failures):
            self._failures.append(Failure(entry.function, _TOO_MUCH, is_last=True))
        return affords

    def _walk(self, entry: Entry, base: State) -> list[State]:
        flow, frame, ends, failure = self._attempt(entry, base, is_degraded=False)
        if failure is not None and flow.can_degrade:
            # As for a module.
            self._reports.pop(flow.entry, None)
            flow, frame, ends, failure = self._attempt(entry, base, is_degraded=True)
        if failure is not None:
            self._give_up([failure])
            flow.settle([])
            return [base]
        self._end(flow, frame, ends, base)
        if not ends:
            flow.end_for_good(flow.stopped)
        flow.settle(ends + flow.stopped)
        return ends or [base]

    def _walk_constructed(self, entry: Entry, base: State) -> None:
        """Walk a method that may start a thread, or is one's, after the ``__init__`` of its class:
        what that puts into `self` the thread may use.
        """
        function, cls = entry.function, entry.created
        init = None if cls is None else lookup.class_attribute(cls, "__init__", base)
        if cls is None or not isinstance(init, Routine) or init.function is function:
            return
        frame_id = self.chains.root(function)
        receiver = Instance(self.chains.intern(frame_id, "self"), cls)
        state = base.fork()
        state.store[receiver.id] = {}
        if not lookup.is_closed(cls, state):
            state.open_instance(receiver)
        frame = Frame(frame_id, function, entry.routine.module, entry.routine.frames, cls, receiver)
        flow = self._flow(function, function, _words(function, cls))
        flow.only_threads = True
        call = self.chains.intern(frame_id, "init")
        try:
            for _, after in follow(flow, Method(init, receiver), ANY_ARGUMENTS, call, state, frame):
                if cls.is_thread and function.name == "run":
                    method = Method(entry.routine, receiver)
                    run = self.chains.intern(frame_id, "run")
                    run_thread(flow, method, ANY_ARGUMENTS, run, after, frame)
                    continue
                after.store[frame_id] = _parameters(function, receiver)
                flow.run(frame, after)
        except (GivenUp, RecursionError):
            # The method's own flow says so.
            return

    def _flow(self, entry: object, scope: Function, words: Set[str]) -> Flow:
        """The walk of an entry, whose code stands in a scope and has some words."""
        source = scope.anchor.source
        relevant = self._relevant.get(source.path)
        if relevant is None:
            relevant = relevant_words(source, self.options, self._imports)
            self._relevant[source.path] = relevant
        self._begin_work(scope)
        return Flow(self, entry, relevant.import_depth(words) or ImportDepth.CONFIGS)

    def _attempt(
        self, entry: Entry, base: State, is_degraded: bool
    ) -> tuple[Flow, Frame, list[State], Failure | None]:
        state = base.fork()
        function, routine = entry.function, entry.routine
        name: object = function
        scope = function
        words = _words(function, routine.owner)
        frame_id = self.chains.root(function)
        if entry.created is not None:
            name = entry.created.definition
            scope = entry.created.definition.scope
            words = scope.words
            line = self.chains.intern(-1, entry.created.definition)
            frame_id = self.chains.intern(line, entry.created.definition)
            self.chains.functions[frame_id] = function
        receiver = self._receiver(entry, frame_id, state)
        frame = Frame(frame_id, function, routine.module, routine.frames, routine.owner, receiver)
        frame.is_entry = entry.created is None and routine.module == MODULE
        state.store[frame_id] = _parameters(function, receiver)
        flow = self._flow(name, scope, words)
        flow.is_degraded = is_degraded
        ends: list[State] = []
        failure = None
        try:
            ends = flow.run(frame, state)
            run_handlers(flow, ends, frame)
        except (GivenUp, RecursionError) as error:
            failure = _failure(function, flow, error)
        return flow, frame, ends, failure

    def _end(self, flow: Flow, frame: Frame, ends: list[State], base: State | None = None) -> None:
        """Tell the rules that a flow was walked to its end; a function's began in ``base``."""
        for end in ends:
            if base is not None:
                _bury(frame, base, end)
            escape.end_frame(frame.id, frame.function, end)
            for rule in self.rules:
                rule.ended(flow, frame, end)
        for rule in self.rules:
            rule.finished(flow)

    def _receiver(self, entry: Entry, frame_id: int, state: State) -> Value | None:
        """The ``self`` or ``cls`` of an entry; a fresh object where its creation is the flow."""
        cls = entry.created or entry.routine.owner
        if cls is None or entry.routine.wrapper == "staticmethod":
            return None
        if entry.routine.wrapper == "classmethod":
            return cls
        instance = Instance(self.chains.intern(frame_id, "self"), cls)
        state.store[instance.id] = {}
        if entry.function.name != "__init__" or not lookup.is_closed(cls, state):
            state.mark(instance.id, OPEN)
        return instance


def _source_of(entry: object) -> Source:
    """The file of an entry."""
    assert isinstance(entry, (ClassDef, Function))
    function = entry.scope if isinstance(entry, ClassDef) else entry
    return function.anchor.source


def _failure(function: Function, flow: Flow, error: GivenUp | RecursionError) -> Failure:
    """That a function's flow was given up."""
    reason = str(error) if isinstance(error, GivenUp) else "it is nested too deeply"
    return Failure(function, reason, frozenset(flow.active))


def _end_of(walk: Generator[str, None, _Walked]) -> _Walked:
    """The end of the walk of the file's own module, which waits for no other."""
    try:
        next(walk)
    except StopIteration as end:
        walked: _Walked = end.value
        return walked
    raise AssertionError  # pragma: no cover - outside of other modules' bodies all can be loaded


def _words(function: Function, cls: Class | None) -> Set[str]:
    """The words through which a function, if it is a method with its class, may lead somewhere."""
    if cls is None:
        return function.words
    return function.words | words_read((*cls.definition.bases, *cls.definition.keywords))


def _parameters(function: Function, receiver: Value | None) -> dict[str, Value]:
    """The variables of an entry when it begins: unknown, but for its receiver."""
    variables: dict[str, Value] = {parameter.name: UNKNOWN for parameter in function.parameters}
    if receiver is not None and function.parameters:
        variables[function.parameters[0].name] = receiver
    return variables


def _bury(frame: Frame, base: State, end: State) -> None:
    """Note which Keras objects are dead at the end of an entry: its variables alone held them."""
    tables = [(base.attributes(id_), end.attributes(id_)) for id_ in frame.closure]
    # Variables around it that are what they were hold nothing new.
    around = [value for before, now in tables if before is not now for value in now.values()]
    receiver = () if frame.receiver is None else (frame.receiver,)
    reachability.mark_unreachable(frame, (*receiver, *around), base, end)


def _join(states: list[State], modules: ModuleLoader) -> State:
    """One state with the names and objects of several, as a later flow finds them.

    Nothing is registered, entered or pending in it. A name that is not the same on all paths is
    unknown, but for one that only some of them import or define.
    """
    joined = State(modules)
    for state in states:
        for owner, table in state.store.items():
            if owner < 0:
                # A session that Keras made for itself: each flow has its own.
                continue
            known = joined.store.setdefault(owner, table)
            if known is not table:
                joined.store[owner] = {
                    name: _join_values(name, known.get(name), table.get(name))
                    for name in {**known, **table}
                }
    for owner, table in joined.store.items():
        if CLOSED.name in table:
            # A function may have been called before the session was closed.
            joined.store[owner] = {name: table[name] for name in table if name != CLOSED.name}
    joined.began = joined.resets = max((state.resets for state in states), default=0)
    joined.gpus_hidden = bool(states) and all(state.gpus_hidden for state in states)
    return joined


def _join_values(name: str, one: Value | None, other: Value | None) -> Value:
    return join_values(name, one, other) or UNKNOWN
