"""What a transformation is, and the parts that several share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Union, cast

import libcst as cst

_MARK = re.compile(r"@\d+")

Statement = Union[cst.SimpleStatementLine, cst.BaseCompoundStatement]


class Transformation:
    """A change of a program's form that leaves its findings where they are.

    Attributes:
        joins: Whether statements become a call, or one statement several: of the codes of order,
            which count once a place, the most certain one of a statement is compared; and not the
            other places that findings name.
        free: Codes for which the rules say that the change does mean something. The class's
            docstring names the sentence.
    """

    joins = False
    free: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The class's name in words."""
        return re.sub(r"(?<!^)([A-Z])", r" \1", type(self).__name__).lower()

    def apply(self, module: cst.Module) -> tuple[str, int]:
        """The changed text, and at how many places it was changed."""
        raise NotImplementedError


class Rewriting(Transformation):
    """A transformation by a libcst transformer."""

    transformer: type[BlockTransformer]

    def apply(self, module: cst.Module) -> tuple[str, int]:
        """The text that the transformer makes."""
        transformer = self.transformer(module)
        changed = module.visit(transformer)
        return changed.code, transformer.places


class BlockTransformer(cst.CSTTransformer):
    """Changes the lists of statements: the module's, and those of each block in it.

    Attributes:
        places: How many places were changed.
        scopes: The functions and classes around what is visited.
    """

    def __init__(self, module: cst.Module) -> None:
        super().__init__()
        self.places = 0
        self._text = module.code
        self.scopes: list[cst.FunctionDef | cst.ClassDef] = []
        self._handled = [0]

    @property
    def is_handled(self) -> bool:
        """Whether this is in the body of a ``try`` with handlers of the same function.

        Such a handler starts from every boundary of two statements.
        """
        return self._handled[-1] > 0

    def block(self, statements: Sequence[cst.BaseStatement]) -> Sequence[cst.BaseStatement]:
        """The statements to have instead of these."""
        raise NotImplementedError

    def new_name(self, word: str) -> str:
        """A name that the program does not have."""
        self.places += 1
        name = f"{word}_{self.places}_"
        return name if name not in self._text else self.new_name(word)

    # --- the walk ---

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> bool:
        return False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.scopes.append(node)
        self._handled.append(0)

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
        self.scopes.pop()
        self._handled.pop()
        return updated_node

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self.scopes.append(node)

    def leave_ClassDef(
        self, original_node: cst.ClassDef, updated_node: cst.ClassDef
    ) -> cst.BaseStatement:
        self.scopes.pop()
        return updated_node

    def visit_Try_body(self, node: cst.Try) -> None:
        self._handled[-1] += bool(node.handlers)

    def leave_Try_body(self, node: cst.Try) -> None:
        self._handled[-1] -= bool(node.handlers)

    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        return updated_node.with_changes(body=self.block(updated_node.body))

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        return updated_node.with_changes(body=self.block(updated_node.body))


def is_fixed(statement: cst.BaseStatement) -> bool:
    """Whether a statement must stay the first of its block: a docstring, a future import."""
    if not isinstance(statement, cst.SimpleStatementLine):
        return False
    first = statement.body[0]
    if isinstance(first, cst.Expr):
        return isinstance(first.value, (cst.SimpleString, cst.ConcatenatedString))
    return (
        isinstance(first, cst.ImportFrom)
        and isinstance(first.module, cst.Name)
        and first.module.value == "__future__"
    )


def parsed(text: str) -> list[cst.BaseStatement]:
    """The statements of a text."""
    return list(cast("Sequence[cst.BaseStatement]", cst.parse_module(text).body))


def indented(statements: Sequence[cst.BaseStatement]) -> cst.IndentedBlock:
    """A block of statements."""
    return cst.IndentedBlock(body=cast("Sequence[Statement]", statements))


def marks_of(node: cst.CSTNode) -> str:
    """All marks in a node: those of what a call of it executes."""
    return " ".join(dict.fromkeys(_MARK.findall(cst.Module([]).code_for_node(node))))
