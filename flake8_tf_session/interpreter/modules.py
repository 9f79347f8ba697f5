"""The modules of the project around the file that is checked: what their names mean there.

A module is read, and its body walked, when a flow first needs one of its names; what it defines is
then the same for all paths. Whatever can't be read or walked is unknown.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Callable, NamedTuple

from ..domain import lookup
from ..domain.budget import EXPRESSION, Work, body_limit
from ..domain.state import State
from ..domain.values import UNKNOWN, Const, Imported, Instance, Routine, Sequence, Value
from ..ir.lower import program_of
from ..ir.nodes import Function, Import, ImportFrom, Program
from ..stack import fresh_stack
from ..text.folders import Module
from ..text.gate import ImportDepth
from ..text.imports import Imports
from ..text.purposes import CONFIG_EFFECTS, EFFECTS, MEANING
from ..text.source import Source
from .loading import Loader


class ModuleSummary(NamedTuple):
    """A module that was walked.

    Attributes:
        id: The id of its frame, which owns its names.
        program: Its IR.
        base: The state in which its functions find it.
        acts: Whether an import of it does something to sessions, graphs or Keras objects.
        memory_growth: Whether it asks for growth for the whole process.
    """

    id: int
    program: Program
    base: State
    acts: bool
    memory_growth: bool


# Walks the body of a module; it stops with the path of each that has to be walked before.
Walk = Callable[[Program], Generator[str, None, "ModuleSummary | None"]]


class ModuleLoader:
    """What imports bring.

    Attributes:
        tables: The variables of modules and the attributes of what they made, by id.
        work: What the flow that is walked costs.
        spent: What the flows have cost that were walked, but for the last.
    """

    def __init__(self, walk: Walk, source: Source, imports: Imports | None) -> None:
        self.tables: dict[int, dict[str, Value]] = {}
        self.work = Work(0)
        self.spent = 0
        self._walk_body = walk
        self._imports = imports
        self._project = None if imports is None else imports.project
        self._source = source
        self._loader: Loader[ModuleSummary | None] = Loader(self._walk)
        self._lines = 0

    @property
    def programs(self) -> list[Program]:
        """The other files that were read."""
        return [loaded.program for loaded in self._loader.loaded.values() if loaded is not None]

    # --- imports ---

    def module(self, importer: Source, level: int, dotted: str) -> Module | None:
        """A module of the project that may reach TensorFlow or Keras, by its name in an import."""
        if self._project is None:
            return None
        return self._of_interest(self._project.resolve(importer, level, dotted))

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
            and name in self._imports.relevant_words(module.file, MEANING)
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
        assert self._imports is not None
        path = function.anchor.source.path
        if path == self._source.path:
            return True
        return any(
            not self._imports.relevant_words(path, purpose).isdisjoint(function.words)
            for purpose in (CONFIG_EFFECTS if need is ImportDepth.CONFIGS else EFFECTS)
        )

    def _leads(self, module: Module) -> bool:
        return (
            self._imports is not None and module.file != "" and self._imports.matters(module.file)
        )

    def _submodule(self, package: Module, name: str) -> Module | None:
        assert self._project is not None
        return self._of_interest(self._project.submodule(package, name))

    def _of_interest(self, module: Module | None) -> Module | None:
        """A module that may lead to TensorFlow or Keras, or holds one that may."""
        if module is None or module.file == self._source.path:
            return None
        return module if module.folder or self._leads(module) else None

    def mentions(self, words: frozenset[str]) -> bool:
        """Whether a file that the checked one imports, directly or not, has one of these words."""
        return self._imports is not None and self._imports.has_setting(self._source, words)

    def shows_graph_mode(self) -> bool:
        """Whether a file that the checked one imports, directly or not, shows graph mode."""
        return self._imports is not None and any(
            each.shows_graph_mode for each in self._imports.sources_around(self._source)
        )

    def around(self) -> Iterator[Source]:
        """The files that are imported before or by the checked one, directly or not."""
        return iter(()) if self._imports is None else self._imports.sources_around(self._source)

    # --- names ---

    def found(self, name: Imported, state: State) -> Value:
        """The value of a name of another module."""
        seen = set()
        while name not in seen:
            seen.add(name)
            self.work.done += EXPRESSION
            value = self._own(name, state)
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

    def _own(self, name: Imported, state: State) -> Value | None:
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
        loaded = self._loader.loaded.get(path)
        return None if loaded is None else loaded.base

    def load(self, module: Module) -> ModuleSummary | None:
        """Walk a module once; None if it has no file, does not matter, or can't be walked.

        Raises:
            Needed: the body of another one is walked, which has to wait.
        """
        if not self._leads(module):
            return None
        if module.file in self._loader.loaded:
            return self._loader.loaded[module.file]
        work = self.work
        try:
            return self._loader.load(module.file)
        finally:
            self.work = work

    def _walk(self, path: str) -> Generator[str, None, ModuleSummary | None]:
        assert self._project is not None
        source = self._project.read(path)
        # One that can't be read leads nowhere.
        assert source is not None
        self._lines += source.text.count("\n") + 1
        if self._lines > LINES_LIMIT:
            return None
        try:
            with fresh_stack():
                program = program_of(source)
        except (MemoryError, RecursionError, SyntaxError, ValueError):
            # What is wrong with that file is reported where it is checked itself.
            return None
        walk = self._walk_body(program)
        work = Work(body_limit(source.text))
        while True:
            # Others have been walked since.
            self.work = work
            try:
                with fresh_stack():
                    needed = next(walk)
            except StopIteration as end:
                loaded: ModuleSummary | None = end.value
                break
            yield needed
        self.spent += work.done
        if loaded is not None:
            self.tables.update(loaded.base.store)
        return loaded

    def acting(self, node: Import | ImportFrom) -> Iterator[ModuleSummary]:
        """The modules that an import executes and that do something to sessions or Keras then."""
        for module in dict.fromkeys(self._executed(node)):
            if self._has_effect(module):
                loaded = self.load(module)
                if loaded is not None and loaded.acts:
                    yield loaded

    def _has_effect(self, module: Module) -> bool:
        """Whether an import of a module may do something to sessions, configs or Keras."""
        return (
            module.file != ""
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


# So many lines of other files are read for one file; the rest is unknown.
LINES_LIMIT = 10_000
