"""The gate: whether a file can have a finding at all, decided before anything is parsed."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

_LIBRARY = re.compile(r"tensorflow|keras")


def text_may_matter(text: str, words: frozenset[str]) -> bool:
    """Whether a text names a library and one of the words without which it has no finding."""
    return _LIBRARY.search(text) is not None and _pattern(words).search(text) is not None


@lru_cache(maxsize=4)
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words)))


def tree_may_matter(tree: ast.Module, words: frozenset[str]) -> bool:
    """Whether one of the words is code, not a comment or a text."""
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
        if word in words:
            return True
    return False
