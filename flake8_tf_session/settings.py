"""The plugin's options."""

from __future__ import annotations

import re
from typing import NamedTuple

from .tensorflow.versions import WORDS, Version

_IDENTIFIER = re.compile(r"[^\W\d]\w*\Z")


class Settings(NamedTuple):
    """What can be set.

    Attributes:
        build_methods: Names of the methods whose call builds a Keras model.
        all_unregistered: Whether TFS301 also reports sessions that do not ask for growth.
        target: The version of TensorFlow that the code must run on (TFS501), if one is set.
        follow_imports: Whether what a file imports from its own project is followed.
        follow_threads: Whether what other threads do is followed (TFS401).
        celery_prefork: Whether the tasks of Celery are taken to run in forked processes (TFS402).
        max_line_length: How long a line may be that a fix writes: flake8's own option.
    """

    build_methods: tuple[str, ...] = ("_build_graph",)
    all_unregistered: bool = False
    target: Version | None = None
    follow_imports: bool = True
    follow_threads: bool = True
    celery_prefork: bool = True
    max_line_length: int = 79

    @property
    def words(self) -> frozenset[str]:
        """The words of which a file must have one to have a finding."""
        from .tensorflow.vocabulary import GROWTH_WORDS

        return self.order_words | GROWTH_WORDS | self.target_words

    @property
    def order_words(self) -> frozenset[str]:
        """Those of what has to be done in the right order."""
        # A run that needs no words does not wait for all of the vocabulary.
        from .tensorflow.vocabulary import (
            ORDER_WORDS,
            OTHER_THREAD_WORDS,
            PROCESS_WORDS,
            TASK_WORDS,
        )

        words = ORDER_WORDS | PROCESS_WORDS
        if self.follow_threads:
            words |= OTHER_THREAD_WORDS
        return words | TASK_WORDS if self.celery_prefork else words

    @property
    def target_words(self) -> frozenset[str]:
        """The names that some version of TensorFlow lacks, if one is asked for."""
        return frozenset() if self.target is None else WORDS

    def validate(self) -> None:
        """Check the values.

        Raises:
            ValueError: one is wrong; the text is one line and names the option.
        """
        for name in self.build_methods:
            if not _IDENTIFIER.match(name):
                raise ValueError(f"tf-session-build-methods: {name!r} is not a name of a method")
