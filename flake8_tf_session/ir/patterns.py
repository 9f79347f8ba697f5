"""The patterns of `case` clauses, told by the names of their fields: Python 3.9 has none."""

from __future__ import annotations

import ast
from typing import Any


def pattern_names(pattern: ast.AST) -> list[str]:
    """The names that a pattern binds."""
    fields = ("name", "rest")
    names = (getattr(node, field, None) for node in ast.walk(pattern) for field in fields)
    return sorted(filter(None, names))


def matches_always(pattern: Any) -> bool:
    """Whether a pattern is a name or ``_``."""
    return type(pattern).__name__ == "MatchAs" and pattern.pattern is None


def takes(pattern: Any) -> tuple[bool | None, bool]:
    """Whether a pattern matches None (None if that can't be known), and whether anything else."""
    kind = type(pattern).__name__
    if kind == "MatchSingleton" and pattern.value is None:
        return True, False
    if kind == "MatchOr":
        none, others = zip(*map(takes, pattern.patterns))
        return (True in none or (None if None in none else False)), others != (False,) * len(others)
    if kind == "MatchAs" and pattern.pattern is not None:
        return takes(pattern.pattern)
    if kind in ("MatchMapping", "MatchSequence", "MatchClass", "MatchSingleton"):
        return False, True
    if kind == "MatchValue" and isinstance(pattern.value, ast.Constant):
        return False, True
    return None, True
