"""The way of one file through the linter: text to findings."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from .analysis import Analysis
from .findings import Finding
from .gate import Leads
from .imports import Imports
from .placing import findings_of
from .project import Source
from .settings import Settings
from .translation import program_of


def analyse(
    source: Source, filename: str, options: Settings, leads: Leads, imports: Imports | None
) -> list[Finding]:
    """Analyse a file, whose words lead to findings.

    Raises:
        Exception: whatever libcst or the analysis fails with.
    """
    with _no_collector():
        analysis = Analysis(program_of(source), options, leads, imports)
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
