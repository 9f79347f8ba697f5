"""The linter as a library."""

from __future__ import annotations

import ast
import re

import libcst

from .analysis import Analysis
from .catalogue import CODES
from .findings import Finding
from .placing import findings_of
from .positions import Positions
from .settings import Settings
from .visitor import translate

# What a file must have to be worth parsing: a library's name, and a word of its sessions.
_LIBRARY = re.compile(r"tensorflow|keras")
_SESSION = re.compile(r"set_session|Session|managed_session|prepare_or_wait_for_session")


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
    if not may_matter(source):
        return []
    text = _normalized(source)
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return [_not_analysed(getattr(error, "lineno", None) or 1, _describe(error))]
    return check_tree(text, tree, filename, options or Settings())


def may_matter(source: str) -> bool:
    """Whether a text can have a finding at all."""
    return _SESSION.search(source) is not None and _LIBRARY.search(source) is not None


def check_tree(text: str, tree: ast.Module, filename: str, options: Settings) -> list[Finding]:
    """Check a text of which the syntax tree is known; whatever goes wrong is a finding (TFS900)."""
    text = _normalized(text)
    try:
        module = libcst.parse_module(text)
        program = translate(module, tree)
        analysis = Analysis(program, options)
        analysis.run()
        return findings_of(analysis, Positions(text.split("\n")), filename)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # libcst's parser panics with an exception that is no `Exception`; one file's trouble must
        # not cost the results of all others.
        return [_not_analysed(1, _describe(error))]


def _normalized(text: str) -> str:
    """The text with the line ends that `ast` counts by."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _describe(error: BaseException) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, SyntaxError):
        return f"SyntaxError: {error.msg}"
    if isinstance(error, libcst.ParserSyntaxError):
        return f"libcst can't parse it ({error.message.splitlines()[0]})"
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__


def _not_analysed(line: int, reason: str) -> Finding:
    message = CODES["TFS900"].message.format(subject="the file", via="", related="", reason=reason)
    return Finding("TFS900", message, line, 0, line, 0, None)
