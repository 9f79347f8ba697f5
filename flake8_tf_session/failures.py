"""Failures: of the linter, and of the parser that it uses."""

from __future__ import annotations


def is_failure(error: BaseException) -> bool:
    """Whether an exception is a failure of the analysis, and no way to end it that a caller has.

    libcst's parser panics with an exception that is no `Exception`.
    """
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


class UnparsableError(Exception):
    """libcst can't parse what Python can."""
