"""What single nodes of an `ast` tree say."""

from __future__ import annotations

import ast
from typing import NamedTuple


def last_name(node: ast.AST) -> str:
    """The last name of an expression, as ``c`` of ``a.b.c``; empty if it has none."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def attributes_of(node: ast.expr) -> tuple[ast.expr, list[str]]:
    """What an expression begins with, and the attributes that follow: ``a``, and ``b``, ``c`` of
    ``a.b.c``.
    """
    attributes = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
    return node, attributes[::-1]


def is_dotted(node: ast.expr) -> bool:
    """Whether an expression is a name, or attributes of one."""
    return isinstance(attributes_of(node)[0], ast.Name)


def main_guard(test: ast.expr) -> bool | None:
    """Whether a test holds only in a module that is run as a script (``__name__ == "__main__"``),
    or, False, only in one that is imported; None where it asks something else.
    """
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    name, text = test.left, test.comparators[0]
    if isinstance(name, ast.Constant):
        name, text = text, name
    if not isinstance(name, ast.Name) or name.id != "__name__":
        return None
    if not isinstance(text, ast.Constant) or text.value != "__main__":
        return None
    if isinstance(test.ops[0], ast.Eq):
        return True
    return False if isinstance(test.ops[0], ast.NotEq) else None


class Binding(NamedTuple):
    """A name that an import binds.

    Attributes:
        name: The name in the file; ``*`` for a star.
        module: The module that the import names, without its dots; empty if it has only dots.
        member: What is imported from it; empty where that is the module itself.
        is_relative: Whether the module's name begins with dots.
        is_alias: Whether the name is the import's own (``as``).
    """

    name: str
    module: str
    member: str
    is_relative: bool
    is_alias: bool

    @property
    def dotted(self) -> str:
        """What is imported, by its whole name."""
        return f"{self.module}.{self.member}" if self.member else self.module


def bindings(node: ast.Import | ast.ImportFrom) -> list[Binding]:
    """The names that an import binds."""
    if isinstance(node, ast.Import):
        return [
            Binding(
                alias.asname or alias.name.partition(".")[0],
                alias.name,
                "",
                is_relative=False,
                is_alias=alias.asname is not None,
            )
            for alias in node.names
        ]
    return [
        Binding(
            alias.asname or alias.name,
            node.module or "",
            alias.name,
            is_relative=node.level > 0,
            is_alias=alias.asname is not None,
        )
        for alias in node.names
    ]


def parameter_names(arguments: ast.arguments) -> list[str]:
    """The names of a function's parameters, in its order."""
    groups = (
        arguments.posonlyargs,
        arguments.args,
        filter(None, (arguments.vararg,)),
        arguments.kwonlyargs,
        filter(None, (arguments.kwarg,)),
    )
    return [each.arg for group in groups for each in group]
