"""Cells of a notebook: a fix stays in the cell of its finding."""

from __future__ import annotations

import re

from .draft import Draft
from .refusal import Refused

SEPARATOR = re.compile(r"# ?%%|# In\[")
"""What nbQA, Jupytext and the editors put above a cell."""


def check_cells(before: Draft, after: Draft) -> None:
    """Check that every line is still in its cell.

    Raises:
        Refused: one is not. Whoever runs a notebook cell by cell would run another program; and
            what nbQA writes for a magic must stay the first line of its cell.
    """
    cells = _cells(after)
    if any(cells.get(line, number) != number for line, number in _cells(before).items()):
        raise Refused("lines would move to another cell of the notebook")


def _cells(draft: Draft) -> dict[int, int]:
    """The cell of each line that stood in the first text."""
    cells = {}
    number = 0
    for line, (origin, *_) in zip(draft.lines, draft.origins):
        number += SEPARATOR.match(line) is not None
        if origin is not None:
            cells[origin[0]] = number
    return cells
