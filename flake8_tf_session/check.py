"""The linter as a library.

Each step imports what it needs itself: most runs of flake8, and most files, end early.
"""

from __future__ import annotations

import ast
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .catalogue import CODES
from .failures import is_failure
from .findings import Finding
from .settings import Settings
from .stack import fresh_stack

if TYPE_CHECKING:
    from .text.project import Project


def check_source(
    source: str, filename: str = "<string>", options: Settings | None = None
) -> list[Finding]:
    """Check the text of a Python file.

    Args:
        source: The text, with any line ends, with or without a byte order mark.
        filename: The file's name, for the findings' related places and to find the files of its
            project that it imports; the file itself is not opened. Where it is no path, as
            ``<string>``, nothing is opened.
        options: The plugin's options; the defaults where there are none.

    Returns:
        The findings of all codes, in the order of their places. What can't be analysed is a
        finding as well (TFS900).
    """
    from .text.project import Project
    from .text.source import MARK, Source, normalized, parsed

    options = options or Settings()
    text = normalized(source.removeprefix(MARK))
    try:
        tree = parsed(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        from .text.gate import may_matter

        if not may_matter(Source(filename, text), options):
            return []
        return [_not_analysed(getattr(error, "lineno", None) or 1, error)]
    return check_tree(text, tree, filename, options, Project())


def check_tree(
    text: str, tree: ast.Module, filename: str, options: Settings, project: Project
) -> list[Finding]:
    """Check a text of which the syntax tree is known; whatever fails is a finding (TFS900).

    The project is that of all files that are checked together.
    """
    from .text.source import Source, normalized

    try:
        with _collector_off(), fresh_stack():
            text = normalized(text)
            followed: Project | None = None
            source = Source(filename, text)
            if options.follow_imports and not filename.startswith("<"):
                followed = project
                source = project.checked(os.path.abspath(filename), text)
            if not source.names_library and not (followed and followed.imported_by(source)):
                return []
            from .text.gate import gate
            from .text.imports import imports_of

            imports = None if followed is None else imports_of(followed)
            with source.with_tree(tree):
                relevant = gate(source, options, imports)
                if relevant is None:
                    return []
                # This takes longer than checking most files.
                from .engine import analyse

                return analyse(source, filename, options, relevant, imports)
    except BaseException as error:
        if not is_failure(error):
            raise
        # One file's trouble must not cost the results of all others.
        return [_not_analysed(1, error)]


@contextmanager
def _collector_off() -> Iterator[None]:
    """Leave garbage uncollected for the time of one file.

    A syntax tree is a great many objects that all stay: looking through them again and again takes
    about as long as parsing. What a check leaves behind is free of circles.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _not_analysed(line: int, error: BaseException) -> Finding:
    if isinstance(error, RecursionError):
        reason = "it is nested too deeply; nest it less"
    elif isinstance(error, MemoryError):
        # Older parsers of Python say so of deep nesting, too.
        reason = "there is not enough memory for it; split it, or nest it less"
    elif isinstance(error, SyntaxError):
        reason = f"SyntaxError: {error.msg}; make it valid for the Python that runs the linter"
    else:
        lines = str(error).strip().splitlines()
        reason = ": ".join([type(error).__name__, *lines[:1]])
        reason += "; this is a fault of the linter, please report it"
    message = CODES["TFS900"].message.format(subject="the file", via="", related="", reason=reason)
    return Finding("TFS900", message, line, 0, line, 0, None)
