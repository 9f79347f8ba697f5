"""The way of one file through the linter: text to findings."""

from __future__ import annotations

import ast

import libcst

from .analysis import Analysis
from .findings import Finding
from .placing import findings_of
from .positions import Positions
from .settings import Settings
from .visitor import translate


def analyse(text: str, tree: ast.Module, filename: str, options: Settings) -> list[Finding]:
    """Analyse a text that ends its lines as Python does, and of which the syntax tree is known.

    Raises:
        Exception: whatever libcst or the analysis fails with.
    """
    program = translate(libcst.parse_module(text), tree)
    analysis = Analysis(program, options)
    analysis.run()
    return findings_of(analysis, Positions(text.split("\n")), filename)
