"""What a file says of the process that it runs in: environment variables, a server's threads."""

from __future__ import annotations

import ast

from .syntax import last_name

_ENVIRONMENT_METHODS = frozenset(("putenv", "setdefault", "setenv", "update"))


def sets_variable(tree: ast.Module, name: str) -> bool:
    """Whether a file sets an environment variable."""
    return any(_sets_variable(node, name) for node in ast.walk(tree))


def _sets_variable(node: ast.AST, name: str) -> bool:
    def names(value: ast.AST | None) -> bool:
        return isinstance(value, ast.Constant) and value.value == name

    if isinstance(node, ast.Assign):
        targets = [target for target in node.targets if isinstance(target, ast.Subscript)]
        return any(names(target.slice) for target in targets)
    if not isinstance(node, ast.Call) or last_name(node.func) not in _ENVIRONMENT_METHODS:
        return False
    displays = [value for value in node.args if isinstance(value, ast.Dict)]
    return (
        any(keyword.arg == name or names(keyword.value) for keyword in node.keywords)
        or any(names(value) for value in node.args)
        or any(names(key) for display in displays for key in display.keys)
    )


def may_be_unthreaded(tree: ast.Module) -> bool:
    """Whether a call has ``threaded=False``, or one that can't be known: `app.run()` of Flask."""
    for node in ast.walk(tree):
        pairs: list[tuple[object, ast.expr]] = []
        if isinstance(node, ast.Call):
            pairs = [(keyword.arg, keyword.value) for keyword in node.keywords]
        elif isinstance(node, ast.Dict):
            keys = (getattr(key, "value", None) for key in node.keys)
            pairs = list(zip(keys, node.values))
        for name, value in pairs:
            if name == "threaded" and not (isinstance(value, ast.Constant) and value.value):
                return True
    return False
