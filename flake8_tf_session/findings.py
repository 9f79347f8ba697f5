"""What the linter says about a file."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A range of a file: lines count from 1, columns from 0 in characters, the end is exclusive."""

    filename: str
    line: int
    column: int
    end_line: int
    end_column: int


class Finding(NamedTuple):
    """One finding.

    Attributes:
        code: The rule's code, ``TFS101``.
        message: What is wrong, why it matters and what to do, in one line and without the code.
        line: The line, from 1.
        column: The column, from 0, in characters.
        end_line: The line of the range's end.
        end_column: The column behind the range's end.
        related: The place that the message refers to (the ``set_session()`` call, say), if any.
    """

    code: str
    message: str
    line: int
    column: int
    end_line: int
    end_column: int
    related: Place | None
