"""What the files of a project reach through their imports.

Files that import each other in a circle reach the same: they are one `_Component`. What a component
reaches is told from its own files and the components that these import, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .outline import leading_to
from .project import Project, Source
from .vocabulary import (
    ACTING_WORDS,
    FORCE_GROWTH,
    LEAVES_EAGER,
    LIBRARIES,
    REACHED_WORDS,
    REGISTERING_WORDS,
)

_SETTINGS = LEAVES_EAGER | {FORCE_GROWTH}


@dataclass(frozen=True)
class Reach:
    """What files reach, together with what they import.

    Attributes:
        names_library: Whether one of them names TensorFlow or Keras.
        has_sessions: Whether one of those has a word of sessions.
        hot: The words through which these lead to a session.
        registering: The names of modules through which they lead to `set_session()` or an
            initializer: a file that has no word of sessions itself needs one for a finding.
        settings: The words for settings of the whole process that stand in one of them.
    """

    names_library: bool
    has_sessions: bool
    hot: frozenset[str]
    registering: frozenset[str]
    settings: frozenset[str]


def union(parts: Iterable[Reach]) -> Reach:
    """What several reach together."""
    parts = list(parts)
    return Reach(
        names_library=any(part.names_library for part in parts),
        has_sessions=any(part.has_sessions for part in parts),
        hot=frozenset().union(*(part.hot for part in parts)),
        registering=frozenset().union(*(part.registering for part in parts)),
        settings=frozenset().union(*(part.settings for part in parts)),
    )


class _Component:
    """Files that import each other, and the components that they import."""

    def __init__(self, sources: list[Source], imported: list[_Component]) -> None:
        self.sources = sources
        self.imported = imported
        self.reach = self._find_reach()

    def _find_reach(self) -> Reach:
        outer = union(component.reach for component in self.imported)
        texts = [source.text for source in self.sources]
        names_library = outer.names_library or any(source.names_library for source in self.sources)
        has_sessions = outer.has_sessions or (
            names_library and any(map(pattern_of(REACHED_WORDS).search, texts))
        )
        hot = registering = frozenset[str]()
        if has_sessions:
            hot = self._leading_to(REACHED_WORDS | outer.hot) - REACHED_WORDS
            registering = self._leading_to(REGISTERING_WORDS | outer.registering, members_only=True)
            registering -= REGISTERING_WORDS
        found = (word for text in texts for word in pattern_of(_SETTINGS).findall(text))
        settings = outer.settings.union(found)
        return Reach(names_library, has_sessions, hot, registering, settings)

    def _leading_to(self, words: frozenset[str], members_only: bool = False) -> frozenset[str]:
        """The names of these files that lead to words, or those of their modules alone.

        Of a module methods do not count: a class does, and it is named wherever it is known what an
        object is.
        """
        definitions: dict[str, set[str]] = {}
        for source in self.sources:
            for name, mentioned in source.outline.definitions.items():
                if not members_only or name in source.outline.members:
                    definitions.setdefault(name, set()).update(mentioned)
        return frozenset(leading_to(words, definitions))

    @cached_property
    def acting(self) -> frozenset[str]:
        """The words through which these files may do something to sessions, configs or Keras."""
        words = ACTING_WORDS.union(*(component.acting for component in self.imported))
        return self._leading_to(words, members_only=True) if self.reach.names_library else words

    @cached_property
    def naming(self) -> frozenset[str]:
        """The words that may mean something of TensorFlow or Keras, or lead there; and all classes,
        whose order decides what a method is.
        """
        words = self.acting.union(LIBRARIES, *(each.naming for each in self.imported))
        words = words.union(*(source.outline.classes for source in self.sources))
        return self._leading_to(words, members_only=True) if self.reach.names_library else words

    @cached_property
    def acts(self) -> bool:
        """Whether importing it may do something to sessions or Keras."""
        return self.reach.names_library and (
            any(component.acts for component in self.imported)
            or any(not self.acting.isdisjoint(source.outline.called) for source in self.sources)
        )


class Imports:
    """What the files of a project reach; each is looked at once."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._components: dict[str, _Component] = {}

    def around(self, source: Source) -> Reach:
        """What a file reaches through its imports alone."""
        return union(component.reach for component in self._imported(source))

    def leads(self, path: str) -> bool:
        """Whether a file may reach TensorFlow or Keras."""
        component = self._component(path)
        return component is not None and component.reach.names_library

    def acts(self, path: str) -> bool:
        """Whether importing a file may do something to sessions or Keras."""
        component = self._component(path)
        return component is not None and component.acts

    def acting_words(self, path: str) -> frozenset[str]:
        """The words through which a file may do something to sessions, configs or Keras."""
        component = self._component(path)
        return frozenset() if component is None else component.acting

    def naming_words(self, path: str) -> frozenset[str]:
        """The words that in a file may mean something of TensorFlow or Keras, or lead there."""
        component = self._component(path)
        return frozenset() if component is None else component.naming

    def mentions(self, source: Source, words: frozenset[str]) -> bool:
        """Whether a file that is imported before or by another has one of the words for settings
        of the whole process.
        """
        packages = (self._component(path) for path in self.project.packages_of(source.path))
        components = [*self._imported(source), *filter(None, packages)]
        return any(not words.isdisjoint(component.reach.settings) for component in components)

    def registers(self, source: Source, words: frozenset[str]) -> bool:
        """Whether a file may lead to `set_session()` or an initializer through its imports: by one
        of these words of theirs, or by being imported.
        """
        for level, name, names in source.imports:
            module = self.project.resolve(source.path, level, name)
            if module is None:
                continue
            whole = not names or any(
                each == "*" or self.project.submodule(module, each) for each in names
            )
            if not words.isdisjoint(source.outline.words if whole else names):
                return True
        return any(
            component.reach.has_sessions and component.acts for component in self._imported(source)
        )

    def _imported(self, source: Source) -> list[_Component]:
        found = (self._component(path) for path in self.project.imported_by(source))
        return [component for component in found if component is not None]

    def _component(self, path: str) -> _Component | None:
        """The component of a file; None if it can't be read. (Tarjan's algorithm, in a loop.)"""
        source = self.project.read(path)
        if path in self._components or source is None:
            return self._components.get(path)
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


@lru_cache(maxsize=8)
def pattern_of(words: frozenset[str]) -> re.Pattern[str]:
    """A pattern that finds any of some words in a text."""
    return re.compile("|".join(sorted(words)))
