"""The way of one file through the linter: text to findings."""

from __future__ import annotations

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
    analysis = Analysis(program_of(source), options, leads, imports)
    try:
        analysis.run()
        return findings_of(analysis, filename)
    finally:
        analysis.close()
