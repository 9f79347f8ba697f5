"""Lowering of a file to the IR, from the `ast` tree that flake8 has anyway, once for each text."""

from __future__ import annotations

import ast

from ..text.source import Source
from .context import Context, Surroundings
from .lower_statements import lower_block
from .nodes import MODULE_NAME, Anchor, Function, Program


def program_of(source: Source) -> Program:
    """The IR of a file.

    Raises:
        RecursionError, MemoryError: the text is nested too deeply. So it is here and now: another
            time there may be more room.
        SyntaxError, ValueError: the text has no syntax tree.
    """
    return source.made(lowered)


def lowered(source: Source) -> Program:
    """A new IR of a file; it fails as `program_of` does."""
    start = ast.Pass(lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)
    module = Function(MODULE_NAME, Anchor(start, source), words=source.index.words)
    context = Context(source, module, 0, Surroundings(0, frozenset(), frozenset()))
    module.body = lower_block(context, source.tree.body)
    return Program(source, module)
