"""The modules of the project around the file that is walked: what their names mean there.

A module is looked at when a flow first needs one of its names; what it defines is then the same
for all paths. Whatever can't be read or walked is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..domain import lookup
from ..domain.budget import EXPRESSION, Work
from ..domain.call_strings import file_of
from ..domain.state import State
from ..domain.values import UNKNOWN, Const, Imported, Instance, Routine, Sequence, Value
from ..ir.nodes import Function, Import, ImportFrom
from ..text.folders import Module
from ..text.gate import ImportDepth
from ..text.imports import Component, Imports
from ..text.purposes import EFFECTS, MEANING
from ..text.source import Source
from .bases import join_tables
from .summaries import Changes, ModuleSummary, Questions, Summaries, Tables


class ModuleTables:
    """The variables of other modules and the attributes of what they made, by id."""

    def __init__(self, made: Tables) -> None:
        self._made = made
        # What others made of them since.
        self._changed: Tables = {}

    def get(self, owner: int, default: dict[str, Value]) -> dict[str, Value]:
        """Those of an owner."""
        changed = self._changed.get(owner)
        return self._made.get(owner, default) if changed is None else changed

    def change(self, changes: Changes) -> None:
        """Have in them what a module made of others; where two disagree, it is not known."""
        for owner, table in changes.tables.items():
            known = self._changed.get(owner)
            if known is not None and file_of(owner) not in changes.executed:
                table = join_tables(known, table)
            self._changed[owner] = table


class ModuleLoader:
    """What imports bring to the walk of one file.

    Attributes:
        tables: The variables of modules and the attributes of what they made, by id.
        work: What the flow that is walked costs.
        spent: What the flows have cost that were walked, but for the last.
        needed: The modules that were needed, by their paths; None for one that can't be walked.
        changes: What these make of others, by the numbers of their files.
        executed: The files, by number, whose modules were executed once more.
        questions: What was asked of the files around.
    """

    def __init__(self, source: Source, summaries: Summaries | None, own: str = "") -> None:
        """Begin for a file; nothing is followed without ``summaries``.

        ``own`` is the path of a file that is checked: what it says is not looked for elsewhere.
        """
        self.tables = ModuleTables({} if summaries is None else summaries.tables)
        self.work = Work(0)
        self.spent = 0
        self.needed: dict[str, ModuleSummary | None] = {}
        self.changes: dict[int, Changes] = {}
        self.executed: set[int] = set()
        self._source = source
        self._own = own
        self._summaries = summaries
        self._imports = None if summaries is None else summaries.imports
        self.questions = Questions(self._imports)

    def rest_on(self, source: Source) -> None:
        """Note that the walk is told by a file, and by all that this imports."""
        self.questions.ask(_component, source.path)

    def sources(self) -> Iterator[Source]:
        """The other files that were looked at, directly or not."""
        pending = [*self.needed.values()]
        seen: set[int] = set()
        while pending:
            summary = pending.pop()
            if summary is not None and summary.id not in seen:
                seen.add(summary.id)
                pending += summary.needed.values()
                yield summary.program.source

    # --- imports ---

    def module(self, importer: Source, level: int, dotted: str) -> Module | None:
        """A module of the project that may reach TensorFlow or Keras, by its name in an import."""
        if self._imports is None:
            return None
        return self._of_interest(self.questions.ask(_resolved, importer, level, dotted))

    def member(self, module: Module, name: str) -> Value | None:
        """What ``from module import name`` brings; None if nothing there is worth a look."""
        if self._names(module, name):
            return Imported(module, name)
        return self._submodule(module, name)

    def _names(self, module: Module, name: str) -> bool:
        """Whether a name of a module may mean something of TensorFlow or Keras, or lead there."""
        return (
            self._imports is not None
            and self._leads(module)
            and self._imports.leads(module.file, name, MEANING)
        )

    def matters(self, routine: Routine, receiver: Value | None, need: ImportDepth) -> bool:
        """Whether a function of another file may do something that a flow needs to know.

        A method may also change what the others of its class use.
        """
        if self._acts(routine.function, need):
            return True
        return isinstance(receiver, Instance) and any(
            self._acts(each.definition.scope, need) for each in receiver.cls.mro
        )

    def _acts(self, function: Function, need: ImportDepth) -> bool:
        assert self._summaries is not None
        return function.anchor.source.path == self._own or self._summaries.acts(
            function, need is ImportDepth.CONFIGS
        )

    def _leads(self, module: Module) -> bool:
        if self._imports is None or not module.file or module.file == self._own:
            return False
        component: Component | None = self.questions.ask(_component, module.file)
        return component is not None and component.reach.matters

    def _submodule(self, package: Module, name: str) -> Module | None:
        return self._of_interest(self.questions.ask(_submodule, package, name))

    def _of_interest(self, module: Module | None) -> Module | None:
        """A module that may lead to TensorFlow or Keras, or holds one that may."""
        if module is None or (module.file and module.file == self._own):
            return None
        return module if self._leads(module) or module.folder else None

    def mentions(self, words: frozenset[str]) -> bool:
        """Whether a file that this one imports, directly or not, has one of these words."""
        return self._imports is not None and any(
            not words.isdisjoint(each.reach.settings) for each in self._around()
        )

    def shows_graph_mode(self) -> bool:
        """Whether a file that this one imports, directly or not, shows graph mode."""
        return any(source.shows_graph_mode for source in self.around())

    def around(self) -> Iterator[Source]:
        """The files that are imported before or by the checked one, directly or not."""
        return iter(()) if self._imports is None else self._imports.reached(self._around())

    def _around(self) -> tuple[Component, ...]:
        if self._imports is None:
            return ()
        around: tuple[Component, ...] = self.questions.ask(_around, self._source)
        return around

    # --- names ---

    def found(self, name: Imported, state: State) -> Value:
        """The value of a name of another module."""
        seen = set()
        while name not in seen:
            seen.add(name)
            self.work.done += EXPRESSION
            value = self._own_name(name, state)
            if not isinstance(value, Imported):
                return UNKNOWN if value is None else value
            name = value
        # Modules that import it from each other.
        return UNKNOWN

    def exporting(self, module: Module, name: str, state: State) -> int | None:
        """The id of a module's frame, if ``from module import *`` may bring a name."""
        self.work.done += EXPRESSION
        loaded = self.load(module)
        if loaded is None:
            return None
        listed = state.get(loaded.id, "__all__")
        if isinstance(listed, Sequence) and all(isinstance(item, Const) for item in listed.items):
            return loaded.id if Const(name) in listed.items else None
        return None if name.startswith("_") else loaded.id

    def rebind(self, module: Module, name: str, value: Value, state: State) -> None:
        """Assign to a name of another module."""
        loaded = self.load(module)
        if loaded is not None:
            state.set(loaded.id, name, value)

    def _own_name(self, name: Imported, state: State) -> Value | None:
        loaded = self.load(name.module) if self._names(name.module, name.name) else None
        value = None
        if loaded is not None:
            value = state.get(loaded.id, name.name)
        if value is None:
            value = self._submodule(name.module, name.name)
        if value is None and loaded is not None:
            value = lookup.from_star(name.name, loaded.id, state)
        return value

    # --- modules ---

    def base(self, path: str) -> State | None:
        """The state in which the functions of a file find their module."""
        summary = None if self._summaries is None else self._summaries.known(path)
        return None if summary is None else summary.base(self)

    def by_number(self, file: int) -> ModuleSummary:
        """The module of a file whose chains have a number."""
        assert self._summaries is not None
        return self._summaries.by_number(file)

    def executed_names(self, state: State) -> Iterator[Value]:
        """What the names of the modules are that imports have executed here, but for those that a
        function rebinds.
        """
        theirs = {attr for _, attr in self._source.index.rebound}
        for file in sorted(self.executed):
            summary = self.by_number(file)
            rebound = {name for name, attr in summary.program.source.index.rebound if attr is None}
            for name, value in state.attributes(summary.id).items():
                if name not in rebound and name not in theirs:
                    yield value

    def load(self, module: Module) -> ModuleSummary | None:
        """What a module is; None if it has no file, does not matter, or can't be walked.

        Raises:
            Needed: the body of another one is walked, which has to wait.
        """
        if not self._leads(module):
            return None
        if module.file not in self.needed:
            assert self._summaries is not None
            self.needed[module.file] = summary = self._summaries.load(module.file)
            for file, changes in () if summary is None else summary.changes.items():
                if file not in self.changes:
                    self.changes[file] = changes
                    self.tables.change(changes)
        return self.needed[module.file]

    def acting(self, node: Import | ImportFrom) -> Iterator[ModuleSummary]:
        """The modules that an import executes and that do something to sessions or Keras then."""
        for module in dict.fromkeys(self._executed(node)):
            if self._has_effect(module):
                loaded = self.load(module)
                if loaded is not None and loaded.acts:
                    self.executed.add(file_of(loaded.id))
                    yield loaded

    def _has_effect(self, module: Module) -> bool:
        """Whether an import of a module may do something to sessions, configs or Keras."""
        return (
            self._leads(module)
            and self._imports is not None
            and any(self._imports.has_effect(module.file, purpose) for purpose in EFFECTS)
        )

    def _executed(self, node: Import | ImportFrom) -> Iterator[Module]:
        importer = node.anchor.source
        if isinstance(node, ImportFrom):
            module = self.module(importer, node.level, node.module)
            if module is not None:
                yield module
                for name, _ in node.names or ():
                    inner = self._submodule(module, name)
                    if inner is not None:
                        yield inner
            return
        for dotted, _ in node.names:
            parts = dotted.split(".")
            for count in range(1, len(parts) + 1):
                module = self.module(importer, 0, ".".join(parts[:count]))
                if module is not None:
                    yield module


# --- questions about the files around ---


def _resolved(imports: Imports, importer: Source, level: int, dotted: str) -> Module | None:
    return imports.project.resolve(importer, level, dotted)


def _submodule(imports: Imports, package: Module, name: str) -> Module | None:
    return imports.project.submodule(package, name)


def _component(imports: Imports, path: str) -> Component | None:
    return imports.component(path)


def _around(imports: Imports, source: Source) -> tuple[Component, ...]:
    return tuple(imports.executed_with(source))
