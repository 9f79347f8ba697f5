"""The analysis of one file: its entries, their flows, and where their findings stand."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from . import lookup
from .chains import Chains
from .effects import leave_flow
from .flow import Exits, Flow, Frame, Report, WorkExceeded
from .liveness import words_read
from .paths import TooManyPaths, join_values
from .program import Block, ClassDef, Function, FunctionDef, Import, ImportFrom, Program
from .rules import RULES
from .settings import Settings
from .state import CLOSED, MODULE, OPEN, State
from .values import (
    UNKNOWN,
    Class,
    Const,
    External,
    Instance,
    Routine,
    Value,
)


class Entry(NamedTuple):
    """A flow to be walked: a function, with its class if it is a method, or a class's creation."""

    function: Function
    routine: Routine
    created: Class | None = None


class Analysis:
    """Walks all flows of a program.

    Attributes:
        reports: What the rules said, by entry: a function, or the definition of a class.
        failures: The entries whose flow was not walked to its end, with the reason.
    """

    def __init__(self, program: Program, options: Settings) -> None:
        self.program = program
        self.options = options
        self.rules = RULES
        self.chains = Chains(program.module)
        self.memory_growth = False
        self.reports: dict[object, dict[Report, None]] = {}
        self.failures: list[tuple[Function, str]] = []
        self._hot = _hot_words(program.definitions, options.words)
        self._defined: list[Entry] = []
        self._walked: set[object] = set()

    def run(self) -> None:
        """Walk the module, then every function and class that may reach a session."""
        base = self._walk_module()
        pending = [(entry, base) for entry in self._take_defined()]
        while pending:
            entry, base = pending.pop(0)
            ends = self._walk(entry, base)
            inner = self._take_defined()
            if inner:
                joined = _join(ends)
                pending += [(each, joined) for each in inner]

    @cached_property
    def words_read(self) -> frozenset[str]:
        """The names and attributes that the file reads anywhere."""
        return words_read(self.program.module.body)

    # --- what the walk tells ---

    def define(self, function: Function, routine: Routine, frame: Frame) -> None:
        """Note that an entry's own flow defines a function, which is an entry as well."""
        if frame.is_entry and self._is_hot(function, function.words):
            self._defined.append(Entry(function, routine))

    def define_class(self, cls: Class, state: State, frame: Frame) -> None:
        """Note that an entry's own flow defines a class: creating one is a flow.

        That of a class with an ``__init__`` of its own is that method's.
        """
        if not frame.is_entry or state.get(cls.id, "__init__") is not None:
            return
        inherited = lookup.class_attribute(cls, "__init__", state)
        own = state.objects[cls.id].values()
        changes = len(cls.bases) > 1 or any(isinstance(value, Routine) for value in own)
        if not isinstance(inherited, Routine) or not changes:
            return
        definition = cls.definition
        words = definition.scope.words | inherited.function.words
        if self._is_hot(definition, words):
            self._defined.append(Entry(inherited.function, inherited, cls))

    def report(self, entry: object, report: Report) -> None:
        """Take a rule's report; the same from another path counts once."""
        self.reports.setdefault(entry, {})[report] = None

    def _is_hot(self, entry: object, words: set[str]) -> bool:
        if entry in self._walked or self._hot.isdisjoint(words):
            return False
        self._walked.add(entry)
        return True

    def _take_defined(self) -> list[Entry]:
        defined, self._defined = self._defined, []
        return defined

    # --- the module ---

    def _walk_module(self) -> State:
        """Walk the module's body; the state at its end, with every name it may have."""
        module = self.program.module
        flow = Flow(self, module)
        frame = Frame(MODULE, module)
        frame.is_entry = True
        states = [State()]
        states[0].objects[MODULE] = {}
        exits = Exits()
        failed = False
        for index, statement in enumerate(module.body):
            body: Block = [statement]
            frame.blocks = [(module.body, index)]
            if failed and not isinstance(statement, (Import, ImportFrom, FunctionDef, ClassDef)):
                continue
            before = [state.fork() for state in states]
            try:
                states = flow.block(body, states, frame, exits)
            except (WorkExceeded, TooManyPaths) as error:
                # What follows defines names that functions need: it is walked once more, simply.
                self.failures.append((module, str(error)))
                failed = True
                flow.settle([])
                states = [_join(before)]
                flow = Flow(self, module)
            if not states:
                break
        if not failed:
            self._end(flow, frame, states)
        flow.settle(states + exits.raises + flow.stopped)
        self.memory_growth = flow.memory_growth
        base = _join(states + exits.raises + flow.stopped)
        # What the module made is not for one function alone.
        leave_flow(base.objects[MODULE].values(), base)
        for name, attr in sorted(self.program.rebound, key=str):
            value = base.get(MODULE, name)
            if attr is None:
                if value is not None:
                    base.set(MODULE, name, UNKNOWN)
            elif isinstance(value, Class):
                base.set(value.id, attr, UNKNOWN)
            elif value is not None and not isinstance(value, (External, Routine)):
                base.set(MODULE, name, UNKNOWN)
        return base

    # --- functions and classes ---

    def _walk(self, entry: Entry, base: State) -> list[State]:
        state = base.fork()
        function, routine = entry.function, entry.routine
        name: object = function
        frame_id = self.chains.root(function)
        if entry.created is not None:
            name = entry.created.definition
            line = self.chains.intern(-1, entry.created.definition)
            frame_id = self.chains.intern(line, entry.created.definition)
            self.chains.functions[frame_id] = function
        receiver = self._receiver(entry, frame_id, state)
        frame = Frame(frame_id, function, routine.frames, routine.owner, receiver)
        frame.is_entry = entry.created is None
        variables: dict[str, Value] = {parameter.name: UNKNOWN for parameter in function.parameters}
        if receiver is not None and function.parameters:
            variables[function.parameters[0].name] = receiver
        state.objects[frame_id] = variables
        flow = Flow(self, name)
        try:
            ends = flow.run(frame, state)
        except (WorkExceeded, TooManyPaths) as error:
            self.failures.append((function, str(error)))
            flow.settle([])
            return [base]
        self._end(flow, frame, ends)
        flow.settle(ends + flow.stopped)
        return ends or [base]

    def _end(self, flow: Flow, frame: Frame, ends: list[State]) -> None:
        """Tell the rules that a flow was walked to its end."""
        shared = frame.function.inner_words
        for end in ends:
            variables = end.objects.get(frame.id, {})
            # Functions defined here may use what these names hold.
            leave_flow((variables[name] for name in variables if name in shared), end)
            for handler, chain in flow.handlers.items():
                flow.run_thread(handler, chain, end, frame)
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
        state.objects[instance.id] = {}
        if entry.function.name != "__init__" or not lookup.is_closed(cls, state):
            state.set(instance.id, OPEN, Const(True))
        return instance


def _hot_words(definitions: dict[str, set[str]], words: frozenset[str]) -> set[str]:
    """The words through which code may reach a session: those of sessions, and names so defined."""
    relevant = words | definitions.keys()
    users: dict[str, list[str]] = {}
    for name, mentioned in definitions.items():
        for word in mentioned & relevant:
            users.setdefault(word, []).append(name)
    hot = set(words)
    pending = list(hot)
    while pending:
        for name in users.get(pending.pop(), ()):
            if name not in hot:
                hot.add(name)
                pending.append(name)
    return hot


def _join(states: list[State]) -> State:
    """One state with the names and objects of several, as a later flow finds them.

    Nothing is registered, entered or pending in it. A name that is not the same on all paths is
    unknown, but for one that only some of them import or define.
    """
    joined = State()
    for state in states:
        for owner, table in state.objects.items():
            known = joined.objects.setdefault(owner, table)
            if known is not table:
                joined.objects[owner] = {
                    name: _join_values(name, known.get(name), table.get(name))
                    for name in {**known, **table}
                }
    for owner, table in joined.objects.items():
        if CLOSED in table:
            # A function may have been called before the session was closed.
            joined.objects[owner] = {name: table[name] for name in table if name != CLOSED}
    joined.resets = max((state.resets for state in states), default=0)
    joined.gpus_hidden = bool(states) and all(state.gpus_hidden for state in states)
    return joined


def _join_values(name: str, one: Value | None, other: Value | None) -> Value:
    return join_values(name, one, other) or UNKNOWN
