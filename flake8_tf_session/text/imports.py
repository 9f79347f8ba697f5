"""What the files of a project reach through their imports, and the words that lead there.

Files that import each other in a circle reach the same: they are one `Component`. What a component
reaches is told from its own files and the components that these import, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Callable, NamedTuple

from ..tensorflow.vocabulary import DEVICE_WORDS, FORCE_GROWTH, LEAVES_EAGER, REACHED_WORDS
from .passing import Passing, PassingFiles
from .project import Project, Taken
from .purposes import KERAS_NAMES, Purpose
from .source import Source
from .word_index import leading_to

# The words for settings of the whole process.
_SETTINGS = LEAVES_EAGER | DEVICE_WORDS | {FORCE_GROWTH}
_NOTHING: frozenset[str] = frozenset()


class Reach(NamedTuple):
    """What files reach, together with what they import.

    Attributes:
        names_library: Whether one of them names TensorFlow or Keras.
        has_sessions: Whether one of them, where one names a library, has a word of sessions.
        settings: The words for settings of the whole process that stand in one of them.
    """

    names_library: bool
    has_sessions: bool
    settings: frozenset[str]

    @property
    def matters(self) -> bool:
        """Whether they may do something to sessions, or to the devices that these get."""
        return self.names_library or not DEVICE_WORDS.isdisjoint(self.settings)


def union(parts: Iterable[Reach]) -> Reach:
    """What several reach together."""
    parts = list(parts)
    return Reach(
        names_library=any(part.names_library for part in parts),
        has_sessions=any(part.has_sessions for part in parts),
        settings=_NOTHING.union(*(part.settings for part in parts)),
    )


class Component:
    """Files that import each other, and the components that they import.

    Attributes:
        sources: The files, in the order of their paths.
        taken: What each of them takes from others.
        imported: The components that they import.
        inner_first: The files, most of those that one imports before it.
        reach: What they reach.
        relevant: By purpose and path of a file, its own words that lead to the purpose.
        effects: By purpose, whether importing one of the files may do something of the kind.
    """

    def __init__(
        self, sources: list[Source], taken: list[tuple[Taken, ...]], imported: list[Component]
    ) -> None:
        self.sources = sources
        self.taken = taken
        self.imported = imported
        self.inner_first = sources
        self.reach = self._find_reach()
        self.relevant: dict[Purpose, dict[str, frozenset[str]]] = {}
        self.effects: dict[Purpose, bool] = {}

    def _find_reach(self) -> Reach:
        outer = union(component.reach for component in self.imported)
        names_library = outer.names_library or any(source.names_library for source in self.sources)
        has_sessions = outer.has_sessions or (
            names_library and any(source.mentions(REACHED_WORDS) for source in self.sources)
        )
        found = (word for source in self.sources for word in _SETTINGS if word in source.text)
        return Reach(names_library, has_sessions, outer.settings.union(found))


# By the first of its files, the last component that began with it: what was found of one is found
# for good, while its texts and those of the components that it imports are the same.
_KEPT: dict[str, Component] = {}


def imports_of(project: Project) -> Imports:
    """What the files of a project reach."""
    if project.imports is None:
        project.imports = Imports(project)
    found: Imports = project.imports
    return found


class Imports:
    """What the files of a project reach; each is looked at once.

    Attributes:
        project: Finds and reads the files.
        walked: What was made of the files beside this, by what it was made with.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.walked: dict[object, Any] = {}
        self._components: dict[str, Component] = {}
        self._files = PassingFiles()
        self._passing: dict[Purpose, Passing] = {}
        self._finished: dict[Purpose, set[Component]] = {}

    def around(self, source: Source) -> Reach:
        """What a file reaches through its imports alone."""
        return union(component.reach for component in self._imported(source))

    def matters(self, path: str) -> bool:
        """Whether a file may reach TensorFlow or Keras, or set the devices that they see."""
        component = self.component(path)
        return component is not None and component.reach.matters

    def relevant_words(self, path: str, purpose: Purpose) -> frozenset[str]:
        """The words of a file that lead to a purpose, by names that other files can import."""
        component = self._finished_component(path, purpose)
        return _NOTHING if component is None else component.relevant[purpose][path]

    def leads(self, path: str, name: str, purpose: Purpose) -> bool:
        """Whether a name that other files can import from a file leads to a purpose."""
        component = self._finished_component(path, purpose)
        if component is None or not component.reach.matters:
            return False
        return bool(self._passing[purpose].named(path, (name,)))

    def imported_words(self, source: Source, purpose: Purpose) -> frozenset[str]:
        """The words of a file through which what it imports leads to a purpose."""
        found: set[str] = set()
        whole = []
        for path, names, _ in self.project.taken_from(source):
            component = self._finished_component(path, purpose)
            if component is None or not component.reach.matters:
                continue
            if names:
                found |= self._passing[purpose].named(path, names)
            else:
                whole.append(path)
        if whole:
            found |= self._passing[purpose].among(whole, source.tokens)
        return frozenset(found)

    def _finished_component(self, path: str, purpose: Purpose) -> Component | None:
        """The component of a file, its words that lead to a purpose being found."""
        component = self._components.get(path) or self.component(path)
        finished = self._finished.get(purpose)
        if finished is None:
            finished = self._finished[purpose] = set()
            common = _NOTHING if purpose.needs_keras else purpose.words
            self._passing[purpose] = Passing(self._files, common)
        if component is not None and component not in finished:
            for each in _unfinished(component, finished.__contains__):
                finished.add(each)
                try:
                    self._find_relevant(each, purpose)
                except BaseException:
                    # What is left half done would be taken for done by all other files.
                    finished.discard(each)
                    each.relevant.pop(purpose, None)
                    raise
        return component

    def has_effect(self, path: str, purpose: Purpose) -> bool:
        """Whether importing a file may do something that takes one of a purpose's words."""
        component = self.component(path)
        if component is None:
            return False
        if purpose in component.effects:
            return component.effects[purpose]
        for each in _unfinished(component, lambda each: purpose in each.effects):
            each.effects[purpose] = each.reach.matters and (
                any(inner.effects[purpose] for inner in each.imported)
                or any(self._calls(source, purpose) for source in each.sources)
            )
        return component.effects[purpose]

    def effective_words(self, source: Source, purpose: Purpose) -> frozenset[str]:
        """Words in those imports of a file that have an effect by being executed."""
        taken = self.project.taken_from(source)
        return frozenset(word for path, _, word in taken if self.has_effect(path, purpose))

    def reached(self, components: Iterable[Component]) -> Iterator[Source]:
        """The files of components and of what these import, directly or not."""
        pending = list(components)
        seen = set(map(id, pending))
        while pending:
            component = pending.pop()
            yield from component.sources
            inner = [each for each in component.imported if id(each) not in seen]
            seen.update(map(id, inner))
            pending += inner

    def executed_with(self, source: Source) -> list[Component]:
        """The components of what a file imports, and of the packages that it is in."""
        packages = (self.component(path) for path in self.project.packages_of(source.path))
        return [*self._imported(source), *filter(None, packages)]

    def _calls(self, source: Source, purpose: Purpose) -> bool:
        """Whether the code that an import of a file executes calls what leads to a purpose."""
        relevant = self.relevant_words(source.path, purpose)
        return bool(relevant) and not relevant.isdisjoint(source.index.called)

    def _find_relevant(self, component: Component, purpose: Purpose) -> None:
        """Find the relevant words of a component, those of what it imports being found."""
        known = component.relevant.get(purpose)
        if known is None:
            component.relevant[purpose] = {source.path: _NOTHING for source in component.sources}
            if component.reach.matters:
                self._spread(component, purpose)
        else:
            for path, words in known.items():
                self._passing[purpose].add(path, words)

    def _spread(self, component: Component, purpose: Purpose) -> None:
        """Find the relevant words of the files of a component until there are no more."""
        found = component.relevant[purpose]
        begun = dict.fromkeys(found, _NOTHING)
        changed = True
        while changed:
            changed = False
            # Those first that others import.
            for source in component.inner_first:
                seeds = self._seeds(source, purpose)
                if seeds == begun[source.path]:
                    continue
                begun[source.path] = seeds
                users = source.alias_users if purpose.by_alias else source.users
                found[source.path] = leading_to(seeds, users, source.index.members)
                self._passing[purpose].add(source.path, found[source.path])
                changed = len(found) > 1

    def _seeds(self, source: Source, purpose: Purpose) -> frozenset[str]:
        """The words of a file that lead to a purpose whatever is defined with them."""
        words = purpose.words
        seeds = self.imported_words(source, purpose)
        if not purpose.needs_keras:
            seeds |= words & source.tokens
        elif names_keras(source, self) and not words.isdisjoint(source.tokens):
            seeds |= words & source.index.foreign
        return seeds.union(source.index.classes) if purpose.with_classes else seeds

    def _imported(self, source: Source) -> list[Component]:
        found = (self.component(path) for path in self.project.imported_by(source))
        return [component for component in found if component is not None]

    def component(self, path: str) -> Component | None:
        """The component of a file; None if it can't be read. (Tarjan's algorithm, in a loop.)"""
        known = self._components.get(path)
        if known is not None or self.project.read(path) is None:
            return known
        order: dict[str, int] = {}
        lowest: dict[str, int] = {}
        stack: list[str] = []
        pending: list[tuple[str, Iterator[str]]] = []

        def begin(current: str) -> None:
            order[current] = lowest[current] = len(order)
            stack.append(current)
            pending.append((current, iter(self._readable(current))))

        begin(path)
        while pending:
            current, inner = pending[-1]
            for each in inner:
                if each not in order and each not in self._components:
                    begin(each)
                    break
                if each not in self._components:
                    lowest[current] = min(lowest[current], order[each])
            else:
                pending.pop()
                if pending:
                    outer = pending[-1][0]
                    lowest[outer] = min(lowest[outer], lowest[current])
                if lowest[current] == order[current]:
                    members = [stack.pop()]
                    while members[-1] != current:
                        members.append(stack.pop())
                    self._add(members)
        return self._components[path]

    def _readable(self, path: str) -> list[str]:
        source = self.project.read(path)
        assert source is not None
        return [
            each for each in self.project.imported_by(source) if self.project.read(each) is not None
        ]

    def _add(self, members: list[str]) -> None:
        """Add the component of some files, which are all that import each other."""
        sources = [source for source in map(self.project.read, sorted(members)) if source]
        taken = [self.project.taken_from(source) for source in sources]
        around = (self._components.get(path) for takes in taken for path, _, _ in takes)
        imported = list(dict.fromkeys(filter(None, around)))
        kept = _KEPT.get(sources[0].path)
        if kept is None or (kept.sources, kept.taken, kept.imported) != (sources, taken, imported):
            kept = _KEPT[sources[0].path] = Component(sources, taken, imported)
            places = {path: place for place, path in enumerate(members)}
            kept.inner_first = sorted(sources, key=lambda source: places[source.path])
        self._files.add(kept.inner_first, self.project.taken_from)
        self._components.update((source.path, kept) for source in sources)


def names_keras(source: Source, imports: Imports | None) -> bool:
    """Whether a file has a name for Keras or for a part of it."""
    if "keras" in source.text:
        return True
    if imports is None:
        return False
    return bool(imports.imported_words(source, KERAS_NAMES) - KERAS_NAMES.words)


def _unfinished(
    component: Component, is_finished: Callable[[Component], bool]
) -> Iterator[Component]:
    """The components that a component reaches and that are not finished, imported ones first.

    Each has to be finished before the next is asked for.
    """
    pending = [(component, iter(component.imported))]
    while pending:
        current, imported = pending[-1]
        waiting = next((each for each in imported if not is_finished(each)), None)
        if waiting is not None:
            pending.append((waiting, iter(waiting.imported)))
            continue
        pending.pop()
        if not is_finished(current):
            yield current
