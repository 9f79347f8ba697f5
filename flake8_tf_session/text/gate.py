"""The gate: what can have a finding at all, decided on words before any flow is walked."""

from __future__ import annotations

from collections.abc import Mapping, Set
from enum import Enum
from typing import NamedTuple

from ..settings import Settings
from ..tensorflow.vocabulary import (
    BACKEND_WEIGHTS,
    CONFIG_WORDS,
    CREATING_WORDS,
    KERAS_WORDS,
    REACHED_WORDS,
    REGISTERING_WORDS,
    WEIGHT_WORDS,
)
from .imports import Imports, has_keras, union
from .project import Source
from .words import leading_to

_NOTHING: frozenset[str] = frozenset()


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
        keras: To Keras objects, here or elsewhere.
        weights: To what needs or gives weights, here or elsewhere; and to sessions made here.
        early: To what is wrong before a `set_session()` besides: building methods, weights of no
            known object, imports that build.
        registering: To a `set_session()`, here or elsewhere.
        own: To a `set_session()` of this file.
        handling: To configs, sessions and names that versions of TensorFlow lack, of this file.
    """

    sessions: frozenset[str]
    keras: frozenset[str]
    weights: frozenset[str]
    early: frozenset[str]
    registering: frozenset[str]
    own: frozenset[str]
    handling: frozenset[str]

    def need(self, words: Set[str]) -> Need | None:
        """What the flow of code with these words needs to know; None if it can't have a finding."""
        registers = not self.registering.isdisjoint(words)
        builds = not self.keras.isdisjoint(words) and not self.sessions.isdisjoint(words)
        if registers and (builds or not self.early.isdisjoint(words)):
            return Need.ALL
        if builds and not self.weights.isdisjoint(words):
            return Need.WEIGHTS
        if not self.own.isdisjoint(words):
            return Need.ALL
        return None if self.handling.isdisjoint(words) else Need.CONFIGS


def leads_of(source: Source, options: Settings, imports: Imports | None) -> Leads:
    """The words of a file that lead to what findings are about."""
    return _leads(source, options, imports, source.outline.foreign, source.users)


def _leads(
    source: Source,
    options: Settings,
    imports: Imports | None,
    foreign: Set[str],
    users: Mapping[str, list[str]],
) -> Leads:
    """The words of a file that lead to what findings are about.

    Those of a library may be meant where they are ``foreign``; by ``users`` of words definitions
    lead on. What takes looking at other files is left out where nothing could come of it.
    """
    tokens = source.tokens
    own = REGISTERING_WORDS & foreign
    registering, sessions = own, options.order_words
    keras = weights = early = _NOTHING
    if imports is not None:
        registering |= imports.reached_words(source, REGISTERING_WORDS)
        sessions |= imports.reached_words(source, REACHED_WORDS)
    if not registering.isdisjoint(tokens):
        methods = frozenset(options.build_methods)
        early = methods | (BACKEND_WEIGHTS & foreign)
        if imports is not None:
            early |= imports.imported_words(source, methods | BACKEND_WEIGHTS)
            early |= imports.acting_words(source, KERAS_WORDS)
    if not sessions.isdisjoint(tokens):
        if has_keras(source, imports):
            keras = KERAS_WORDS & foreign
        if imports is not None:
            keras |= imports.imported_words(source, KERAS_WORDS)
    if not keras.isdisjoint(tokens):
        weights = WEIGHT_WORDS | CREATING_WORDS
        if imports is not None:
            weights |= imports.imported_words(source, WEIGHT_WORDS)
    handling = CONFIG_WORDS | CREATING_WORDS | options.target_words
    seeds = Leads(sessions, keras, weights, early, registering, own, handling)
    return Leads(*(leading_to(words, users) for words in seeds))


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
    if _leads(source, options, imports, source.tokens, {}).need(source.tokens) is None:
        return None
    leads = leads_of(source, options, imports)
    outline = source.outline
    entries = (outline.executed, *outline.words_of.values())
    return leads if any(leads.need(words) is not None for words in entries) else None


def may_matter(source: Source, options: Settings) -> bool:
    """Whether a text, which may have no syntax tree, names a library and a word of sessions."""
    return source.names_library and source.mentions(options.words)
