"""The gate: whether a file can have a finding at all, decided before libcst parses anything."""

from __future__ import annotations

from .imports import Imports, pattern_of, union
from .project import LIBRARY, Source
from .settings import Settings


def hot_words(source: Source, options: Settings, imports: Imports | None) -> frozenset[str] | None:
    """The words through which other files lead to a session; None if no finding is possible.

    A file can have one if it reaches TensorFlow or Keras, by itself or through files of its project
    that it imports, and has a word of sessions as code, or uses what such a file has.
    """
    words = options.words
    around = union(()) if imports is None else imports.around(source)
    if not (source.names_library or around.names_library):
        return None
    # A word in the text may stand in a comment.
    if pattern_of(words).search(source.text) and not words.isdisjoint(source.outline.words):
        return around.hot
    if (
        imports is not None
        and around.has_sessions
        and imports.registers(source, around.registering)
    ):
        return around.hot
    return None


def text_may_matter(text: str, words: frozenset[str]) -> bool:
    """Whether a text names a library and one of these words."""
    return LIBRARY.search(text) is not None and pattern_of(words).search(text) is not None
