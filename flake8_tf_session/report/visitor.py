"""The libcst visitor: goes through the statements in which a flow went wrong, and flags the calls,
attributes and headers that findings name.

A lossless tree knows the place of every name on every Python; Python's own tree misplaces what
stands in f-strings before 3.12, and has no place for a header's end. Only such statements are
parsed by libcst, each alone: where nothing is found, libcst is not even imported.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import NamedTuple, Union, cast

import libcst as cst
from libcst.metadata import CodePosition, CodeRange, MetadataWrapper, PositionProvider

from .positions import Range, first_line

_Compound = Union[ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.With, ast.AsyncWith]
_COMPOUND = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.With, ast.AsyncWith)
_NO_BODY = cst.SimpleStatementSuite([cst.Pass()])
# libcst's parser has no limit of its own: deeper expressions overflow the stack, which ends Python.
DEPTH_LIMIT = 5_500


class Flagged(NamedTuple):
    """What was flagged in a statement.

    Attributes:
        whole: The statement; of a compound one, its header.
        links: Each call and attribute, and the last name of it, by its node.
    """

    whole: Range
    links: dict[ast.AST, tuple[Range, Range]]


class StatementVisitor(cst.CSTVisitor):
    """Flags the calls and attributes of a statement, in the order in which they begin."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[CodeRange, CodeRange]] = []

    def visit_Call(self, node: cst.Call) -> None:
        self._flag(node, node.func)

    def visit_Attribute(self, node: cst.Attribute) -> None:
        self._flag(node, node)

    def _flag(self, node: cst.BaseExpression, last: cst.BaseExpression) -> None:
        name = last.attr if isinstance(last, cst.Attribute) else last
        whole, named = (self.get_metadata(PositionProvider, each) for each in (node, name))
        self.links.append((whole, named))


def flag(lines: Sequence[str], node: ast.stmt | ast.expr) -> Flagged:
    """Flag what stands in a statement, or in an expression of a clause's header.

    Args:
        lines: The lines of the file.
        node: A simple statement, one that has a header and a body, or an expression.

    Raises:
        RecursionError: it is nested too deeply.
        BaseException: libcst can't parse it; its parser panics with one that is no `Exception`.
    """
    module, statement = _header(lines, node) if isinstance(node, _COMPOUND) else _alone(lines, node)
    wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
    visitor = StatementVisitor()
    wrapper.visit(visitor)
    printed = wrapper.resolve(PositionProvider)[statement]
    # An expression begins after the parenthesis that was put before it, or with one of its own.
    first = CodePosition(1, 1) if isinstance(node, ast.expr) else printed.start
    column = len(_before(lines[node.lineno - 1], node))

    def place(position: CodePosition) -> tuple[int, int]:
        shift = column - first.column if position.line == first.line else 0
        return position.line - first.line + node.lineno, position.column + shift

    def moved(range_: CodeRange) -> Range:
        return Range(*place(range_.start), *place(range_.end))

    whole = moved(printed)
    if isinstance(node, _COMPOUND):
        # It was printed with another body, on the line where its header ends.
        whole = whole._replace(end_column=whole.end_column - len(" pass"))
    links = [(moved(link), moved(name)) for link, name in visitor.links]
    return Flagged(whole, dict(zip(_links(node), links)))


def _links(node: ast.AST) -> list[ast.Call | ast.Attribute]:
    """The calls and attributes of a statement's header or an expression, as the visitor meets
    them.
    """
    links: list[ast.Call | ast.Attribute] = []
    pending: list[ast.AST] = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, (ast.Call, ast.Attribute)):
            links.append(current)
        pending += reversed(_parts(current))
    return links


def _parts(node: ast.AST) -> list[ast.AST]:
    """The parts of a node, in the order of the text; not the body of a statement."""
    parts: Sequence[ast.AST | None]
    if isinstance(node, ast.Call):
        passed: list[ast.expr | ast.keyword] = [*node.args, *node.keywords]
        parts = [node.func, *sorted(passed, key=lambda each: (each.lineno, each.col_offset))]
    elif isinstance(node, ast.IfExp):
        parts = [node.body, node.test, node.orelse]
    elif isinstance(node, ast.Dict):
        parts = [each for pair in zip(node.keys, node.values) for each in pair]
    elif isinstance(node, ast.arguments):
        plain = [*node.posonlyargs, *node.args]
        defaults = [*[None] * (len(plain) - len(node.defaults)), *node.defaults]
        parts = [each for pair in zip(plain, defaults) for each in pair]
        parts = [*parts, node.vararg]
        parts += [each for pair in zip(node.kwonlyargs, node.kw_defaults) for each in pair]
        parts += [node.kwarg]
    elif isinstance(node, _COMPOUND):
        first = [*getattr(node, "decorator_list", ()), *getattr(node, "type_params", ())]
        rest = (each for each in ast.iter_child_nodes(node) if each not in first)
        parts = [*first, *(each for each in rest if not isinstance(each, ast.stmt))]
    else:
        parts = list(ast.iter_child_nodes(node))
    return [each for each in parts if each is not None]


def _alone(lines: Sequence[str], node: ast.stmt | ast.expr) -> tuple[cst.Module, cst.CSTNode]:
    """A module of a simple statement or an expression, and what stands for it there."""
    assert node.end_lineno is not None
    encoded = [_encoded(line) for line in lines[node.lineno - 1 : node.end_lineno]]
    encoded[-1] = encoded[-1][: node.end_col_offset]
    encoded[0] = encoded[0][node.col_offset :]
    text = _decoded(b"\n".join(encoded))
    _check_depth(node, text)
    if isinstance(node, ast.expr):
        # In parentheses it may take several lines.
        module = cst.parse_module(f"({text})")
        return module, cst.ensure_type(_first(module.body), cst.Expr).value
    module = cst.parse_module(text)
    return module, _first(module.body)


def _header(lines: Sequence[str], node: _Compound) -> tuple[cst.Module, cst.CSTNode]:
    """A module of a compound statement at its own indentation, without its body."""
    first, last = first_line(lines, node), first_line(lines, node.body[0])
    # A form feed begins it anew.
    indentation = lines[first - 1][: node.col_offset].rpartition("\f")[2]
    text = "\n".join([*lines[first - 1 : last - 1], _before(lines[last - 1], node.body[0])])
    _check_depth(node, text)
    if indentation:
        text = f"if _:\n{text}"
    outer: cst.CSTNode = cst.parse_module(f"{text}pass").body[0]
    if indentation:
        outer = cst.ensure_type(outer, cst.If).body.body[0]
    statement = cast(cst.BaseCompoundStatement, outer)
    statement = statement.with_changes(body=_NO_BODY, leading_lines=())
    module = cst.Module([statement])
    if indentation:
        block = cst.IndentedBlock([statement], indent=indentation)
        module = cst.Module([cst.If(cst.Name("_"), block)])
    return module, statement


def _first(body: Sequence[cst.CSTNode]) -> cst.CSTNode:
    """The first of the statements on the first line."""
    return cst.ensure_type(body[0], cst.SimpleStatementLine).body[0]


def _before(line: str, node: ast.stmt | ast.expr) -> str:
    """What stands before a node on its line."""
    return _decoded(_encoded(line)[: node.col_offset])


def _encoded(text: str) -> bytes:
    """A text as the columns of `ast` count it."""
    return text.encode("utf-8", "surrogatepass")


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "surrogatepass")


def _check_depth(node: ast.AST, text: str) -> None:
    """Check how deep the expressions of a statement are, as libcst builds them.

    Raises:
        RecursionError: too deep.
    """
    if len(text) <= DEPTH_LIMIT:
        # Each level has a character at least.
        return
    pending: list[tuple[ast.AST, int]] = [(node, 0)]
    while pending:
        current, depth = pending.pop()
        # `a or b or c` is one node here, and one in the other there.
        depth += len(current.values) if isinstance(current, ast.BoolOp) else 1
        if depth > DEPTH_LIMIT:
            raise RecursionError(f"expressions are nested deeper than {DEPTH_LIMIT}")
        pending += [(child, depth) for child in _parts(current)]
