"""The gate: whether a file can have a finding at all, decided before anything is parsed."""

from __future__ import annotations

import ast
import re

from .vocabulary import SESSION_WORDS

_LIBRARY = re.compile(r"tensorflow|keras")
_SESSION = re.compile("|".join(sorted(SESSION_WORDS)))


def text_may_matter(text: str) -> bool:
    """Whether a text names a library and one of the words without which there is no session."""
    return _SESSION.search(text) is not None and _LIBRARY.search(text) is not None


def tree_may_matter(tree: ast.Module) -> bool:
    """Whether one of those words is code, not a comment or a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            word = node.attr
        elif isinstance(node, ast.Name):
            word = node.id
        elif isinstance(node, ast.alias):
            word = node.name
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            # `getattr(tf, "Session")`
            word = node.value
        else:
            continue
        if word in SESSION_WORDS:
            return True
    return False
