"""Translation of a file into the program form, from the `ast` tree that flake8 has anyway.

A function's body is translated when a flow first enters it, and a file once for each text.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence, Set
from functools import partial
from typing import Any, Callable, NamedTuple, Union, cast

from ..text.project import Source
from ..text.words import tells_versions
from .liveness import words_read
from .nodes import (
    MODULE_NAME,
    Anchor,
    Argument,
    Assert,
    Assign,
    Attribute,
    AugmentedAssign,
    Block,
    Boolean,
    Break,
    Call,
    Case,
    ClassDef,
    Compare,
    Comprehension,
    Conditional,
    Constant,
    Continue,
    Delete,
    DictDisplay,
    Display,
    Evaluate,
    Evaluated,
    Expression,
    For,
    Function,
    FunctionDef,
    GivenUp,
    Handler,
    If,
    Import,
    ImportFrom,
    LambdaExpr,
    Match,
    Name,
    NamedExpr,
    Not,
    Parameter,
    Program,
    Raise,
    Return,
    Subscript,
    Target,
    Try,
    Unpack,
    While,
    With,
    Yield,
)

_FunctionNode = Union[ast.FunctionDef, ast.AsyncFunctionDef]
_COMPARISONS = {ast.Eq: "==", ast.NotEq: "!=", ast.Is: "is", ast.IsNot: "is not"}
# So far apart are the numbers of the calls on two lines.
_CALLS_A_LINE = 1 << 20


def program_of(source: Source) -> Program:
    """The program form of a file.

    Raises:
        RecursionError, MemoryError: the text is nested too deeply. So it is here and now: another
            time there may be more room.
        SyntaxError, ValueError: the text has no syntax tree.
    """
    if source.program is None:
        source.program = _translate(source)
    return source.program


def _translate(source: Source) -> Program:
    start = ast.Pass(lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)
    module = Function(MODULE_NAME, Anchor(start, source), words=source.outline.words)
    translator = _Translator(source, module, 0, _Context(0, frozenset()))
    module.body = translator.block(source.tree.body)
    return Program(source, module)


class _Context(NamedTuple):
    """What surrounds a function.

    Attributes:
        fallbacks: In how many places that tell versions apart it stands.
        versions: The names for whether a version is this or that.
    """

    fallbacks: int
    versions: Set[str]


def _translate_body(
    source: Source, tree: _FunctionNode, context: _Context, function: Function
) -> Block:
    """Translate the body of a function, now that it is needed.

    Raises:
        GivenUp: it is nested too deeply.
    """
    try:
        block = _Translator(source, function, tree.body[0].lineno, context).block(tree.body)
    except (MemoryError, RecursionError) as error:
        raise GivenUp("its body is nested too deeply") from error
    function.local -= function.global_names | function.nonlocal_names
    return block


class _Translator:
    """Builds the program form of a module with its classes, or of the body of a function."""

    def __init__(self, source: Source, scope: Function, line: int, context: _Context) -> None:
        self._source = source
        self._scope = scope
        self._fallbacks = context.fallbacks
        self._versions = set(context.versions)
        self._calls = line * _CALLS_A_LINE
        self._comprehensions = 0
        self._renamed: dict[str, str] = {}
        self._anchor = scope.anchor
        self._outer: list[tuple[Function, dict[str, str]]] = []

    # --- statements ---

    def block(self, nodes: Sequence[ast.stmt]) -> Block:
        """Translate statements."""
        block: Block = []
        fallbacks = self._fallbacks
        for node in nodes:
            translate_statement = _STATEMENTS.get(type(node))
            if translate_statement is not None:
                self._anchor = Anchor(node, self._source)
                translate_statement(self, node, block)
        self._fallbacks = fallbacks
        return block

    def _expr_statement(self, node: ast.Expr, block: Block) -> None:
        if not isinstance(node.value, ast.Constant):
            value = self._expression(node.value)
            _discard(value)
            block.append(Evaluate(value))

    def _assign(self, node: ast.Assign, block: Block) -> None:
        value, is_version = self._test(node.value)
        targets = [self._target(target) for target in node.targets]
        if is_version:
            self._versions.update(target.id for target in targets if isinstance(target, Name))
        block.append(Assign(targets, value, self._anchor))

    def _annotated_assign(self, node: ast.AnnAssign, block: Block) -> None:
        target = self._target(node.target)
        if node.value is not None:
            block.append(Assign([target], self._expression(node.value), self._anchor))

    def _augmented_assign(self, node: ast.AugAssign, block: Block) -> None:
        target = self._target(node.target)
        assert not isinstance(target, Unpack)
        block.append(AugmentedAssign(target, self._expression(node.value)))

    def _delete(self, node: ast.Delete, block: Block) -> None:
        block.append(Delete([self._target(target) for target in node.targets]))

    def _return(self, node: ast.Return, block: Block) -> None:
        block.append(Return(None if node.value is None else self._expression(node.value)))

    def _raise(self, node: ast.Raise, block: Block) -> None:
        block.append(Raise(self._expressions(filter(None, (node.exc, node.cause)))))

    def _assert(self, node: ast.Assert, block: Block) -> None:
        test = self._expression(node.test)
        block.append(Assert(test, self._expressions(filter(None, (node.msg,)))))

    def _break(self, node: ast.Break, block: Block) -> None:
        block.append(Break())

    def _continue(self, node: ast.Continue, block: Block) -> None:
        block.append(Continue())

    def _import(self, node: ast.Import, block: Block) -> None:
        names = [(alias.name, alias.asname) for alias in node.names]
        for dotted, bound in names:
            self._bind(dotted.split(".", 1)[0] if bound is None else bound)
        block.append(Import(names, self._anchor))

    def _import_from(self, node: ast.ImportFrom, block: Block) -> None:
        names: list[tuple[str, str | None]] | None = None
        if node.names[0].name != "*":
            names = [(alias.name, alias.asname) for alias in node.names]
            for name, bound in names:
                self._bind(name if bound is None else bound)
        block.append(ImportFrom(node.module or "", node.level, names, self._anchor))

    def _global(self, node: ast.Global, block: Block) -> None:
        self._scope.global_names.update(node.names)

    def _nonlocal(self, node: ast.Nonlocal, block: Block) -> None:
        self._scope.nonlocal_names.update(node.names)

    def _if(self, node: ast.If, block: Block) -> None:
        # A loop over the elifs: generated code has thousands of them.
        branches: list[If] = []
        versions = 0
        current = node
        while True:
            self._anchor = Anchor(current.test, self._source)
            test, is_version = self._test(current.test)
            versions += is_version
            self._fallbacks += is_version
            branches.append(If(test, self.block(current.body), []))
            if len(current.orelse) != 1 or not isinstance(current.orelse[0], ast.If):
                break
            current = current.orelse[0]
        orelse = self.block(current.orelse)
        self._fallbacks -= versions
        if versions and branches[0].body and isinstance(branches[0].body[-1], (Return, Raise)):
            # The rest of the block is for other versions.
            self._fallbacks += 1
        for branch in reversed(branches):
            branch.orelse = orelse
            orelse = [branch]
        block.append(branches[0])

    def _while(self, node: ast.While, block: Block) -> None:
        test = self._header(node.test)
        body = self.block(node.body)
        block.append(While(test, body, self.block(node.orelse)))

    def _for(self, node: ast.For | ast.AsyncFor, block: Block) -> None:
        iterable = self._header(node.iter)
        self._anchor = Anchor(node.target, self._source)
        target = self._target(node.target)
        body = self.block(node.body)
        block.append(For(target, iterable, body, self.block(node.orelse)))

    def _try(self, node: ast.Try, block: Block) -> None:
        self._fallbacks += bool(node.handlers)
        body = self.block(node.body)
        handlers = []
        for handler in node.handlers:
            type_ = None if handler.type is None else self._header(handler.type)
            if handler.name is not None:
                self._bind(handler.name)
            handlers.append(Handler(type_, handler.name, self.block(handler.body)))
        self._fallbacks -= bool(node.handlers)
        orelse = self.block(node.orelse)
        block.append(Try(body, handlers, orelse, self.block(node.finalbody)))

    def _with(self, node: ast.With | ast.AsyncWith, block: Block) -> None:
        anchor = self._anchor
        items: list[tuple[Expression, Target | None]] = []
        for item in node.items:
            value = self._expression(item.context_expr)
            target = None if item.optional_vars is None else self._target(item.optional_vars)
            items.append((value, target))
        is_async = isinstance(node, ast.AsyncWith)
        block.append(With(items, self.block(node.body), anchor, is_async))

    def _match(self, node: Any, block: Block) -> None:
        subject = self._header(node.subject)
        cases = []
        for case in node.cases:
            names = _pattern_names(case.pattern)
            for name in names:
                self._bind(name)
            guard = None if case.guard is None else self._header(case.guard)
            always = (
                guard is None
                and type(case.pattern).__name__ == "MatchAs"
                and case.pattern.pattern is None
            )
            cases.append(Case(names, always, *_takes(case.pattern), guard, self.block(case.body)))
        block.append(Match(subject, cases))

    def _function_def(self, node: _FunctionNode, block: Block) -> None:
        decorators, are_versions = self._decorators(node.decorator_list)
        function = self._define(node)
        function.parameters = self._parameters(node.args)
        function.local.update(parameter.name for parameter in function.parameters)
        self._bind(function.name)
        context = _Context(self._fallbacks + are_versions, self._versions)
        function.translate_by(partial(_translate_body, self._source, node, context))
        self._scope.inner_words |= function.words
        block.append(FunctionDef(function, decorators))

    def _class_def(self, node: ast.ClassDef, block: Block) -> None:
        decorators, are_versions = self._decorators(node.decorator_list)
        scope = self._define(node)
        self._bind(scope.name)
        self._enter(scope)
        self._fallbacks += are_versions
        bases = [self._argument(base) for base in node.bases]
        keywords = [self._keyword(keyword) for keyword in node.keywords]
        scope.body = self.block(node.body)
        self._fallbacks -= are_versions
        self._leave()
        self._scope.inner_words |= scope.words
        assigned = self._source.outline.assigned
        block.append(ClassDef(bases, keywords, decorators, scope, assigned))

    def _type_alias(self, node: Any, block: Block) -> None:
        self._bind(node.name.id)  # pragma: no cover - Python 3.12

    def _decorators(self, nodes: Sequence[ast.expr]) -> tuple[list[Expression], bool]:
        """Translate decorators; and whether one tells versions apart."""
        translated = [self._test(node) for node in nodes]
        return [item for item, _ in translated], any(is_version for _, is_version in translated)

    # --- scopes ---

    def _define(self, node: _FunctionNode | ast.ClassDef) -> Function:
        """A new function or class body."""
        name = node.name
        path = name if self._scope.name == MODULE_NAME else f"{self._scope.path}.{name}"
        words = self._source.outline.words_of[node.lineno, node.col_offset]
        return Function(name, self._anchor, path, words)

    def _enter(self, function: Function) -> None:
        self._outer.append((self._scope, self._renamed))
        self._scope = function
        self._renamed = {}

    def _leave(self) -> None:
        inner = self._scope
        inner.local -= inner.global_names | inner.nonlocal_names
        self._scope, self._renamed = self._outer.pop()

    def _bind(self, name: str) -> None:
        self._scope.local.add(name)

    def _parameters(self, node: ast.arguments) -> list[Parameter]:
        plain = [(argument, "/") for argument in node.posonlyargs]
        plain += [(argument, "") for argument in node.args]
        required: list[ast.expr | None] = [None] * (len(plain) - len(node.defaults))
        parameters = [
            self._parameter(argument, default, kind)
            for (argument, kind), default in zip(plain, [*required, *node.defaults])
        ]
        if node.vararg is not None:
            parameters.append(self._parameter(node.vararg, None, "*"))
        for argument, default in zip(node.kwonlyargs, node.kw_defaults):
            parameters.append(self._parameter(argument, default, "kw"))
        if node.kwarg is not None:
            parameters.append(self._parameter(node.kwarg, None, "**"))
        return parameters

    def _parameter(self, node: ast.arg, default: ast.expr | None, kind: str) -> Parameter:
        return Parameter(node.arg, None if default is None else self._expression(default), kind)

    # --- targets ---

    def _target(self, node: ast.expr) -> Target:
        if isinstance(node, ast.Name):
            name = self._renamed.get(node.id, node.id) if self._renamed else node.id
            self._bind(name)
            return Name(name)
        if isinstance(node, (ast.Tuple, ast.List)):
            starred = any(isinstance(item, ast.Starred) for item in node.elts)
            return Unpack([self._target(_unstarred(item)) for item in node.elts], starred)
        return cast("Target", self._expression(node))

    # --- expressions ---

    def _header(self, node: ast.expr) -> Expression:
        """Translate an expression in a clause's header, which is no statement of its own."""
        self._anchor = Anchor(node, self._source)
        return self._expression(node)

    def _expression(self, node: ast.expr) -> Expression:
        return _EXPRESSIONS.get(type(node), _Translator._unknown)(self, node)

    def _expressions(self, nodes: Iterable[ast.expr]) -> list[Expression]:
        return [self._expression(node) for node in nodes]

    def _unknown(self, node: ast.expr) -> Expression:
        return Evaluated([])  # pragma: no cover - syntax of a Python to come

    def _name(self, node: ast.Name) -> Expression:
        name = node.id
        if self._renamed:
            name = self._renamed.get(name, name)
        return Name(name)

    def _primary(self, node: ast.Attribute | ast.Call | ast.Subscript) -> Expression:
        """Translate ``a.b(c)[d](e)…``: a loop, since such chains get long."""
        chain: list[tuple[ast.expr, int]] = []
        current: ast.expr = node
        while True:
            if isinstance(current, ast.Call):
                self._calls += 1
                chain.append((current, self._calls))
                current = current.func
            elif isinstance(current, (ast.Attribute, ast.Subscript)):
                chain.append((current, 0))
                current = current.value
            else:
                break
        result = self._expression(current)
        for link, order in reversed(chain):
            if isinstance(link, ast.Attribute):
                result = Attribute(result, link.attr, link, self._anchor)
            elif isinstance(link, ast.Call):
                anchor = self._anchor
                arguments = [self._argument(argument) for argument in link.args]
                arguments += [self._keyword(keyword) for keyword in link.keywords]
                call = Call(result, arguments, link, anchor, order, self._calls)
                call.is_fallback = self._fallbacks > 0
                if isinstance(result, Call):
                    result.last = self._calls
                result = call
            else:
                result = self._subscript(result, cast(ast.Subscript, link).slice)
        return result

    def _argument(self, node: ast.expr) -> Argument:
        star = "*" if isinstance(node, ast.Starred) else ""
        return Argument(self._expression(_unstarred(node)), None, star)

    def _keyword(self, node: ast.keyword) -> Argument:
        return Argument(self._expression(node.value), node.arg, "**" if node.arg is None else "")

    def _subscript(self, value: Expression, node: ast.expr) -> Expression:
        elements = node.elts if isinstance(node, ast.Tuple) else [node]
        if elements == [node] and not isinstance(node, ast.Slice):
            return Subscript(value, self._expression(node), [])
        others: list[Expression] = []
        for element in elements:
            if isinstance(element, ast.Slice):
                parts = (element.lower, element.upper, element.step)
                others += self._expressions(filter(None, parts))
            else:
                others.append(self._expression(_unstarred(element)))
        return Subscript(value, None, others)

    def _constant(self, node: ast.Constant) -> Expression:
        return Constant(node.value)

    def _format_string(self, node: ast.JoinedStr) -> Expression:
        items: list[Expression] = []
        parts = list(node.values)
        while parts:
            part = parts.pop(0)
            if isinstance(part, ast.FormattedValue):
                items.append(self._expression(part.value))
                if part.format_spec is not None:
                    parts[:0] = cast(ast.JoinedStr, part.format_spec).values
        return Evaluated(items)

    def _display(self, node: ast.Tuple | ast.List | ast.Set) -> Expression:
        starred = any(isinstance(item, ast.Starred) for item in node.elts)
        items = self._expressions(map(_unstarred, node.elts))
        return Display(items, isinstance(node, ast.List), starred)

    def _dict(self, node: ast.Dict) -> Expression:
        items: list[tuple[Expression | None, Expression]] = []
        for key, value in zip(node.keys, node.values):
            translated = None if key is None else self._expression(key)
            items.append((translated, self._expression(value)))
        return DictDisplay(items)

    def _binary(self, node: ast.BinOp) -> Expression:
        operands: list[ast.expr] = []
        current: ast.expr = node
        while isinstance(current, ast.BinOp):
            operands.append(current.right)
            current = current.left
        operands.append(current)
        operands.reverse()
        return Evaluated(self._expressions(operands), keeps=True)

    def _boolean(self, node: ast.BoolOp) -> Expression:
        calls = self._calls
        values = self._expressions(node.values)
        return Boolean(isinstance(node.op, ast.And), values, self._calls != calls)

    def _unary(self, node: ast.UnaryOp) -> Expression:
        operand = self._expression(node.operand)
        if isinstance(node.op, ast.Not):
            return Not(operand)
        if (
            isinstance(node.op, ast.USub)
            and isinstance(operand, Constant)
            and isinstance(operand.value, (int, float))
        ):
            return Constant(-operand.value)
        return Evaluated([operand], keeps=True)

    def _comparison(self, node: ast.Compare) -> Expression:
        left = self._expression(node.left)
        rights = self._expressions(node.comparators)
        operator = _COMPARISONS.get(type(node.ops[0]))
        if len(rights) == 1 and operator is not None:
            if isinstance(left, Constant) and left.value is None:
                left, rights = rights[0], [left]
            return Compare(left, operator, rights[0])
        return Evaluated([left, *rights])

    def _conditional(self, node: ast.IfExp) -> Expression:
        test, is_version = self._test(node.test)
        self._fallbacks += is_version
        body, orelse = self._expression(node.body), self._expression(node.orelse)
        self._fallbacks -= is_version
        return Conditional(test, body, orelse)

    def _test(self, node: ast.expr) -> tuple[Expression, bool]:
        """Translate a condition; and whether it asks for a version, or whether a name exists."""
        test = self._expression(node)
        return test, self._source.tells_versions and any(
            tells_versions(word) or word in self._versions for word in words_read((test,))
        )

    def _named(self, node: ast.NamedExpr) -> Expression:
        value = self._expression(node.value)
        self._bind(node.target.id)
        return NamedExpr(node.target.id, value)

    def _lambda(self, node: ast.Lambda) -> Expression:
        function = Function("<lambda>", self._anchor)
        function.parameters = self._parameters(node.args)
        function.local.update(parameter.name for parameter in function.parameters)
        renamed = self._renamed
        self._enter(function)
        self._renamed = {name: new for name, new in renamed.items() if name not in function.local}
        value = self._expression(node.body)
        _discard(value)
        function.body = [Return(value)]
        self._leave()
        function.words = words_read((value,))
        self._scope.inner_words |= function.words
        return LambdaExpr(function)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
    ) -> Expression:
        renamed = self._renamed
        clauses: list[tuple[Target, Expression, list[Expression]]] = []
        for clause in node.generators:
            iterable = self._expression(clause.iter)
            # The targets of a comprehension are names of its own: they get a spelling of their own.
            self._comprehensions += 1
            self._renamed = dict(self._renamed)
            for name in _target_names(clause.target):
                self._renamed[name] = f"{name}#{self._comprehensions}"
            target = self._target(clause.target)
            clauses.append((target, iterable, self._expressions(clause.ifs)))
        if isinstance(node, ast.DictComp):
            elements = self._expressions((node.key, node.value))
        else:
            elements = [self._expression(node.elt)]
        self._renamed = renamed
        return Comprehension(clauses, elements, isinstance(node, ast.GeneratorExp))

    def _await(self, node: ast.Await) -> Expression:
        return self._expression(node.value)

    def _yield(self, node: ast.Yield) -> Expression:
        self._scope.is_generator = True
        return Yield(None if node.value is None else self._expression(node.value))

    def _yield_from(self, node: ast.YieldFrom) -> Expression:
        self._scope.is_generator = True
        return Yield(self._expression(node.value), is_from=True)


def _discard(expression: Expression) -> None:
    """Note the calls whose value a statement throws away; what a lambda returns often is, too."""
    if isinstance(expression, Call):
        expression.discarded = True
    elif isinstance(expression, Boolean):
        _discard(expression.values[-1])
    elif isinstance(expression, Conditional):
        _discard(expression.body)
        _discard(expression.orelse)


def _unstarred(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Starred) else node


def _target_names(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, (ast.Tuple, ast.List)):
        return [name for element in node.elts for name in _target_names(_unstarred(element))]
    return []


def _pattern_names(pattern: ast.AST) -> list[str]:
    """The names that a pattern binds: by their fields, since Python 3.9 has no patterns."""
    fields = ("name", "rest")
    names = (getattr(node, field, None) for node in ast.walk(pattern) for field in fields)
    return sorted(filter(None, names))


def _takes(pattern: Any) -> tuple[bool | None, bool]:
    """Whether a pattern matches None (None if that can't be known), and whether anything else."""
    kind = type(pattern).__name__
    if kind == "MatchSingleton" and pattern.value is None:
        return True, False
    if kind == "MatchOr":
        none, others = zip(*map(_takes, pattern.patterns))
        return (True in none or (None if None in none else False)), others != (False,) * len(others)
    if kind == "MatchAs" and pattern.pattern is not None:
        return _takes(pattern.pattern)
    if kind in ("MatchMapping", "MatchSequence", "MatchClass", "MatchSingleton"):
        return False, True
    if kind == "MatchValue" and isinstance(pattern.value, ast.Constant):
        return False, True
    return None, True


_STATEMENTS: dict[type[ast.stmt], Callable[[_Translator, Any, Block], None]] = {
    ast.Expr: _Translator._expr_statement,
    ast.Assign: _Translator._assign,
    ast.AnnAssign: _Translator._annotated_assign,
    ast.AugAssign: _Translator._augmented_assign,
    ast.Delete: _Translator._delete,
    ast.Return: _Translator._return,
    ast.Raise: _Translator._raise,
    ast.Assert: _Translator._assert,
    ast.Break: _Translator._break,
    ast.Continue: _Translator._continue,
    ast.Import: _Translator._import,
    ast.ImportFrom: _Translator._import_from,
    ast.Global: _Translator._global,
    ast.Nonlocal: _Translator._nonlocal,
    ast.If: _Translator._if,
    ast.While: _Translator._while,
    ast.For: _Translator._for,
    ast.AsyncFor: _Translator._for,
    ast.Try: _Translator._try,
    ast.With: _Translator._with,
    ast.AsyncWith: _Translator._with,
    ast.FunctionDef: _Translator._function_def,
    ast.AsyncFunctionDef: _Translator._function_def,
    ast.ClassDef: _Translator._class_def,
}
# Statements that not every Python has.
_NEWER = (
    ("Match", _Translator._match),
    ("TryStar", _Translator._try),
    ("TypeAlias", _Translator._type_alias),
)
_STATEMENTS.update((getattr(ast, name), how) for name, how in _NEWER if hasattr(ast, name))
_EXPRESSIONS: dict[type[ast.expr], Callable[[_Translator, Any], Expression]] = {
    ast.Name: _Translator._name,
    ast.Attribute: _Translator._primary,
    ast.Call: _Translator._primary,
    ast.Subscript: _Translator._primary,
    ast.Constant: _Translator._constant,
    ast.JoinedStr: _Translator._format_string,
    ast.Tuple: _Translator._display,
    ast.List: _Translator._display,
    ast.Set: _Translator._display,
    ast.Dict: _Translator._dict,
    ast.BinOp: _Translator._binary,
    ast.BoolOp: _Translator._boolean,
    ast.UnaryOp: _Translator._unary,
    ast.Compare: _Translator._comparison,
    ast.IfExp: _Translator._conditional,
    ast.NamedExpr: _Translator._named,
    ast.Lambda: _Translator._lambda,
    ast.ListComp: _Translator._comprehension,
    ast.SetComp: _Translator._comprehension,
    ast.GeneratorExp: _Translator._comprehension,
    ast.DictComp: _Translator._comprehension,
    ast.Await: _Translator._await,
    ast.Yield: _Translator._yield,
    ast.YieldFrom: _Translator._yield_from,
}
