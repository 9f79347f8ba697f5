"""The folders that a file adds to ``sys.path``, as far as its text tells."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator

_ADDED = re.compile(r"\bsys\.path\.(?:append\(|insert\(\s*-?\d+\s*,)")
# An argument that is longer is no path.
_LENGTH_LIMIT = 400
_SAME = frozenset(("abspath", "normpath", "realpath", "str"))


def added_folders(text: str, path: str, root: str) -> Iterator[str]:
    """The folders that the file at a path adds to ``sys.path``.

    What a relative path means depends on where the program is started: in the file's own folder, or
    at the top of its tree.
    """
    for match in _ADDED.finditer(text):
        argument = _argument(text[match.end() : match.end() + _LENGTH_LIMIT])
        folder = None if argument is None else _value(argument, path)
        if folder:
            for base in (os.path.dirname(path), root):
                yield os.path.normpath(os.path.join(base, folder))


def _argument(text: str) -> ast.expr | None:
    """The expression with which a text begins, up to the parenthesis that closes the call."""
    depth = 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            try:
                return ast.parse(text[:index].strip().rstrip(","), mode="eval").body
            except (SyntaxError, ValueError):
                return None
    return None


def _value(node: ast.expr, path: str) -> str | None:
    """A path that is spelled by literals, ``__file__`` and the functions of ``os.path``."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return path if node.id == "__file__" else None
    if not isinstance(node, ast.Call):
        return None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    values = [_value(argument, path) for argument in node.args]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    if name == "join":
        return os.path.join(*known)
    if name == "dirname":
        return os.path.dirname(known[0])
    return known[0] if name in _SAME else None
