"""The libcst visitor: translates a file into the program form, once.

It walks classes, their ``__init__`` and every other function beside the `ast` tree that flake8 has
anyway: statement by statement the two correspond, which gives each libcst statement its place in
the text without libcst's (expensive) position metadata. A function's body is parsed and translated
when a flow first enters it (``focus.py``).
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence, Set
from functools import partial
from typing import TYPE_CHECKING, Any, Callable, NamedTuple, cast

import libcst as cst

from .focus import FunctionNode, body_unit, module_unit
from .liveness import words_read
from .outline import tells_versions
from .program import (
    MODULE_NAME,
    Anchor,
    Argument,
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

if TYPE_CHECKING:
    from .project import Source

_CONSTANTS = {"True": True, "False": False, "None": None}
_COMPARISONS = {
    cst.Equal: "==",
    cst.NotEqual: "!=",
    cst.Is: "is",
    cst.IsNot: "is not",
}
# So far apart are the numbers of the calls on two lines.
_CALLS_A_LINE = 1 << 20


def translate(source: Source) -> Program:
    """Translate a file into the program form.

    Raises:
        BaseException: libcst can't parse it; its parser panics with one that is no `Exception`.
        RecursionError: the text is nested too deeply.
        StructureError: the trees of libcst and `ast` do not correspond.
    """
    # No anchor refers to a libcst node before there is one: any statement will do.
    module = Function(MODULE_NAME, Anchor(cst.Pass(), 1, 0, source), words=source.outline.words)
    tree = source.tree
    unit = module_unit(source.lines, tree)
    visitor = ProgramVisitor(source, module, tree, unit.left_out, _Context(0, frozenset()))
    cst.parse_module(unit.text).visit(visitor)
    module.body = visitor.block
    return Program(source, module)


class StructureError(Exception):
    """libcst's statements and ast's do not correspond."""


class _Context(NamedTuple):
    """What surrounds a function.

    Attributes:
        fallbacks: In how many places that tell versions apart it stands.
        versions: The names for whether a version is this or that.
    """

    fallbacks: int
    versions: Set[str]


def _translate_body(
    source: Source, tree: FunctionNode, context: _Context, function: Function
) -> Block:
    """Parse and translate the body of a function, now that it is needed.

    Raises:
        GivenUp: libcst can't parse it.
    """
    try:
        unit = body_unit(source.lines, tree)
        visitor = ProgramVisitor(source, function, tree, unit.left_out, context)
        cst.parse_module(unit.text).visit(visitor)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # libcst's parser panics with an exception that is no `Exception`.
        raise GivenUp(f"libcst can't parse its body ({type(error).__name__})") from error
    function.local -= function.global_names | function.nonlocal_names
    return visitor.block


class ProgramVisitor(cst.CSTVisitor):
    """Builds the program form of a unit; it stops libcst's own traversal at the module.

    Attributes:
        block: The statements.
    """

    def __init__(
        self,
        source: Source,
        scope: Function,
        tree: ast.Module | FunctionNode,
        left_out: Set[FunctionNode],
        context: _Context,
    ) -> None:
        super().__init__()
        self.block: Block = []
        self._source = source
        self._scope = scope
        self._tree = tree
        self._left_out = left_out
        self._fallbacks = context.fallbacks
        self._versions = set(context.versions)
        self._calls = (0 if isinstance(tree, ast.Module) else tree.body[0].lineno) * _CALLS_A_LINE
        self._comprehensions = 0
        self._renamed: dict[str, str] = {}
        self._anchor = scope.anchor
        self._outer: list[tuple[Function, dict[str, str]]] = []

    def visit_Module(self, node: cst.Module) -> bool:
        nodes: Sequence[cst.CSTNode] = node.body
        if not isinstance(self._tree, ast.Module):
            # The body stands under a header of the unit.
            nodes = cast(cst.IndentedBlock, cast(cst.FunctionDef, nodes[0]).body).body
        self.block = self._block(nodes, self._tree.body)
        return False

    # --- statements ---

    def _block(self, nodes: Sequence[cst.CSTNode], trees: Sequence[ast.stmt]) -> Block:
        block: Block = []
        index = 0
        fallbacks = self._fallbacks
        for node in nodes:
            small = (
                node.body
                if isinstance(node, (cst.SimpleStatementLine, cst.SimpleStatementSuite))
                else (node,)
            )
            if index + len(small) > len(trees):
                raise StructureError(f"line {trees[-1].lineno if trees else 1}")
            for statement in small:
                tree = trees[index]
                index += 1
                translate_statement = _STATEMENTS.get(type(statement))
                if translate_statement is not None:
                    self._anchor = Anchor(statement, tree.lineno, tree.col_offset, self._source)
                    translate_statement(self, statement, tree, block)
        if index != len(trees):
            raise StructureError(f"line {trees[index].lineno}")
        self._fallbacks = fallbacks
        return block

    def _suite(self, body: cst.BaseSuite, trees: Sequence[ast.stmt]) -> Block:
        if isinstance(body, cst.SimpleStatementSuite):
            return self._block((body,), trees)
        return self._block(cast(cst.IndentedBlock, body).body, trees)

    def _expr_statement(self, node: cst.Expr, tree: ast.stmt, block: Block) -> None:
        if not isinstance(node.value, (cst.SimpleString, cst.Ellipsis)):
            value = self._expression(node.value)
            _discard(value)
            block.append(Evaluate(value))

    def _assign(self, node: cst.Assign, tree: ast.stmt, block: Block) -> None:
        value, is_version = self._test(node.value)
        targets = [self._target(target.target) for target in node.targets]
        if is_version:
            self._versions.update(target.id for target in targets if isinstance(target, Name))
        block.append(Assign(targets, value, self._anchor))

    def _annotated_assign(self, node: cst.AnnAssign, tree: ast.stmt, block: Block) -> None:
        target = self._target(node.target)
        if node.value is not None:
            block.append(Assign([target], self._expression(node.value), self._anchor))

    def _augmented_assign(self, node: cst.AugAssign, tree: ast.stmt, block: Block) -> None:
        target = self._target(node.target)
        value = self._expression(node.value)
        if not isinstance(target, Unpack):
            block.append(AugmentedAssign(target, value))

    def _delete(self, node: cst.Del, tree: ast.stmt, block: Block) -> None:
        block.append(Delete([self._target(node.target)]))

    def _return(self, node: cst.Return, tree: ast.stmt, block: Block) -> None:
        block.append(Return(None if node.value is None else self._expression(node.value)))

    def _raise(self, node: cst.Raise, tree: ast.stmt, block: Block) -> None:
        items = []
        if node.exc is not None:
            items.append(self._expression(node.exc))
        if node.cause is not None:
            items.append(self._expression(node.cause.item))
        block.append(Raise(items))

    def _assert(self, node: cst.Assert, tree: ast.stmt, block: Block) -> None:
        items = [self._expression(node.test)]
        if node.msg is not None:
            items.append(self._expression(node.msg))
        block.append(Evaluate(Evaluated(items)))

    def _break(self, node: cst.Break, tree: ast.stmt, block: Block) -> None:
        block.append(Break())

    def _continue(self, node: cst.Continue, tree: ast.stmt, block: Block) -> None:
        block.append(Continue())

    def _import(self, node: cst.Import, tree: ast.stmt, block: Block) -> None:
        names: list[tuple[str, str | None]] = []
        for alias in node.names:
            dotted = _dotted(alias.name)
            bound = None if alias.asname is None else cast(cst.Name, alias.asname.name).value
            names.append((dotted, bound))
            self._bind(dotted.split(".", 1)[0] if bound is None else bound)
        block.append(Import(names, self._anchor))

    def _import_from(self, node: cst.ImportFrom, tree: ast.stmt, block: Block) -> None:
        module = "" if node.module is None else _dotted(node.module)
        names: list[tuple[str, str | None]] | None = None
        if not isinstance(node.names, cst.ImportStar):
            names = []
            for alias in node.names:
                name = cast(cst.Name, alias.name).value
                bound = None if alias.asname is None else cast(cst.Name, alias.asname.name).value
                names.append((name, bound))
                self._bind(name if bound is None else bound)
        block.append(ImportFrom(module, len(node.relative), names, self._anchor))

    def _global(self, node: cst.Global, tree: ast.stmt, block: Block) -> None:
        self._scope.global_names.update(item.name.value for item in node.names)

    def _nonlocal(self, node: cst.Nonlocal, tree: ast.stmt, block: Block) -> None:
        self._scope.nonlocal_names.update(item.name.value for item in node.names)

    def _if(self, node: cst.If, tree: ast.stmt, block: Block) -> None:
        # A loop over the elifs: generated code has thousands of them.
        branches: list[If] = []
        orelse: Block = []
        versions = 0
        current, current_tree = node, cast(ast.If, tree)
        while True:
            self._set_anchor(current.test, current_tree.test)
            test, is_version = self._test(current.test)
            versions += is_version
            self._fallbacks += is_version
            branch = If(test, self._suite(current.body, current_tree.body), [])
            branches.append(branch)
            following = current.orelse
            if isinstance(following, cst.If):
                current, current_tree = following, cast(ast.If, current_tree.orelse[0])
                continue
            if following is not None:
                orelse = self._suite(following.body, current_tree.orelse)
            break
        self._fallbacks -= versions
        if versions and branches[0].body and isinstance(branches[0].body[-1], (Return, Raise)):
            # The rest of the block is for other versions.
            self._fallbacks += 1
        for branch in reversed(branches):
            branch.orelse = orelse
            orelse = [branch]
        block.append(branches[0])

    def _while(self, node: cst.While, tree: ast.stmt, block: Block) -> None:
        loop = cast(ast.While, tree)
        test = self._header(node.test, loop.test)
        body = self._suite(node.body, loop.body)
        block.append(While(test, body, self._else(node.orelse, loop.orelse)))

    def _for(self, node: cst.For, tree: ast.stmt, block: Block) -> None:
        loop = cast(ast.For, tree)
        iterable = self._expression(node.iter)
        target = self._target(node.target)
        body = self._suite(node.body, loop.body)
        block.append(For(target, iterable, body, self._else(node.orelse, loop.orelse)))

    def _else(self, node: cst.Else | None, trees: Sequence[ast.stmt]) -> Block:
        return [] if node is None else self._suite(node.body, trees)

    def _try(self, node: cst.Try | cst.TryStar, tree: ast.stmt, block: Block) -> None:
        attempt = cast(ast.Try, tree)
        self._fallbacks += bool(node.handlers)
        body = self._suite(node.body, attempt.body)
        handlers = []
        clauses: Sequence[cst.ExceptHandler | cst.ExceptStarHandler] = node.handlers
        for handler, handler_tree in zip(clauses, attempt.handlers):
            type_ = None
            if handler.type is not None and handler_tree.type is not None:
                type_ = self._header(handler.type, handler_tree.type)
            name = None
            if handler.name is not None:
                name = cast(cst.Name, handler.name.name).value
                self._bind(name)
            handlers.append(Handler(type_, name, self._suite(handler.body, handler_tree.body)))
        self._fallbacks -= bool(node.handlers)
        orelse = self._else(node.orelse, attempt.orelse)
        final: Block = []
        if node.finalbody is not None:
            final = self._suite(node.finalbody.body, attempt.finalbody)
        block.append(Try(body, handlers, orelse, final))

    def _with(self, node: cst.With, tree: ast.stmt, block: Block) -> None:
        anchor = self._anchor
        items: list[tuple[Expression, Target | None]] = []
        for item in node.items:
            value = self._expression(item.item)
            target = None if item.asname is None else self._target(item.asname.name)
            items.append((value, target))
        block.append(With(items, self._suite(node.body, cast(ast.With, tree).body), anchor))

    def _match(self, node: cst.Match, tree: ast.stmt, block: Block) -> None:
        subject = self._expression(node.subject)
        cases = []
        for case, case_tree in zip(node.cases, cast(Any, tree).cases):
            names = _pattern_names(case.pattern)
            for name in names:
                self._bind(name)
            guard = None if case.guard is None else self._header(case.guard, case_tree.guard)
            always = (
                guard is None
                and isinstance(case.pattern, cst.MatchAs)
                and case.pattern.pattern is None
            )
            cases.append(Case(names, always, guard, self._suite(case.body, case_tree.body)))
        block.append(Match(subject, cases))

    def _function_def(self, node: cst.FunctionDef, tree: ast.stmt, block: Block) -> None:
        tree = cast("ast.FunctionDef", tree)
        decorators, are_versions = self._decorators(node.decorators)
        function = self._define(node.name.value, tree)
        function.parameters = self._parameters(node.params)
        function.local.update(parameter.name for parameter in function.parameters)
        self._bind(function.name)
        if tree in self._left_out:
            context = _Context(self._fallbacks + are_versions, self._versions)
            function.translate_by(partial(_translate_body, self._source, tree, context))
        else:
            self._enter(function)
            self._fallbacks += are_versions
            function.body = self._suite(node.body, tree.body)
            self._fallbacks -= are_versions
            self._leave()
        self._scope.inner_words |= function.words
        block.append(FunctionDef(function, decorators))

    def _class_def(self, node: cst.ClassDef, tree: ast.stmt, block: Block) -> None:
        tree = cast(ast.ClassDef, tree)
        decorators, are_versions = self._decorators(node.decorators)
        scope = self._define(node.name.value, tree)
        self._bind(scope.name)
        self._enter(scope)
        self._fallbacks += are_versions
        bases = [self._argument(argument) for argument in node.bases]
        keywords = [self._argument(argument) for argument in node.keywords]
        scope.body = self._suite(node.body, tree.body)
        self._fallbacks -= are_versions
        self._leave()
        self._scope.inner_words |= scope.words
        assigned = self._source.outline.assigned
        block.append(ClassDef(bases, keywords, decorators, scope, assigned))

    def _type_alias(self, node: cst.TypeAlias, tree: ast.stmt, block: Block) -> None:
        self._bind(node.name.value)  # pragma: no cover - Python 3.12

    def _decorators(self, nodes: Sequence[cst.Decorator]) -> tuple[list[Expression], bool]:
        """Translate decorators; and whether one tells versions apart."""
        translated = [self._test(node.decorator) for node in nodes]
        return [item for item, _ in translated], any(is_version for _, is_version in translated)

    # --- scopes ---

    def _define(self, name: str, tree: ast.FunctionDef | ast.ClassDef) -> Function:
        """A new function or class body."""
        path = name if self._scope.name == MODULE_NAME else f"{self._scope.path}.{name}"
        words = self._source.outline.words_of[tree.lineno, tree.col_offset]
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

    def _parameters(self, node: cst.Parameters) -> list[Parameter]:
        parameters = []
        groups: list[tuple[Sequence[cst.Param], str]] = [
            (node.posonly_params, "/"),
            (node.params, ""),
            ((node.star_arg,) if isinstance(node.star_arg, cst.Param) else (), "*"),
            (node.kwonly_params, "kw"),
            (() if node.star_kwarg is None else (node.star_kwarg,), "**"),
        ]
        for params, kind in groups:
            for param in params:
                default = None if param.default is None else self._expression(param.default)
                parameters.append(Parameter(param.name.value, default, kind))
        return parameters

    # --- targets ---

    def _target(self, node: cst.BaseExpression) -> Target:
        if isinstance(node, cst.Name):
            name = self._renamed.get(node.value, node.value) if self._renamed else node.value
            self._bind(name)
            return Name(name)
        if isinstance(node, (cst.Tuple, cst.List)):
            starred = any(isinstance(item, cst.StarredElement) for item in node.elements)
            return Unpack([self._target(item.value) for item in node.elements], starred)
        expression = self._expression(node)
        if isinstance(expression, (Attribute, Subscript)):
            return expression
        return Unpack([], starred=True)  # pragma: no cover - Python has no other targets

    # --- expressions ---

    def _header(self, node: cst.BaseExpression, tree: ast.expr) -> Expression:
        """Translate an expression in a clause's header, which is no statement of its own."""
        self._set_anchor(node, tree)
        return self._expression(node)

    def _set_anchor(self, node: cst.CSTNode, tree: ast.expr) -> None:
        self._anchor = Anchor(node, tree.lineno, tree.col_offset, self._source)

    def _expression(self, node: cst.BaseExpression) -> Expression:
        return _EXPRESSIONS.get(type(node), ProgramVisitor._unknown)(self, node)

    def _expressions(self, nodes: Sequence[cst.BaseExpression]) -> list[Expression]:
        return [self._expression(node) for node in nodes]

    def _unknown(self, node: cst.BaseExpression) -> Expression:
        return Evaluated([])  # pragma: no cover - syntax of a Python to come

    def _name(self, node: cst.Name) -> Expression:
        name = node.value
        if name in _CONSTANTS:
            return Constant(_CONSTANTS[name])
        if self._renamed:
            name = self._renamed.get(name, name)
        return Name(name)

    def _primary(self, node: cst.Attribute | cst.Call | cst.Subscript) -> Expression:
        """Translate ``a.b(c)[d](e)…``: a loop, since such chains get long."""
        chain: list[tuple[cst.BaseExpression, int]] = []
        current: cst.BaseExpression = node
        while True:
            if isinstance(current, cst.Call):
                self._calls += 1
                chain.append((current, self._calls))
                current = current.func
            elif isinstance(current, (cst.Attribute, cst.Subscript)):
                chain.append((current, 0))
                current = current.value
            else:
                break
        result = self._expression(current)
        for link, order in reversed(chain):
            if isinstance(link, cst.Attribute):
                result = Attribute(result, link.attr.value, link, self._anchor)
            elif isinstance(link, cst.Call):
                anchor = self._anchor
                arguments = [self._argument(argument) for argument in link.args]
                call = Call(result, arguments, link, anchor, order, self._calls)
                call.is_fallback = self._fallbacks > 0
                if isinstance(result, Call):
                    result.last = self._calls
                result = call
            else:
                result = self._subscript(result, cast(cst.Subscript, link))
        return result

    def _argument(self, node: cst.Arg) -> Argument:
        keyword = None if node.keyword is None else node.keyword.value
        return Argument(self._expression(node.value), keyword, node.star)

    def _subscript(self, value: Expression, node: cst.Subscript) -> Expression:
        elements = [element.slice for element in node.slice]
        if len(elements) == 1 and isinstance(elements[0], cst.Index):
            return Subscript(value, self._expression(elements[0].value), [])
        others: list[Expression] = []
        for element in elements:
            if isinstance(element, cst.Index):
                others.append(self._expression(element.value))
            else:
                bounds = cast("cst.Slice", element)
                parts = (bounds.lower, bounds.upper, bounds.step)
                others.extend(self._expression(part) for part in parts if part is not None)
        return Subscript(value, None, others)

    def _constant(self, node: cst.BaseExpression) -> Expression:
        return Constant(...)

    def _number(self, node: cst.Integer | cst.Float | cst.Imaginary) -> Expression:
        return Constant(node.evaluated_value)

    def _string(self, node: cst.SimpleString | cst.ConcatenatedString) -> Expression:
        if isinstance(node, cst.SimpleString):
            raw = node.value
            # Most strings need no evaluation; the others are rare enough to pay for it.
            if raw[0] in "'\"" and "\\" not in raw and raw[1:2] != raw[0]:
                return Constant(raw[1:-1])
            with warnings.catch_warnings():
                # What Python would warn of is left to where the text is run.
                warnings.simplefilter("ignore")
                return Constant(node.evaluated_value)
        expressions: list[Expression] = []
        current: cst.BaseExpression = node
        while isinstance(current, cst.ConcatenatedString):
            expressions.append(self._expression(current.left))
            current = current.right
        expressions.append(self._expression(current))
        values = [item.value for item in expressions if isinstance(item, Constant)]
        if len(values) == len(expressions) and all(isinstance(value, str) for value in values):
            return Constant("".join(cast("list[str]", values)))
        return Evaluated(expressions)

    def _format_string(self, node: cst.FormattedString) -> Expression:
        items: list[Expression] = []
        parts = list(node.parts)
        while parts:
            part = parts.pop(0)
            if isinstance(part, cst.FormattedStringExpression):
                items.append(self._expression(part.expression))
                parts[:0] = part.format_spec or ()
        return Evaluated(items)

    def _display(self, node: cst.Tuple | cst.List | cst.Set) -> Expression:
        starred = any(isinstance(item, cst.StarredElement) for item in node.elements)
        items = [self._expression(item.value) for item in node.elements]
        return Display(items, isinstance(node, cst.List), starred)

    def _dict(self, node: cst.Dict) -> Expression:
        items: list[tuple[Expression | None, Expression]] = []
        for element in node.elements:
            key = self._expression(element.key) if isinstance(element, cst.DictElement) else None
            items.append((key, self._expression(element.value)))
        return DictDisplay(items)

    def _binary(self, node: cst.BinaryOperation) -> Expression:
        operands: list[cst.BaseExpression] = []
        current: cst.BaseExpression = node
        while isinstance(current, cst.BinaryOperation):
            operands.append(current.right)
            current = current.left
        operands.append(current)
        operands.reverse()
        return Evaluated(self._expressions(operands))

    def _boolean(self, node: cst.BooleanOperation) -> Expression:
        # Python's own and libcst's trees both nest to the left; equal operators make one chain.
        operator = type(node.operator)
        operands: list[cst.BaseExpression] = []
        current: cst.BaseExpression = node
        while isinstance(current, cst.BooleanOperation) and type(current.operator) is operator:
            operands.append(current.right)
            current = current.left
        operands.append(current)
        operands.reverse()
        calls = self._calls
        values = self._expressions(operands)
        return Boolean(operator is cst.And, values, self._calls != calls)

    def _unary(self, node: cst.UnaryOperation) -> Expression:
        operand = self._expression(node.expression)
        if isinstance(node.operator, cst.Not):
            return Not(operand)
        if (
            isinstance(node.operator, cst.Minus)
            and isinstance(operand, Constant)
            and isinstance(operand.value, (int, float))
        ):
            return Constant(-operand.value)
        return Evaluated([operand])

    def _comparison(self, node: cst.Comparison) -> Expression:
        left = self._expression(node.left)
        rights = [self._expression(target.comparator) for target in node.comparisons]
        operator = _COMPARISONS.get(type(node.comparisons[0].operator))
        if len(rights) == 1 and operator is not None:
            return Compare(left, operator, rights[0])
        return Evaluated([left, *rights])

    def _conditional(self, node: cst.IfExp) -> Expression:
        test, is_version = self._test(node.test)
        self._fallbacks += is_version
        body, orelse = self._expression(node.body), self._expression(node.orelse)
        self._fallbacks -= is_version
        return Conditional(test, body, orelse)

    def _test(self, node: cst.BaseExpression) -> tuple[Expression, bool]:
        """Translate a condition; and whether it asks for a version, or whether a name exists."""
        test = self._expression(node)
        return test, self._source.tells_versions and any(
            tells_versions(word) or word in self._versions for word in words_read((test,))
        )

    def _named(self, node: cst.NamedExpr) -> Expression:
        value = self._expression(node.value)
        name = cast(cst.Name, node.target).value
        self._bind(name)
        return NamedExpr(name, value)

    def _lambda(self, node: cst.Lambda) -> Expression:
        function = Function("<lambda>", self._anchor)
        function.parameters = self._parameters(node.params)
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
        self, node: cst.ListComp | cst.SetComp | cst.GeneratorExp | cst.DictComp
    ) -> Expression:
        renamed = self._renamed
        clauses: list[tuple[Target, Expression, list[Expression]]] = []
        clause: cst.CompFor | None = node.for_in
        while clause is not None:
            iterable = self._expression(clause.iter)
            # The targets of a comprehension are names of its own: they get a spelling of their own.
            self._comprehensions += 1
            self._renamed = dict(self._renamed)
            for name in _target_names(clause.target):
                self._renamed[name] = f"{name}#{self._comprehensions}"
            target = self._target(clause.target)
            tests = [self._expression(test.test) for test in clause.ifs]
            clauses.append((target, iterable, tests))
            clause = clause.inner_for_in
        if isinstance(node, cst.DictComp):
            elements = [self._expression(node.key), self._expression(node.value)]
        else:
            elements = [self._expression(node.elt)]
        self._renamed = renamed
        return Comprehension(clauses, elements, isinstance(node, cst.GeneratorExp))

    def _await(self, node: cst.Await) -> Expression:
        return self._expression(node.expression)

    def _yield(self, node: cst.Yield) -> Expression:
        self._scope.is_generator = True
        if isinstance(node.value, cst.From):
            return Evaluated([self._expression(node.value.item)])
        return Yield(None if node.value is None else self._expression(node.value))


def _discard(expression: Expression) -> None:
    """Note the calls whose value a statement throws away; what a lambda returns often is, too."""
    if isinstance(expression, Call):
        expression.discarded = True
    elif isinstance(expression, Boolean):
        _discard(expression.values[-1])
    elif isinstance(expression, Conditional):
        _discard(expression.body)
        _discard(expression.orelse)


def _dotted(node: cst.Attribute | cst.Name) -> str:
    parts = []
    current: cst.BaseExpression = node
    while isinstance(current, cst.Attribute):
        parts.append(current.attr.value)
        current = current.value
    parts.append(cast(cst.Name, current).value)
    return ".".join(reversed(parts))


def _target_names(node: cst.BaseExpression) -> list[str]:
    if isinstance(node, cst.Name):
        return [node.value]
    if isinstance(node, (cst.Tuple, cst.List)):
        return [name for element in node.elements for name in _target_names(element.value)]
    return []


def _pattern_names(pattern: cst.MatchPattern) -> list[str]:
    names = []
    pending: list[cst.CSTNode] = [pattern]
    while pending:
        node = pending.pop()
        if isinstance(node, (cst.MatchAs, cst.MatchStar)) and node.name is not None:
            names.append(node.name.value)
        elif isinstance(node, cst.MatchMapping) and node.rest is not None:
            names.append(node.rest.value)
        pending.extend(node.children)
    return sorted(names)


_Translate = Callable[[ProgramVisitor, Any, ast.stmt, Block], None]
_STATEMENTS: dict[type[cst.CSTNode], _Translate] = {
    cst.Expr: ProgramVisitor._expr_statement,
    cst.Assign: ProgramVisitor._assign,
    cst.AnnAssign: ProgramVisitor._annotated_assign,
    cst.AugAssign: ProgramVisitor._augmented_assign,
    cst.Del: ProgramVisitor._delete,
    cst.Return: ProgramVisitor._return,
    cst.Raise: ProgramVisitor._raise,
    cst.Assert: ProgramVisitor._assert,
    cst.Break: ProgramVisitor._break,
    cst.Continue: ProgramVisitor._continue,
    cst.Import: ProgramVisitor._import,
    cst.ImportFrom: ProgramVisitor._import_from,
    cst.Global: ProgramVisitor._global,
    cst.Nonlocal: ProgramVisitor._nonlocal,
    cst.If: ProgramVisitor._if,
    cst.While: ProgramVisitor._while,
    cst.For: ProgramVisitor._for,
    cst.Try: ProgramVisitor._try,
    cst.TryStar: ProgramVisitor._try,
    cst.With: ProgramVisitor._with,
    cst.Match: ProgramVisitor._match,
    cst.FunctionDef: ProgramVisitor._function_def,
    cst.ClassDef: ProgramVisitor._class_def,
    cst.TypeAlias: ProgramVisitor._type_alias,
}
_EXPRESSIONS: dict[type[cst.CSTNode], Callable[[ProgramVisitor, Any], Expression]] = {
    cst.Name: ProgramVisitor._name,
    cst.Attribute: ProgramVisitor._primary,
    cst.Call: ProgramVisitor._primary,
    cst.Subscript: ProgramVisitor._primary,
    cst.Ellipsis: ProgramVisitor._constant,
    cst.Integer: ProgramVisitor._number,
    cst.Float: ProgramVisitor._number,
    cst.Imaginary: ProgramVisitor._number,
    cst.SimpleString: ProgramVisitor._string,
    cst.ConcatenatedString: ProgramVisitor._string,
    cst.FormattedString: ProgramVisitor._format_string,
    cst.Tuple: ProgramVisitor._display,
    cst.List: ProgramVisitor._display,
    cst.Set: ProgramVisitor._display,
    cst.Dict: ProgramVisitor._dict,
    cst.BinaryOperation: ProgramVisitor._binary,
    cst.BooleanOperation: ProgramVisitor._boolean,
    cst.UnaryOperation: ProgramVisitor._unary,
    cst.Comparison: ProgramVisitor._comparison,
    cst.IfExp: ProgramVisitor._conditional,
    cst.NamedExpr: ProgramVisitor._named,
    cst.Lambda: ProgramVisitor._lambda,
    cst.ListComp: ProgramVisitor._comprehension,
    cst.SetComp: ProgramVisitor._comprehension,
    cst.GeneratorExp: ProgramVisitor._comprehension,
    cst.DictComp: ProgramVisitor._comprehension,
    cst.Await: ProgramVisitor._await,
    cst.Yield: ProgramVisitor._yield,
}
