"""The gate: what can have a finding at all, decided on words before any flow is walked."""

from __future__ import annotations

from collections.abc import Mapping, Set
from enum import Enum
from typing import NamedTuple

from ..settings import Settings
from ..tensorflow.vocabulary import BACKEND_WEIGHTS, CONFIG_WORDS, CREATING_WORDS, REGISTRARS
from .imports import Imports, names_keras, union
from .purposes import KERAS, REGISTERING, SESSIONS, WEIGHTS, Purpose
from .source import Source
from .word_index import leading_to

_NOTHING: frozenset[str] = frozenset()


class ImportDepth(Enum):
    """How deeply the flow of some code has to look into other files.

    Where a session may be registered, all matters that they do to sessions and Keras. Where none
    can be, a finding is about weights, and a short look is enough. Where nothing can be built
    either, only what they do to configs matters: what else is wrong is wrong in the other file, and
    reported there.
    """

    CONFIGS = 1
    WEIGHTS = 2
    ALL = 3


class RelevantWords(NamedTuple):
    """The words through which the code of a file leads to what findings are about.

    Attributes:
        sessions: To sessions, or whatever else must happen in the right order, here or elsewhere.
        keras: To Keras objects, here or elsewhere.
        weights: To what reads or gives weights, here or elsewhere; and to sessions made here.
        early: To what must not come before a `set_session()` either: methods that build, weights
            of no known object, imports that build.
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

    def import_depth(self, words: Set[str], earlier: Set[str] = _NOTHING) -> ImportDepth | None:
        """How deeply the flow of code with these words has to look into other files; None if it
        can't have a finding.

        What code with ``earlier`` words has built, the flow may find.
        """
        known = words | earlier if earlier else words
        registers = not self.registering.isdisjoint(words)
        builds = not self.keras.isdisjoint(known) and not self.sessions.isdisjoint(words)
        if registers and (builds or not self.early.isdisjoint(known)):
            return ImportDepth.ALL
        if builds and not self.weights.isdisjoint(known):
            return ImportDepth.WEIGHTS
        if not self.own.isdisjoint(words):
            return ImportDepth.ALL
        return None if self.handling.isdisjoint(words) else ImportDepth.CONFIGS


def relevant_words(source: Source, options: Settings, imports: Imports | None) -> RelevantWords:
    """The words of a file that lead to what findings are about."""
    return _relevant(source, options, imports, source.index.foreign, source.users)


def _relevant(
    source: Source,
    options: Settings,
    imports: Imports | None,
    foreign: Set[str],
    users: Mapping[str, list[str]],
) -> RelevantWords:
    """The words of a file that lead to what findings are about.

    Words of a library mean that library only where they are ``foreign``. ``users`` tells by word
    which names are defined with it. Other files are asked only where something could come of it.
    """

    def imported(purpose: Purpose) -> frozenset[str]:
        return _NOTHING if imports is None else imports.imported_words(source, purpose)

    def effective(purpose: Purpose) -> frozenset[str]:
        return _NOTHING if imports is None else imports.effective_words(source, purpose)

    tokens = source.tokens
    own = REGISTERING.words & foreign
    registering = own | imported(REGISTERING) | effective(REGISTERING)
    sessions = options.order_words | imported(SESSIONS) | effective(SESSIONS)
    if options.follow_threads and source.mentions(REGISTRARS):
        sessions |= {word for word in tokens if word.endswith(tuple(REGISTRARS))}
    keras = weights = early = _NOTHING
    if not registering.isdisjoint(tokens):
        methods = frozenset(options.build_methods)
        early = methods | (BACKEND_WEIGHTS & foreign)
        early |= imported(Purpose(methods | BACKEND_WEIGHTS)) | effective(KERAS)
    if not sessions.isdisjoint(tokens):
        keras = imported(KERAS)
        if names_keras(source, imports):
            keras |= KERAS.words & foreign
    if not keras.isdisjoint(tokens):
        weights = WEIGHTS.words | CREATING_WORDS | imported(WEIGHTS)
    handling = CONFIG_WORDS | CREATING_WORDS | options.target_words
    seeds = RelevantWords(sessions, keras, weights, early, registering, own, handling)
    return RelevantWords(*(leading_to(words, users) for words in seeds))


def gate(source: Source, options: Settings, imports: Imports | None) -> RelevantWords | None:
    """The words of a file that lead to a finding; None if none is possible.

    A file can have one if it reaches TensorFlow or Keras, by itself or through files of its project
    that it imports, and has a word of sessions as code, or uses what such a file has.
    """
    around = union(()) if imports is None else imports.around(source)
    if not (source.names_library or around.names_library):
        return None
    # A word in the text may stand in a comment; where none does, there is no need for an index.
    if not around.has_sessions and not source.mentions(options.words):
        return None
    if _relevant(source, options, imports, source.tokens, {}).import_depth(source.tokens) is None:
        return None
    relevant = relevant_words(source, options, imports)
    index = source.index
    entries = (index.executed, *index.words_of.values())
    has_entry = any(relevant.import_depth(words) is not None for words in entries)
    return relevant if has_entry else None


def may_matter(source: Source, options: Settings) -> bool:
    """Whether a text, which may have no syntax tree, names a library and a word of sessions."""
    return source.names_library and source.mentions(options.words)
