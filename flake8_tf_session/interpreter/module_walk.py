"""The walk of a module for all files that import it."""

from __future__ import annotations

from collections.abc import Generator

from ..domain.budget import Work, body_limit
from ..domain.call_strings import CallStrings, file_of
from ..domain.frame import Frame
from ..ir.nodes import Function, Program
from ..settings import Settings
from ..text.gate import RelevantWords
from ..text.imports import Imports
from .bases import module_base
from .bodies import Walked
from .entries import Entries
from .modules import ModuleLoader
from .summaries import Changes, ModuleSummary, Summaries, Tables
from .summaries import Walked as WalkedModule
from .walker import Walker


def summaries_of(imports: Imports, options: Settings) -> Summaries:
    """The modules of the files that are checked together, by some settings."""
    found: Summaries | None = imports.walked.get(options)
    if found is None:
        found = imports.walked[options] = Summaries(imports, options, _walk)
    return found


def _walk(summaries: Summaries, program: Program, file: int) -> Generator[str, None, WalkedModule]:
    walker = _ModuleWalker(summaries, program, file)
    summary = yield from walker.run()
    modules = walker.modules
    return WalkedModule(program.source, modules.questions, modules.needed, summary)


class _ModuleWalker(Walker):
    """Walks the body of one module."""

    def __init__(self, summaries: Summaries, program: Program, file: int) -> None:
        source = program.source
        chains = CallStrings(program.module, file, summaries.chains)
        modules = ModuleLoader(source, summaries)
        modules.rest_on(source)
        modules.work = Work(body_limit(source.text))
        entries = Entries(None, summaries.options, summaries.relevant_words(source), chains)
        super().__init__(program, summaries.options, chains, modules, entries)
        self._summaries = summaries

    def relevant_words(self, function: Function) -> RelevantWords:
        """The words of a function's file that lead to what findings are about."""
        return self._summaries.relevant_words(function.anchor.source)

    def run(self) -> Generator[str, None, ModuleSummary | None]:
        """Walk it; None if it takes too much."""
        id_ = self.chains.module
        frame = Frame(id_, self.program.module, id_)
        walked = yield from self.walk_module(frame, is_degraded=False)
        if walked.failures:
            return None
        self.end(walked)
        flow = walked.flow
        flow.settle(walked.all_ends)
        base = module_base(self.program, frame, walked.bases, self.modules)
        return ModuleSummary(
            id_,
            self.program,
            base.store,
            base.resets,
            base.gpus_hidden,
            flow.memory_growth or _acts(walked),
            flow.memory_growth,
            self.chains,
            self.entries,
            self.reports.get(self.program.module, {}),
            self._changes(base.store),
            self.modules.needed,
        )

    def _changes(self, store: Tables) -> dict[int, Changes]:
        own = file_of(self.chains.module)
        others = {owner: table for owner, table in store.items() if file_of(owner) != own}
        if not others:
            return self.modules.changes
        return {**self.modules.changes, own: Changes(others, frozenset(self.modules.executed))}


def _acts(walked: Walked) -> bool:
    """Whether a module does something to sessions, graphs or Keras objects."""
    return any(
        state.keras_session is not None or state.keras_objects or state.resets or state.gpus_hidden
        for state in walked.ends
    )
