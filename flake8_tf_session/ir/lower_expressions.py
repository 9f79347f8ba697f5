"""Lowering of expressions, targets and parameters, from the `ast` tree."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any, Callable, cast

from ..text.library_names import tells_versions
from .context import Context
from .liveness import words_read
from .nodes import (
    Anchor,
    Argument,
    Attribute,
    Boolean,
    Call,
    Compare,
    Comprehension,
    Conditional,
    Constant,
    DictDisplay,
    Display,
    Evaluated,
    Expression,
    Function,
    LambdaExpr,
    Name,
    NamedExpr,
    Not,
    Parameter,
    Return,
    Subscript,
    Target,
    Unpack,
    Yield,
)

_COMPARISONS = {ast.Eq: "==", ast.NotEq: "!=", ast.Is: "is", ast.IsNot: "is not"}


def lower_header(context: Context, node: ast.expr) -> Expression:
    """Lower an expression in a clause's header, which is no statement of its own."""
    context.anchor = Anchor(node, context.source)
    return lower(context, node)


def lower(context: Context, node: ast.expr) -> Expression:
    """Lower an expression."""
    return _EXPRESSIONS.get(type(node), _unknown)(context, node)


def lower_all(context: Context, nodes: Iterable[ast.expr]) -> list[Expression]:
    """Lower expressions in their order."""
    return [lower(context, node) for node in nodes]


def lower_test(context: Context, node: ast.expr) -> tuple[Expression, bool]:
    """Lower a condition; and whether it asks for a version, or whether a name exists."""
    test = lower(context, node)
    return test, context.source.tells_versions and any(
        tells_versions(word) or word in context.versions for word in words_read((test,))
    )


def _unknown(context: Context, node: ast.expr) -> Expression:
    return Evaluated([])  # pragma: no cover - syntax of a Python to come


def _name(context: Context, node: ast.Name) -> Expression:
    name = node.id
    if context.renamed:
        name = context.renamed.get(name, name)
    return Name(name)


def _primary(context: Context, node: ast.Attribute | ast.Call | ast.Subscript) -> Expression:
    """Lower ``a.b(c)[d](e)…``: a loop, since such chains get long."""
    chain: list[tuple[ast.expr, int]] = []
    current: ast.expr = node
    while True:
        if isinstance(current, ast.Call):
            context.calls += 1
            chain.append((current, context.calls))
            current = current.func
        elif isinstance(current, (ast.Attribute, ast.Subscript)):
            chain.append((current, 0))
            current = current.value
        else:
            break
    result = lower(context, current)
    for link, order in reversed(chain):
        if isinstance(link, ast.Attribute):
            result = Attribute(result, link.attr, link, context.anchor)
        elif isinstance(link, ast.Call):
            anchor = context.anchor
            arguments = [lower_argument(context, argument) for argument in link.args]
            arguments += [lower_keyword(context, keyword) for keyword in link.keywords]
            call = Call(result, arguments, link, anchor, order, context.calls)
            call.is_fallback = context.fallbacks > 0
            call.is_alternative = _name_of(current) in context.alternatives
            if isinstance(result, Call):
                result.last = context.calls
            result = call
        else:
            result = _subscript(context, result, cast(ast.Subscript, link).slice)
    return result


def _name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def lower_argument(context: Context, node: ast.expr) -> Argument:
    """Lower an argument without a keyword, or a base class."""
    star = "*" if isinstance(node, ast.Starred) else ""
    return Argument(lower(context, _unstarred(node)), None, star)


def lower_keyword(context: Context, node: ast.keyword) -> Argument:
    """Lower an argument with a keyword, or a ``**mapping``."""
    return Argument(lower(context, node.value), node.arg, "**" if node.arg is None else "")


def _subscript(context: Context, value: Expression, node: ast.expr) -> Expression:
    elements = node.elts if isinstance(node, ast.Tuple) else [node]
    if elements == [node] and not isinstance(node, ast.Slice):
        return Subscript(value, lower(context, node), [])
    others: list[Expression] = []
    for element in elements:
        if isinstance(element, ast.Slice):
            parts = (element.lower, element.upper, element.step)
            others += lower_all(context, filter(None, parts))
        else:
            others.append(lower(context, _unstarred(element)))
    return Subscript(value, None, others)


def _constant(context: Context, node: ast.Constant) -> Expression:
    return Constant(node.value)


def _format_string(context: Context, node: ast.JoinedStr) -> Expression:
    items: list[Expression] = []
    parts = list(node.values)
    while parts:
        part = parts.pop(0)
        if isinstance(part, ast.FormattedValue):
            items.append(lower(context, part.value))
            if part.format_spec is not None:
                parts[:0] = cast(ast.JoinedStr, part.format_spec).values
    return Evaluated(items)


def _display(context: Context, node: ast.Tuple | ast.List | ast.Set) -> Expression:
    starred = any(isinstance(item, ast.Starred) for item in node.elts)
    items = lower_all(context, map(_unstarred, node.elts))
    return Display(items, isinstance(node, ast.List), starred)


def _dict(context: Context, node: ast.Dict) -> Expression:
    items: list[tuple[Expression | None, Expression]] = []
    for key, value in zip(node.keys, node.values):
        lowered = None if key is None else lower(context, key)
        items.append((lowered, lower(context, value)))
    return DictDisplay(items)


def _binary(context: Context, node: ast.BinOp) -> Expression:
    operands: list[ast.expr] = []
    current: ast.expr = node
    while isinstance(current, ast.BinOp):
        operands.append(current.right)
        current = current.left
    operands.append(current)
    operands.reverse()
    return Evaluated(lower_all(context, operands), keeps=True)


def _boolean(context: Context, node: ast.BoolOp) -> Expression:
    calls = context.calls
    values = lower_all(context, node.values)
    return Boolean(isinstance(node.op, ast.And), values, context.calls != calls)


def _unary(context: Context, node: ast.UnaryOp) -> Expression:
    operand = lower(context, node.operand)
    if isinstance(node.op, ast.Not):
        return Not(operand)
    if (
        isinstance(node.op, ast.USub)
        and isinstance(operand, Constant)
        and isinstance(operand.value, (int, float))
    ):
        return Constant(-operand.value)
    return Evaluated([operand], keeps=True)


def _comparison(context: Context, node: ast.Compare) -> Expression:
    left = lower(context, node.left)
    rights = lower_all(context, node.comparators)
    operator = _COMPARISONS.get(type(node.ops[0]))
    if len(rights) == 1 and operator is not None:
        if isinstance(left, Constant) and left.value is None:
            left, rights = rights[0], [left]
        return Compare(left, operator, rights[0])
    return Evaluated([left, *rights])


def _conditional(context: Context, node: ast.IfExp) -> Expression:
    test, is_version = lower_test(context, node.test)
    context.fallbacks += is_version
    body, orelse = lower(context, node.body), lower(context, node.orelse)
    context.fallbacks -= is_version
    return Conditional(test, body, orelse)


def _named(context: Context, node: ast.NamedExpr) -> Expression:
    value = lower(context, node.value)
    context.bind(node.target.id)
    return NamedExpr(node.target.id, value)


def _lambda(context: Context, node: ast.Lambda) -> Expression:
    function = Function("<lambda>", context.anchor)
    function.parameters = lower_parameters(context, node.args)
    function.local.update(parameter.name for parameter in function.parameters)
    renamed = context.renamed
    context.enter(function)
    context.renamed = {name: new for name, new in renamed.items() if name not in function.local}
    value = lower(context, node.body)
    discard(value)
    function.body = [Return(value)]
    context.leave()
    function.words = words_read((function.parameters, value))
    context.scope.inner_words |= function.words
    return LambdaExpr(function)


def _comprehension(
    context: Context, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
) -> Expression:
    renamed = context.renamed
    clauses: list[tuple[Target, Expression, list[Expression]]] = []
    for clause in node.generators:
        iterable = lower(context, clause.iter)
        # The targets of a comprehension are names of its own: they get a spelling of their own.
        context.comprehensions += 1
        context.renamed = dict(context.renamed)
        for name in _target_names(clause.target):
            context.renamed[name] = f"{name}#{context.comprehensions}"
        target = lower_target(context, clause.target)
        clauses.append((target, iterable, lower_all(context, clause.ifs)))
    if isinstance(node, ast.DictComp):
        elements = lower_all(context, (node.key, node.value))
    else:
        elements = [lower(context, node.elt)]
    context.renamed = renamed
    return Comprehension(clauses, elements, isinstance(node, ast.GeneratorExp))


def _await(context: Context, node: ast.Await) -> Expression:
    return lower(context, node.value)


def _yield(context: Context, node: ast.Yield) -> Expression:
    context.scope.is_generator = True
    return Yield(None if node.value is None else lower(context, node.value))


def _yield_from(context: Context, node: ast.YieldFrom) -> Expression:
    context.scope.is_generator = True
    return Yield(lower(context, node.value), is_from=True)


def lower_parameters(context: Context, node: ast.arguments) -> list[Parameter]:
    """Lower the parameters of a function, in the order in which it has them."""
    plain = [(argument, "/") for argument in node.posonlyargs]
    plain += [(argument, "") for argument in node.args]
    required: list[ast.expr | None] = [None] * (len(plain) - len(node.defaults))
    parameters = [
        _parameter(context, argument, default, kind)
        for (argument, kind), default in zip(plain, [*required, *node.defaults])
    ]
    if node.vararg is not None:
        parameters.append(_parameter(context, node.vararg, None, "*"))
    for argument, default in zip(node.kwonlyargs, node.kw_defaults):
        parameters.append(_parameter(context, argument, default, "kw"))
    if node.kwarg is not None:
        parameters.append(_parameter(context, node.kwarg, None, "**"))
    return parameters


def _parameter(context: Context, node: ast.arg, default: ast.expr | None, kind: str) -> Parameter:
    return Parameter(node.arg, None if default is None else lower(context, default), kind)


def lower_target(context: Context, node: ast.expr) -> Target:
    """Lower what is assigned to, or deleted; a name is bound by that."""
    if isinstance(node, ast.Name):
        name = context.renamed.get(node.id, node.id) if context.renamed else node.id
        context.bind(name)
        return Name(name)
    if isinstance(node, (ast.Tuple, ast.List)):
        starred = any(isinstance(item, ast.Starred) for item in node.elts)
        return Unpack([lower_target(context, _unstarred(item)) for item in node.elts], starred)
    return cast("Target", lower(context, node))


def discard(expression: Expression) -> None:
    """Note the calls whose value a statement throws away; what a lambda returns often is, too."""
    if isinstance(expression, Call):
        expression.discarded = True
    elif isinstance(expression, Boolean):
        discard(expression.values[-1])
    elif isinstance(expression, Conditional):
        discard(expression.body)
        discard(expression.orelse)


def _unstarred(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Starred) else node


def _target_names(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, (ast.Tuple, ast.List)):
        return [name for element in node.elts for name in _target_names(_unstarred(element))]
    return []


_EXPRESSIONS: dict[type[ast.expr], Callable[[Context, Any], Expression]] = {
    ast.Name: _name,
    ast.Attribute: _primary,
    ast.Call: _primary,
    ast.Subscript: _primary,
    ast.Constant: _constant,
    ast.JoinedStr: _format_string,
    ast.Tuple: _display,
    ast.List: _display,
    ast.Set: _display,
    ast.Dict: _dict,
    ast.BinOp: _binary,
    ast.BoolOp: _boolean,
    ast.UnaryOp: _unary,
    ast.Compare: _comparison,
    ast.IfExp: _conditional,
    ast.NamedExpr: _named,
    ast.Lambda: _lambda,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
    ast.Await: _await,
    ast.Yield: _yield,
    ast.YieldFrom: _yield_from,
}
