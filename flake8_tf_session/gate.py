"""The gate: what can have a finding at all, decided on words before any flow is walked."""

from __future__ import annotations

from collections.abc import Set
from enum import Enum
from typing import NamedTuple

from .imports import Imports, union
from .outline import leading_to
from .project import Source
from .settings import Settings
from .vocabulary import CONFIG_WORDS, KERAS_WORDS, REACHED_WORDS, REGISTER

_HANDLING = CONFIG_WORDS | REACHED_WORDS


class Need(Enum):
    """What the flow of some code needs to know of other files.

    All that they do to sessions and Keras, if something may be built. It seldom takes much to see
    what is wrong where no session can be registered: then it is about weights. If nothing may be
    built, only configs matter there: what else is wrong is wrong in the other file, and reported
    there.
    """

    CONFIGS = 1
    WEIGHTS = 2
    ALL = 3


class Leads(NamedTuple):
    """The words through which the code of a file leads to what findings are about.

    Attributes:
        sessions: To sessions, or whatever else must happen in the right order, here or elsewhere.
        building: To Keras objects or building methods, here or elsewhere.
        registering: To a `set_session()`, here or elsewhere.
        own: To a `set_session()` of this file.
        handling: To configs, sessions and names that versions of TensorFlow lack, of this file.
    """

    sessions: frozenset[str]
    building: frozenset[str]
    registering: frozenset[str]
    own: frozenset[str]
    handling: frozenset[str]

    def need(self, words: Set[str]) -> Need | None:
        """What the flow of code with these words needs to know; None if it can't have a finding."""
        orders = not self.building.isdisjoint(words) and not self.sessions.isdisjoint(words)
        if orders or not self.own.isdisjoint(words):
            return Need.WEIGHTS if self.registering.isdisjoint(words) else Need.ALL
        return None if self.handling.isdisjoint(words) else Need.CONFIGS


def leads_of(source: Source, options: Settings, imports: Imports | None) -> Leads:
    """The words of a file that lead to what findings are about."""
    return _spread(_seeds(source, options, imports), source)


def _spread(seeds: Leads, source: Source) -> Leads:
    """Seeds, and the names of a file that are defined with them."""
    return Leads(*(leading_to(words, source.users) for words in seeds))


def _seeds(source: Source, options: Settings, imports: Imports | None) -> Leads:
    """The words that mean in a file what findings are about, without its own definitions."""
    sessions = options.words
    building = frozenset(options.build_methods)
    registering = REGISTER
    if "keras" in source.text or (imports is not None and imports.brings_keras(source)):
        building |= KERAS_WORDS
    if imports is not None:
        acting = imports.acting_imports(source)
        sessions |= imports.imported_words(source, REACHED_WORDS) | acting
        registering |= imports.imported_words(source, REGISTER) | acting
        building |= imports.imported_words(source, KERAS_WORDS)
        building |= imports.imported_words(source, frozenset(options.build_methods))
    handling = _HANDLING | options.target_words
    return Leads(sessions, building, registering, REGISTER, handling)


def gate(source: Source, options: Settings, imports: Imports | None) -> Leads | None:
    """The words of a file that lead to a finding; None if none is possible.

    A file can have one if it reaches TensorFlow or Keras, by itself or through files of its project
    that it imports, and has a word of sessions as code, or uses what such a file has.
    """
    around = union(()) if imports is None else imports.around(source)
    if not (source.names_library or around.names_library):
        return None
    # A word in the text may stand in a comment; where none does, there is no need for an outline.
    if not around.has_sessions and not source.mentions(options.words):
        return None
    seeds = _seeds(source, options, imports)
    if seeds.need(source.tokens) is None:
        return None
    leads = _spread(seeds, source)
    return None if leads.need(source.outline.words) is None else leads


def may_matter(source: Source, options: Settings) -> bool:
    """Whether a text, which may have no syntax tree, names a library and a word of sessions."""
    return source.names_library and source.mentions(options.words)
