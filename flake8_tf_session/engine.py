"""The way of one file through the linter: text to findings."""

from __future__ import annotations

from .findings import Finding
from .interpreter.analysis import Analysis
from .ir.lower import program_of
from .report.attribution import findings_of
from .settings import Settings
from .text.gate import RelevantWords
from .text.imports import Imports
from .text.source import Source


def analyse(
    source: Source,
    filename: str,
    options: Settings,
    relevant: RelevantWords,
    imports: Imports | None,
) -> list[Finding]:
    """Analyse a file, whose words lead to findings.

    Raises:
        Exception: whatever libcst or the analysis fails with.
    """
    analysis = Analysis(program_of(source), options, relevant, imports)
    try:
        return findings_of(analysis.run(), filename)
    finally:
        analysis.close()
