"""Module summaries: what the modules of a project are for all files that import them.

A module is walked once, with a budget of its own, by what its text and those of the files that it
imports say, and by nothing else: neither what imports it nor what was walked before matters. While
these texts stay what they are, a later run in the same process finds it as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping
from typing import Any, Callable, NamedTuple

from ..domain.call_strings import CallStrings, file_of
from ..domain.state import State
from ..domain.values import Value
from ..ir.lower import lowered
from ..ir.nodes import Function, Program
from ..rules.events import Report
from ..settings import Settings
from ..stack import fresh_stack
from ..text.gate import RelevantWords, relevant_words
from ..text.imports import Imports
from ..text.purposes import CONFIG_EFFECTS, EFFECTS
from ..text.source import Source
from .entries import Entries
from .loading import Loader, Needed

Tables = dict[int, dict[str, Value]]


class Changes(NamedTuple):
    """What the body of a module makes of other modules.

    Attributes:
        tables: The variables of those modules, and the attributes of what they made, by id.
        executed: The files, by number, whose modules it executes once more: what it leaves of them
            takes the place of what was there.
    """

    tables: Tables
    executed: frozenset[int]


class ModuleSummary(NamedTuple):
    """A module that was walked.

    Attributes:
        id: The id of its frame, which owns its names.
        program: Its IR.
        store: The names and objects at its end, as its functions find them.
        resets: How many default graphs there were until then.
        gpus_hidden: Whether it hides all GPUs.
        acts: Whether an import of it does something to sessions, graphs or Keras objects.
        memory_growth: Whether it asks for growth for the whole process.
        chains: What the ids in all this stand for.
        entries: The functions that its body executes, and the classes of which it makes objects.
        reports: What the rules say of its body.
        changes: What it and the modules that it needs make of others, by the number of each.
        needed: The modules that its walk needs, by their paths; None for one that can't be walked,
            or that needs this one.
    """

    id: int
    program: Program
    store: Tables
    resets: int
    gpus_hidden: bool
    acts: bool
    memory_growth: bool
    chains: CallStrings
    entries: Entries
    reports: Mapping[Report, None]
    changes: Mapping[int, Changes]
    needed: Mapping[str, ModuleSummary | None]

    def base(self, shared: Any) -> State:
        """The state in which its functions find it."""
        base = State(shared)
        base.store = dict(self.store)
        base.began = base.resets = self.resets
        base.gpus_hidden = self.gpus_hidden
        return base


class Questions:
    """What a walk asks of the files around it, and what it was told.

    A question is a function of the imports and its arguments.
    """

    def __init__(self, imports: Imports | None) -> None:
        self.answers: dict[tuple[Any, ...], object] = {}
        self._imports = imports

    def ask(self, question: Callable[..., Any], *arguments: object) -> Any:
        """The answer, which is the same each time."""
        key = (question, *arguments)
        if key not in self.answers:
            self.answers[key] = question(self._imports, *arguments)
        return self.answers[key]

    def still_stand(self, imports: Imports) -> bool:
        """Whether the answers are the same for the files as they are now."""
        return all(
            question(imports, *arguments) == answer
            for (question, *arguments), answer in self.answers.items()
        )


class Walked(NamedTuple):
    """What became of a module, and what that rests on: its text, and what its walk asked."""

    source: Source
    questions: Questions
    needed: Mapping[str, ModuleSummary | None]
    summary: ModuleSummary | None


# Walks the body of a module; it stops with the path of each that has to be walked before.
Walk = Callable[["Summaries", Program, int], Generator[str, None, Walked]]

# Of each module the last, for those who come with the same settings.
_KEPT: dict[tuple[int, Settings], Walked] = {}


class Summaries:
    """The modules of the files that are checked together, each walked when it is first needed.

    Attributes:
        imports: What the files reach.
        options: The settings.
        chains: The chains of modules, by the numbers of their files.
        tables: What each module made, by id.
    """

    def __init__(self, imports: Imports, options: Settings, walk: Walk) -> None:
        self.imports = imports
        self.options = options
        self.chains: dict[int, CallStrings] = {}
        self.tables: Tables = {}
        self._walk_program = walk
        self._loader: Loader[ModuleSummary | None] = Loader(self._walk)
        self._by_number: dict[int, ModuleSummary] = {}
        self._relevant: dict[Source, RelevantWords] = {}
        self._acting: dict[tuple[Function, bool], bool] = {}

    def load(self, path: str) -> ModuleSummary | None:
        """Walk a module once; None if it can't be, or as long as it is being walked.

        Raises:
            Needed: the body of another one is walked, which has to wait.
        """
        return self._loader.load(path)

    def known(self, path: str) -> ModuleSummary | None:
        """A module that was walked."""
        return self._loader.loaded.get(path)

    def by_number(self, file: int) -> ModuleSummary:
        """The module of a file with a number."""
        return self._by_number[file]

    def relevant_words(self, source: Source) -> RelevantWords:
        """The words of a file that lead to what findings are about."""
        relevant = self._relevant.get(source)
        if relevant is None:
            relevant = relevant_words(source, self.options, self.imports)
            self._relevant[source] = relevant
        return relevant

    def acts(self, function: Function, to_configs: bool) -> bool:
        """Whether a function may do something to sessions, configs or Keras, or to configs alone:
        it is told once for all its callers.
        """
        key = function, to_configs
        known = self._acting.get(key)
        if known is None:
            path = function.anchor.source.path
            known = self._acting[key] = any(
                not self.imports.relevant_words(path, purpose).isdisjoint(function.words)
                for purpose in (CONFIG_EFFECTS if to_configs else EFFECTS)
            )
        return known

    def _walk(self, path: str) -> Generator[str, None, ModuleSummary | None]:
        source = self.imports.project.read(path)
        # One that can't be read leads nowhere.
        assert source is not None
        number = _number(self.imports.project.name_of(path), path)
        key = (number, self.options)
        walked = _KEPT.get(key)
        if walked is None or not (yield from self._still_holds(walked, source)):
            walked = yield from self._walk_anew(source, number)
            _KEPT[key] = walked
            self.imports.project.kept += 1
        summary = walked.summary
        if summary is not None:
            self._by_number[number] = summary
            self.chains[number] = summary.chains
            self.tables.update(own_tables(summary.store, number))
        return summary

    def _still_holds(self, walked: Walked, source: Source) -> Generator[str, None, bool]:
        """Whether a module is what it was: all that its walk asked is answered as it was then."""
        if walked.source is not source or not walked.questions.still_stand(self.imports):
            return False
        for path, summary in walked.needed.items():
            try:
                now = self.load(path)
            except Needed as needed:
                yield needed.path
                now = self.load(path)
            if now is not summary:
                return False
        return True

    def _walk_anew(self, source: Source, number: int) -> Generator[str, None, Walked]:
        try:
            with fresh_stack():
                program = lowered(source)
        except (MemoryError, RecursionError, SyntaxError, ValueError):
            # What is wrong with that file is reported where it is checked itself.
            return Walked(source, Questions(self.imports), {}, None)
        walk = self._walk_program(self, program, number)
        while True:
            try:
                with fresh_stack():
                    needed = next(walk)
            except StopIteration as end:
                walked: Walked = end.value
                return walked
            yield needed


def own_tables(store: Tables, number: int) -> Tables:
    """Those of some tables that are of what a file made itself."""
    return {owner: table for owner, table in store.items() if file_of(owner) == number}


def _number(name: str, path: str) -> int:
    """The number of a file, by its name in the tree and by its path.

    It tells it from all others, and is the same in every process. In which order those of a tree
    stand, their names alone tell, wherever the tree is.
    """
    digests = (
        hashlib.blake2b(text.encode(errors="replace"), digest_size=4) for text in (name, path)
    )
    return 1 << 64 | int.from_bytes(b"".join(each.digest() for each in digests), "big")
