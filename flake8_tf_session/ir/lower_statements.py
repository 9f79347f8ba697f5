"""Lowering of statements and definitions, from the `ast` tree.

The body of a function is lowered when it is first asked for.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import partial
from typing import Any, Callable, Union

from ..text.source import Source
from ..text.syntax import main_guard
from .context import Context, Surroundings
from .lower_expressions import (
    discard,
    lower,
    lower_all,
    lower_argument,
    lower_header,
    lower_keyword,
    lower_parameters,
    lower_target,
    lower_test,
)
from .nodes import (
    MODULE_NAME,
    Anchor,
    Assert,
    Assign,
    AugmentedAssign,
    Block,
    Break,
    Case,
    ClassDef,
    Continue,
    Delete,
    Evaluate,
    Expression,
    For,
    Function,
    FunctionDef,
    GivenUp,
    Handler,
    If,
    Import,
    ImportFrom,
    Match,
    Name,
    Raise,
    Return,
    Statement,
    Target,
    Try,
    Unpack,
    While,
    With,
)
from .patterns import matches_always, pattern_names, takes
from .rounds import counter_of, goes_on

_FunctionNode = Union[ast.FunctionDef, ast.AsyncFunctionDef]


def lower_block(context: Context, nodes: Sequence[ast.stmt]) -> Block:
    """Lower the statements of a block."""
    block: Block = []
    fallbacks = context.fallbacks
    for node in nodes:
        lower_statement = _STATEMENTS.get(type(node), _nothing)
        context.anchor = Anchor(node, context.source)
        statement = lower_statement(context, node)
        if statement is not None:
            block.append(statement)
    context.fallbacks = fallbacks
    return block


def _nothing(context: Context, node: ast.stmt) -> None:
    """A statement that does nothing, or one of a Python to come."""


def _expr_statement(context: Context, node: ast.Expr) -> Statement | None:
    if isinstance(node.value, ast.Constant):
        return None
    value = lower(context, node.value)
    discard(value)
    return Evaluate(value)


def _assign(context: Context, node: ast.Assign) -> Statement:
    value, is_version = lower_test(context, node.value)
    targets = [lower_target(context, target) for target in node.targets]
    if is_version:
        context.versions.update(target.id for target in targets if isinstance(target, Name))
    return Assign(targets, value, context.anchor)


def _annotated_assign(context: Context, node: ast.AnnAssign) -> Statement | None:
    target = lower_target(context, node.target)
    if node.value is None:
        return None
    return Assign([target], lower(context, node.value), context.anchor)


def _augmented_assign(context: Context, node: ast.AugAssign) -> Statement:
    target = lower_target(context, node.target)
    assert not isinstance(target, Unpack)
    return AugmentedAssign(target, lower(context, node.value))


def _delete(context: Context, node: ast.Delete) -> Statement:
    return Delete([lower_target(context, target) for target in node.targets])


def _return(context: Context, node: ast.Return) -> Statement:
    return Return(None if node.value is None else lower(context, node.value))


def _raise(context: Context, node: ast.Raise) -> Statement:
    return Raise(lower_all(context, filter(None, (node.exc, node.cause))))


def _assert(context: Context, node: ast.Assert) -> Statement:
    test = lower(context, node.test)
    return Assert(test, lower_all(context, filter(None, (node.msg,))))


def _break(context: Context, node: ast.Break) -> Statement:
    return Break()


def _continue(context: Context, node: ast.Continue) -> Statement:
    return Continue()


def _import(context: Context, node: ast.Import) -> Statement:
    names = [(alias.name, alias.asname) for alias in node.names]
    for dotted, bound in names:
        context.bind_import(dotted.split(".", 1)[0] if bound is None else bound)
    return Import(names, context.anchor)


def _import_from(context: Context, node: ast.ImportFrom) -> Statement:
    names: list[tuple[str, str | None]] | None = None
    if node.names[0].name != "*":
        names = [(alias.name, alias.asname) for alias in node.names]
        for name, bound in names:
            context.bind_import(name if bound is None else bound)
    return ImportFrom(node.module or "", node.level, names, context.anchor)


def _global(context: Context, node: ast.Global) -> None:
    context.scope.global_names.update(node.names)


def _nonlocal(context: Context, node: ast.Nonlocal) -> None:
    context.scope.nonlocal_names.update(node.names)


def _if(context: Context, node: ast.If) -> Statement:
    # A loop over the elifs: generated code has thousands of them.
    branches: list[If] = []
    versions = 0
    current = node
    while True:
        context.anchor = Anchor(current.test, context.source)
        test, is_version = lower_test(context, current.test)
        versions += is_version
        context.fallbacks += is_version
        branch = If(test, lower_block(context, current.body), [], main_guard(current.test))
        if context.counter:
            branch.counter = context.counter
            branch.goes_on = goes_on(current.test, context.counter)
        branches.append(branch)
        if len(current.orelse) != 1 or not isinstance(current.orelse[0], ast.If):
            break
        current = current.orelse[0]
    orelse = lower_block(context, current.orelse)
    context.fallbacks -= versions
    if versions and branches[0].body and isinstance(branches[0].body[-1], (Return, Raise)):
        # The rest of the block is for other versions.
        context.fallbacks += 1
    for branch in reversed(branches):
        branch.orelse = orelse
        orelse = [branch]
    return branches[0]


def _while(context: Context, node: ast.While) -> Statement:
    test = lower_header(context, node.test)
    body = lower_block(context, node.body)
    return While(test, body, lower_block(context, node.orelse))


def _for(context: Context, node: ast.For | ast.AsyncFor) -> Statement:
    iterable = lower_header(context, node.iter)
    context.anchor = Anchor(node.target, context.source)
    target = lower_target(context, node.target)
    outer, context.counter = context.counter, counter_of(node)
    body = lower_block(context, node.body)
    loop = For(target, iterable, body, [], context.counter)
    context.counter = outer
    loop.orelse = lower_block(context, node.orelse)
    return loop


def _try(context: Context, node: ast.Try) -> Statement:
    context.fallbacks += bool(node.handlers)
    body = lower_block(context, node.body)
    handlers = []
    for handler in node.handlers:
        type_ = None if handler.type is None else lower_header(context, handler.type)
        if handler.name is not None:
            context.bind(handler.name)
        handlers.append(Handler(type_, handler.name, lower_block(context, handler.body)))
    context.fallbacks -= bool(node.handlers)
    orelse = lower_block(context, node.orelse)
    return Try(body, handlers, orelse, lower_block(context, node.finalbody))


def _with(context: Context, node: ast.With | ast.AsyncWith) -> Statement:
    anchor = context.anchor
    items: list[tuple[Expression, Target | None]] = []
    for item in node.items:
        value = lower(context, item.context_expr)
        target = None if item.optional_vars is None else lower_target(context, item.optional_vars)
        items.append((value, target))
    is_async = isinstance(node, ast.AsyncWith)
    return With(items, lower_block(context, node.body), anchor, is_async)


def _match(context: Context, node: Any) -> Statement:
    subject = lower_header(context, node.subject)
    cases = []
    for case in node.cases:
        names = pattern_names(case.pattern)
        for name in names:
            context.bind(name)
        guard = None if case.guard is None else lower_header(context, case.guard)
        always = guard is None and matches_always(case.pattern)
        body = lower_block(context, case.body)
        cases.append(Case(names, always, *takes(case.pattern), guard, body))
    return Match(subject, cases)


def _function_def(context: Context, node: _FunctionNode) -> Statement:
    decorators, are_versions = _decorators(context, node.decorator_list)
    function = _define(context, node)
    function.is_coroutine = isinstance(node, ast.AsyncFunctionDef)
    function.parameters = lower_parameters(context, node.args)
    function.local.update(parameter.name for parameter in function.parameters)
    context.bind(function.name)
    fallbacks = context.fallbacks + are_versions
    surroundings = Surroundings(fallbacks, context.versions, context.alternatives)
    function.lower_by(partial(_lower_body, context.source, node, surroundings))
    context.scope.inner_words |= function.words
    return FunctionDef(function, decorators)


def _lower_body(
    source: Source, node: _FunctionNode, surroundings: Surroundings, function: Function
) -> Block:
    """Lower the body of a function, now that it is needed.

    Raises:
        GivenUp: it is nested too deeply.
    """
    context = Context(source, function, node.body[0].lineno, surroundings)
    try:
        block = lower_block(context, node.body)
    except (MemoryError, RecursionError) as error:
        raise GivenUp("its body is nested too deeply") from error
    function.local -= function.global_names | function.nonlocal_names
    return block


def _class_def(context: Context, node: ast.ClassDef) -> Statement:
    decorators, are_versions = _decorators(context, node.decorator_list)
    scope = _define(context, node)
    context.bind(scope.name)
    context.enter(scope)
    context.fallbacks += are_versions
    bases = [lower_argument(context, base) for base in node.bases]
    keywords = [lower_keyword(context, keyword) for keyword in node.keywords]
    scope.body = lower_block(context, node.body)
    context.fallbacks -= are_versions
    context.leave()
    context.scope.inner_words |= scope.words
    assigned = context.source.index.assigned
    return ClassDef(bases, keywords, decorators, scope, assigned)


def _type_alias(context: Context, node: Any) -> None:
    context.bind(node.name.id)  # pragma: no cover - Python 3.12


def _decorators(context: Context, nodes: Sequence[ast.expr]) -> tuple[list[Expression], bool]:
    """Lower decorators; and whether one tells versions apart."""
    lowered = [lower_test(context, node) for node in nodes]
    return [item for item, _ in lowered], any(is_version for _, is_version in lowered)


def _define(context: Context, node: _FunctionNode | ast.ClassDef) -> Function:
    """A new function or class body."""
    name = node.name
    path = name if context.scope.name == MODULE_NAME else f"{context.scope.path}.{name}"
    words = context.source.index.words_of[node.lineno, node.col_offset]
    return Function(name, context.anchor, path, words)


_STATEMENTS: dict[type[ast.stmt], Callable[[Context, Any], Statement | None]] = {
    ast.Pass: _nothing,
    ast.Expr: _expr_statement,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated_assign,
    ast.AugAssign: _augmented_assign,
    ast.Delete: _delete,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Assert: _assert,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
    ast.If: _if,
    ast.While: _while,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.Try: _try,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.FunctionDef: _function_def,
    ast.AsyncFunctionDef: _function_def,
    ast.ClassDef: _class_def,
}
# Statements that not every Python has.
_NEWER = (
    ("Match", _match),
    ("TryStar", _try),
    ("TypeAlias", _type_alias),
)
_STATEMENTS.update((getattr(ast, name), how) for name, how in _NEWER if hasattr(ast, name))
