"""The way of one file through the linter: text to findings."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from .analysis import Analysis
from .findings import Finding
from .imports import Imports
from .placing import findings_of
from .project import Source
from .settings import Settings
from .visitor import translate


def analyse(
    source: Source, filename: str, options: Settings, hot: frozenset[str], imports: Imports | None
) -> list[Finding]:
    """Analyse a file; ``hot`` are the words through which other files lead to a session.

    Raises:
        Exception: whatever libcst or the analysis fails with.
    """
    with _no_collector():
        analysis = Analysis(translate(source), options, hot, imports)
        analysis.run()
        return findings_of(analysis, filename)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Leave garbage uncollected for the time of one file.

    A syntax tree is a great many objects that all stay: looking through them again and again takes
    about as long as parsing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
