"""One statement made into several."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from tests.metamorphic.scopes import names
from tests.metamorphic.transformation import BlockTransformer, Rewriting


class Split(Rewriting):
    """Each call within a statement becomes a statement before it: ``x = f(g())``.

    Calls go in the order of evaluation: what is evaluated before one is a name, a constant, or the
    name of what is called, none of which the call can change. A call that may not happen, or that
    happens more than once (in a conditional, ``and``, a comprehension, a lambda), ends it. So does
    an attribute that is read before the call. Nothing is split in the body of a ``try`` with
    handlers: they start from every boundary of two statements. Nor in a class's body, where the
    new names would be attributes. ``get_session()`` ends it too: a session of Keras' own that has a
    name is held, and what is registered may be that one.
    """

    joins = True

    class transformer(BlockTransformer):
        def block(self, statements: Sequence[cst.BaseStatement]) -> Sequence[cst.BaseStatement]:
            if self.is_handled or (self.scopes and isinstance(self.scopes[-1], cst.ClassDef)):
                return statements
            found: list[cst.BaseStatement] = []
            for each in statements:
                found += self._split(each)
            return found

        def _split(self, statement: cst.BaseStatement) -> list[cst.BaseStatement]:
            if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) > 1:
                return [statement]
            small = statement.body[0]
            if not isinstance(small, (cst.Assign, cst.Expr, cst.Return)) or small.value is None:
                return [statement]
            whole = isinstance(small, cst.Return)
            before: list[cst.BaseStatement] = []
            value = small.value
            while True:
                call = _first_call(value)
                if call is None or (call is value and not whole):
                    break
                if "get_session" in names(call.func).words:
                    break
                name = self.new_name("part")
                # Within parentheses it may have taken several lines.
                alone = call.with_changes(
                    lpar=[cst.LeftParen(), *call.lpar], rpar=[*call.rpar, cst.RightParen()]
                )
                bound = cst.Assign([cst.AssignTarget(cst.Name(name))], alone)
                before.append(
                    cst.SimpleStatementLine(
                        [bound], trailing_whitespace=statement.trailing_whitespace
                    )
                )
                replaced = value.deep_replace(call, cst.Name(name))
                assert isinstance(replaced, cst.BaseExpression)
                value = replaced
            rest = statement.with_changes(body=[small.with_changes(value=value)])
            if before:
                first = before[0]
                assert isinstance(first, cst.SimpleStatementLine)
                before[0] = first.with_changes(leading_lines=statement.leading_lines)
                rest = rest.with_changes(leading_lines=[])
            return [*before, rest]


class _Stop(Exception):
    """What is evaluated next can't be followed, or may be changed by a later call."""


def _first_call(value: cst.BaseExpression) -> cst.Call | None:
    """The call that an expression evaluates first, None if something else comes before it."""
    try:
        return _search(value)
    except _Stop:
        return None


def _search(node: cst.CSTNode) -> cst.Call | None:
    if isinstance(node, cst.Call):
        if any(arg.star for arg in node.args):
            # Python evaluates `**` and `*` in the order they stand; a display of them is unusual.
            raise _Stop
        found = _callee(node.func)
        for arg in node.args:
            found = found or _search(arg.value)
        return found or node
    if isinstance(node, (cst.Tuple, cst.List, cst.Set)):
        found = None
        for element in node.elements:
            found = found or _search(element.value)
        return found
    if isinstance(node, cst.BinaryOperation):
        return _search(node.left) or _search(node.right)
    if isinstance(node, cst.Attribute):
        found = _search(node.value)
        if found is None:
            raise _Stop
        return found
    if isinstance(node, cst.Subscript) and isinstance(node.slice[0].slice, cst.Index):
        found = _search(node.value) or _search(node.slice[0].slice.value)
        if found is None:
            raise _Stop
        return found
    if isinstance(node, (cst.Name, cst.BaseNumber, cst.SimpleString)):
        return None
    raise _Stop


def _callee(node: cst.BaseExpression) -> cst.Call | None:
    """The first call in what is called; reading the attributes of names is nothing."""
    while isinstance(node, cst.Attribute):
        node = node.value
    return None if isinstance(node, cst.Name) else _search(node)
