"""What the files of a project reach through their imports, and the words that lead there.

Files that import each other in a circle reach the same: they are one `_Component`. What a component
reaches is told from its own files and the components that these import, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Callable, NamedTuple

from ..tensorflow.vocabulary import (
    ACTING_WORDS,
    CONFIG_WORDS,
    DEVICE_WORDS,
    FORCE_GROWTH,
    KERAS_WORDS,
    LEAVES_EAGER,
    LIBRARIES,
    REACHED_WORDS,
)
from .project import Project, Source
from .words import leading_to

_SETTINGS = LEAVES_EAGER | DEVICE_WORDS | {FORCE_GROWTH}
# What may mean something of TensorFlow or Keras: also all classes, whose order decides what a
# method is.
_NAMING_WORDS = KERAS_WORDS | CONFIG_WORDS | DEVICE_WORDS | ACTING_WORDS | frozenset(LIBRARIES)
# By each of these something is done to sessions, configs or Keras; they lead there in ways of their
# own.
_HANDLING = (ACTING_WORDS, CONFIG_WORDS, DEVICE_WORDS, KERAS_WORDS)
# A name for Keras, or for a part of it.
_ALIASES = frozenset(("keras", "tf_keras"))
_NOTHING: frozenset[str] = frozenset()


class Reach(NamedTuple):
    """What files reach, together with what they import.

    Attributes:
        names_library: Whether one of them names TensorFlow or Keras.
        has_sessions: Whether one of those has a word of sessions.
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


class _Component:
    """Files that import each other, and the components that they import.

    Attributes:
        leading: For a set of words, those that lead to them, by the path of each file.
        acts: For a set of words, whether importing one of the files may do something with them.
    """

    def __init__(self, sources: list[Source], imported: list[_Component]) -> None:
        self.sources = sources
        self.imported = imported
        self.reach = self._find_reach()
        self.leading: dict[frozenset[str], dict[str, frozenset[str]]] = {}
        self.acts: dict[frozenset[str], bool] = {}

    def _find_reach(self) -> Reach:
        outer = union(component.reach for component in self.imported)
        names_library = outer.names_library or any(source.names_library for source in self.sources)
        has_sessions = outer.has_sessions or (
            names_library and any(source.mentions(REACHED_WORDS) for source in self.sources)
        )
        found = (word for source in self.sources for word in _SETTINGS if word in source.text)
        return Reach(names_library, has_sessions, outer.settings.union(found))


class Imports:
    """What the files of a project reach; each is looked at once."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._components: dict[str, _Component] = {}

    def around(self, source: Source) -> Reach:
        """What a file reaches through its imports alone."""
        return union(component.reach for component in self._imported(source))

    def leads(self, path: str) -> bool:
        """Whether a file may reach TensorFlow or Keras, or set the devices that they see."""
        component = self._component(path)
        return component is not None and component.reach.matters

    def acts(self, path: str, words: frozenset[str]) -> bool:
        """Whether importing a file may do something that takes one of some words."""
        component = self._component(path)
        if component is None:
            return False
        for each in _unfinished(component, lambda component: words in component.acts):
            each.acts[words] = each.reach.matters and (
                any(inner.acts[words] for inner in each.imported)
                or any(self._calls(source, words) for source in each.sources)
            )
        return component.acts[words]

    def _calls(self, source: Source, words: frozenset[str]) -> bool:
        """Whether the code that an import of a file executes calls what leads to some words."""
        leading = self.words(source.path, words)
        return not leading.isdisjoint(source.tokens) and not leading.isdisjoint(
            source.outline.called
        )

    def does_something(self, path: str) -> bool:
        """Whether importing a file may do something to sessions, configs or Keras."""
        return any(self.acts(path, words) for words in _HANDLING)

    def handling_words(self, path: str) -> frozenset[str]:
        """The words through which a file may do something to sessions, configs or Keras."""
        return _NOTHING.union(*(self.words(path, words) for words in _HANDLING))

    def config_words(self, path: str) -> frozenset[str]:
        """The words through which a file may make a config, change one, or hide the devices."""
        return self.words(path, CONFIG_WORDS) | self.words(path, DEVICE_WORDS)

    def naming_words(self, path: str) -> frozenset[str]:
        """The words that in a file may mean something of TensorFlow or Keras, or lead there."""
        return self.words(path, _NAMING_WORDS)

    def words(self, path: str, words: frozenset[str]) -> frozenset[str]:
        """The words through which a file leads to some, by names that other files can import.

        In a file without a name for Keras or what is in it none lead to `KERAS_WORDS`: there they
        are names of something else.
        """
        component = self._component(path)
        if component is None:
            return _NOTHING
        if words not in component.leading:
            for each in _unfinished(component, lambda component: words in component.leading):
                self._lead(each, words)
        return component.leading[words][path]

    def imported_words(self, source: Source, words: frozenset[str]) -> frozenset[str]:
        """The words through which what a file imports leads to some."""
        found: set[str] = set()
        for path, names, _ in self.project.taken_from(source):
            leading = self.words(path, words)
            found |= leading.intersection(names) if names else leading
        return frozenset(found)

    def acting_words(self, source: Source, words: frozenset[str]) -> frozenset[str]:
        """Words of a file's imports that do something which takes one of some words."""
        taken = self.project.taken_from(source)
        return frozenset(word for path, _, word in taken if self.acts(path, words))

    def reached_words(self, source: Source, words: frozenset[str]) -> frozenset[str]:
        """The words through which a file leads to some of other files: by what it imports, or by
        importing it.
        """
        return self.imported_words(source, words) | self.acting_words(source, words)

    def mentions(self, source: Source, words: frozenset[str]) -> bool:
        """Whether a file that is imported before or by another has one of the words for settings
        of the whole process.
        """
        packages = (self._component(path) for path in self.project.packages_of(source.path))
        components = [*self._imported(source), *filter(None, packages)]
        return any(not words.isdisjoint(component.reach.settings) for component in components)

    def sources_around(self, source: Source) -> Iterator[Source]:
        """The files that are imported before or by another, directly or not."""
        packages = (self._component(path) for path in self.project.packages_of(source.path))
        pending = [*self._imported(source), *filter(None, packages)]
        seen = set(map(id, pending))
        while pending:
            component = pending.pop()
            yield from component.sources
            inner = [each for each in component.imported if id(each) not in seen]
            seen.update(map(id, inner))
            pending += inner

    def _lead(self, component: _Component, words: frozenset[str]) -> None:
        """Find the words that lead from the files of a component, whose imports are done."""
        matters = component.reach.matters
        component.leading[words] = {source.path: _NOTHING for source in component.sources}
        if not matters:
            return
        try:
            self._spread(component, words)
        except BaseException:
            # What is left half done would be taken for done by all other files.
            del component.leading[words]
            raise

    def _spread(self, component: _Component, words: frozenset[str]) -> None:
        """Find the words that lead from the files of a component until there are no more."""
        found = component.leading[words]
        changed = True
        while changed:
            changed = False
            for source in component.sources:
                seeds = self.imported_words(source, words)
                if words is not KERAS_WORDS:
                    seeds |= words
                elif has_keras(source, self) and not words.isdisjoint(source.tokens):
                    seeds |= words & source.outline.foreign
                if words is _NAMING_WORDS:
                    seeds |= source.outline.classes
                leading = seeds
                # Where no seed stands in the text there is no need for an outline.
                if not seeds.isdisjoint(source.tokens):
                    users = source.alias_users if words is _ALIASES else source.users
                    leading = leading_to(seeds, users, source.outline.members)
                changed |= leading != found[source.path] and len(component.sources) > 1
                found[source.path] = leading

    def _imported(self, source: Source) -> list[_Component]:
        found = (self._component(path) for path in self.project.imported_by(source))
        return [component for component in found if component is not None]

    def _component(self, path: str) -> _Component | None:
        """The component of a file; None if it can't be read. (Tarjan's algorithm, in a loop.)"""
        known = self._components.get(path)
        if known is not None or self.project.read(path) is None:
            return known
        order: dict[str, int] = {}
        lowest: dict[str, int] = {}
        stack: list[str] = []
        inner: dict[str, list[str]] = {}
        pending = [path]
        while pending:
            current = pending[-1]
            if current not in order:
                order[current] = lowest[current] = len(order)
                stack.append(current)
                inner[current] = self._readable(current)
            waiting = None
            for each in inner[current]:
                if each in self._components:
                    continue
                if each not in order:
                    waiting = each
                    break
                lowest[current] = min(lowest[current], lowest[each])
            if waiting is not None:
                pending.append(waiting)
                continue
            pending.pop()
            if lowest[current] == order[current]:
                members = stack[stack.index(current) :]
                del stack[len(stack) - len(members) :]
                self._add(members, inner)
        return self._components[path]

    def _readable(self, path: str) -> list[str]:
        source = self.project.read(path)
        assert source is not None
        return [
            each for each in self.project.imported_by(source) if self.project.read(each) is not None
        ]

    def _add(self, members: list[str], inner: dict[str, list[str]]) -> None:
        imported = dict.fromkeys(
            self._components[each]
            for member in members
            for each in inner[member]
            if each in self._components
        )
        sources = [source for source in map(self.project.read, members) if source is not None]
        component = _Component(sources, list(imported))
        self._components.update((member, component) for member in members)


def has_keras(source: Source, imports: Imports | None) -> bool:
    """Whether a file has a name for Keras or for a part of it."""
    if "keras" in source.text:
        return True
    return imports is not None and bool(imports.imported_words(source, _ALIASES) - _ALIASES)


def _unfinished(
    component: _Component, is_finished: Callable[[_Component], bool]
) -> Iterator[_Component]:
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
