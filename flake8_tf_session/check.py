"""The linter as a library."""

from __future__ import annotations

import ast

from .catalogue import CODES
from .findings import Finding
from .gate import text_may_matter, tree_may_matter
from .settings import Settings


def check_source(
    source: str, filename: str = "<string>", options: Settings | None = None
) -> list[Finding]:
    """Check the text of a Python file.

    Args:
        source: The text, with any line ends.
        filename: The file's name, for the findings' related places. No file is opened.
        options: The plugin's options; the defaults where there are none.

    Returns:
        The findings of all codes, in the order of their places. What can't be analysed is a
        finding as well (TFS900).
    """
    options = options or Settings()
    if not text_may_matter(source, options.words):
        return []
    try:
        tree = ast.parse(_normalized(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return [_not_analysed(getattr(error, "lineno", None) or 1, error)]
    return check_tree(source, tree, filename, options)


def check_tree(text: str, tree: ast.Module, filename: str, options: Settings) -> list[Finding]:
    """Check a text of which the syntax tree is known; whatever goes wrong is a finding (TFS900)."""
    words = options.words
    if not text_may_matter(text, words) or not tree_may_matter(tree, words):
        return []
    # Importing libcst takes longer than checking most files: only a file that needs it pays.
    from .engine import analyse

    try:
        return analyse(_normalized(text), tree, filename, options)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # libcst's parser panics with an exception that is no `Exception`; one file's trouble must
        # not cost the results of all others.
        return [_not_analysed(1, error)]


def _normalized(text: str) -> str:
    """The text with the line ends that `ast` counts by."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_analysed(line: int, error: BaseException) -> Finding:
    if isinstance(error, RecursionError):
        reason = "it is nested too deeply"
    elif isinstance(error, SyntaxError):
        reason = f"SyntaxError: {error.msg}"
    else:
        lines = str(error).strip().splitlines()
        reason = ": ".join([type(error).__name__, *lines[:1]])
    message = CODES["TFS900"].message.format(subject="the file", via="", related="", reason=reason)
    return Finding("TFS900", message, line, 0, line, 0, None)
