"""A statement moved into a function or method that is called in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import libcst as cst

from tests.metamorphic.scopes import bindings, declared, each_attribute_set, each_binding, names
from tests.metamorphic.transformation import BlockTransformer, Rewriting

_UNMOVABLE = frozenset(
    (
        cst.Await,
        cst.BooleanOperation,
        cst.Global,
        cst.IfExp,
        cst.Lambda,
        cst.NamedExpr,
        cst.Nonlocal,
        cst.StarredElement,
        cst.Yield,
    )
)
_OWN_SCOPE = frozenset(("super", "__class__", "locals", "vars", "eval", "exec"))


# TFS401 looks at the object whose own method starts a thread.
_THREADS = frozenset(("Thread", "Timer"))


# Methods that change a list.
_IN_PLACE = frozenset(("append", "clear", "extend", "insert", "pop", "remove"))


class _Moved(NamedTuple):
    """A statement as a function's body, and the call of that function."""

    function: cst.FunctionDef
    call: cst.SimpleStatementLine


class _Moving(BlockTransformer):
    """Moves single statements: assignments and expressions."""

    def movable(self, statement: cst.BaseStatement) -> cst.SimpleStatementLine | None:
        """The statement if it means the same in a function of its own."""
        if self.is_handled or not isinstance(statement, cst.SimpleStatementLine):
            return None
        small = statement.body[0]
        if len(statement.body) > 1 or is_docstring(statement):
            return None
        if not isinstance(small, (cst.Assign, cst.Expr)):
            return None
        if isinstance(small, cst.Assign) and not all(_is_simple(each) for each in small.targets):
            return None
        found = names(statement)
        can = found.kinds.isdisjoint(_UNMOVABLE) and found.found.isdisjoint(_OWN_SCOPE)
        return statement if can and found.attributes.isdisjoint(_IN_PLACE) else None

    def moved(
        self,
        statement: cst.SimpleStatementLine,
        parameters: Sequence[str],
        owner: str | None = None,
    ) -> _Moved:
        """The function with the statement, and its call; an owner's method if there is one.

        Of an assignment to names the value is moved, otherwise all.
        """
        name = self.new_name("moved")
        own = [] if owner is None else [owner]
        called: cst.BaseExpression = cst.Name(name)
        if owner is not None:
            called = cst.Attribute(cst.Name(owner), cst.Name(name))
        call = cst.Call(called, [cst.Arg(cst.Name(each)) for each in parameters])
        small = statement.body[0]
        inside, outside = small, cst.Expr(call)
        if isinstance(small, cst.Assign) and bindings(small):
            inside = cst.Return(small.value)
            outside = small.with_changes(value=call)
        body = statement.with_changes(leading_lines=[], body=[inside])
        function = cst.FunctionDef(
            cst.Name(name),
            cst.Parameters([cst.Param(cst.Name(each)) for each in [*own, *parameters]]),
            cst.IndentedBlock([body]),
        )
        return _Moved(function, statement.with_changes(body=[outside]))


def _is_simple(target: cst.AssignTarget) -> bool:
    """Whether a target is names, or none at all: not both."""
    return not bindings(target) or isinstance(target.target, (cst.Name, cst.Tuple))


def is_docstring(statement: cst.SimpleStatementLine) -> bool:
    """Whether a statement is a string by itself."""
    first = statement.body[0]
    return isinstance(first, cst.Expr) and isinstance(
        first.value, (cst.SimpleString, cst.ConcatenatedString)
    )


class _Scope(NamedTuple):
    """The names of a function that are its own; how often each is bound, or one thing set on it."""

    local: set[str]
    counts: Counter[str]


def _scope(function: cst.FunctionDef) -> _Scope:
    parameters = [
        param.name.value
        for param in (
            *function.params.params,
            *function.params.kwonly_params,
            *function.params.posonly_params,
            function.params.star_arg,
            function.params.star_kwarg,
        )
        if isinstance(param, cst.Param)
    ]
    counts = Counter([*parameters, *each_binding(function.body)])
    local = set(counts) - declared(function.body)
    for dotted, count in Counter(each_attribute_set(function.body)).items():
        name = dotted.partition(".")[0]
        counts[name] = max(counts[name], count)
    return _Scope(local, counts)


class _Scoped(_Moving):
    """Knows the names of the functions around a statement."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__(module)
        self.functions: list[_Scope] = []

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        super().visit_FunctionDef(node)
        self.functions.append(_scope(node))

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
        self.functions.pop()
        return super().leave_FunctionDef(original_node, updated_node)

    def variables(self, statement: cst.SimpleStatementLine) -> list[str]:
        """The variables of functions that a statement reads."""
        local = {name for scope in self.functions for name in scope.local}
        return sorted(_read(statement) & local)

    def reads_settled(self, statement: cst.SimpleStatementLine) -> bool:
        """Whether what the function's variables hold that a statement reads is set once."""
        return all(self.functions[-1].counts[name] < 2 for name in self.variables(statement))


def _read(statement: cst.SimpleStatementLine) -> set[str]:
    """The names that what is moved of a statement reads."""
    small = statement.body[0]
    if isinstance(small, cst.Assign) and bindings(small):
        return names(small.value).found
    return names(small).found


class MoveToClosure(Rewriting):
    """Each statement of a function in a function inside of it, called in its place.

    An assignment or expression, without what may not be evaluated (a conditional, a lambda) or has
    its own scope (``super()``). It reads variables of its function that are bound once, and no
    attribute of which is set twice: the function inside is a flow of its own, which finds them as
    they are in the end. Nothing in the
    body of a ``try`` with handlers: they start from every boundary of two statements, and there are
    more now.

    What a function inside names leaves the flow: TFS203 and TFS301 are not reported for it. That
    function's own flow has entered nothing: TFS305 may stand there.
    """

    joins = True
    free = frozenset(("TFS203", "TFS301", "TFS305"))

    class transformer(_Scoped):
        def block(self, statements: Sequence[cst.BaseStatement]) -> Sequence[cst.BaseStatement]:
            if not self.scopes or not isinstance(self.scopes[-1], cst.FunctionDef):
                return statements
            found: list[cst.BaseStatement] = []
            for each in statements:
                statement = self.movable(each)
                if statement is None or not self.reads_settled(statement):
                    found.append(each)
                else:
                    found += self.moved(statement, ())
            return found


def _needs_object(statement: cst.SimpleStatementLine) -> bool:
    """Whether a statement starts a thread, or sets an attribute of ``self``."""
    small = statement.body[0]
    targets = small.targets if isinstance(small, cst.Assign) else ()
    return not names(statement).attributes.isdisjoint(_THREADS) or any(
        isinstance(each.target, cst.Attribute) and "self" in names(each.target).found
        for each in targets
    )


class MoveToFunction(Rewriting):
    """Each statement of a function in a function of the module, which is given the variables.

    The same statements as in `MoveToClosure`, whatever they read: where it was not bound before,
    the statement failed, and the call does. Not one that starts a thread: TFS401 looks at the
    object whose own method does. Not one that sets an attribute of ``self``: what no method of a
    class sets may be another class's. Not one that changes a list by ``append`` or the like, nor in
    the other moves: the linter follows lists by their names, not as objects.

    The function's own flow has entered nothing (TFS305), and stands under no condition (TFS501).
    """

    joins = True
    free = frozenset(("TFS305", "TFS501"))

    class transformer(_Scoped):
        def __init__(self, module: cst.Module) -> None:
            super().__init__(module)
            self._pending: list[cst.BaseStatement] = []

        def block(self, statements: Sequence[cst.BaseStatement]) -> Sequence[cst.BaseStatement]:
            if not self.scopes or not isinstance(self.scopes[-1], cst.FunctionDef):
                return statements
            found: list[cst.BaseStatement] = []
            for each in statements:
                statement = self.movable(each)
                if statement is not None and not _needs_object(statement):
                    moved = self.moved(statement, self.variables(statement))
                    self._pending.append(moved.function)
                    each = moved.call
                found.append(each)
            return found

        def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
            # The functions come first, behind the imports: what else they name is found when
            # they are called.
            body = list(updated_node.body)
            first = 0
            while first < len(body) and is_import(body[first]):
                first += 1
            body[first:first] = self._pending
            return updated_node.with_changes(body=body)


def is_import(statement: cst.BaseStatement) -> bool:
    """Whether a statement only imports, or is a docstring."""
    return isinstance(statement, cst.SimpleStatementLine) and (
        is_docstring(statement)
        or all(isinstance(small, (cst.Import, cst.ImportFrom)) for small in statement.body)
    )


class MoveToMethod(Rewriting):
    """Each statement of a method in a method beside it, which is given the variables.

    The same statements as in `MoveToFunction`, in methods that name their object ``self`` and never
    bind that; not those of functions inside them.

    The method's own flow has entered nothing (TFS305), and stands under no condition (TFS501).
    """

    joins = True
    free = frozenset(("TFS305", "TFS501"))

    class transformer(_Scoped):
        def __init__(self, module: cst.Module) -> None:
            super().__init__(module)
            self._pending: list[cst.BaseStatement] = []

        @property
        def _is_method(self) -> bool:
            if len(self.scopes) < 2 or not isinstance(self.scopes[-2], cst.ClassDef):
                return False
            method = self.scopes[-1]
            if not isinstance(method, cst.FunctionDef) or not method.params.params:
                return False
            return (
                method.params.params[0].name.value == "self"
                and not method.decorators
                and "self" not in bindings(method.body)
            )

        def block(self, statements: Sequence[cst.BaseStatement]) -> Sequence[cst.BaseStatement]:
            if not self._is_method:
                return statements
            found: list[cst.BaseStatement] = []
            for each in statements:
                statement = self.movable(each)
                if statement is not None:
                    variables = [name for name in self.variables(statement) if name != "self"]
                    moved = self.moved(statement, variables, "self")
                    self._pending.append(moved.function)
                    each = moved.call
                found.append(each)
            return found

        def leave_FunctionDef(
            self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
        ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
            is_method = self._is_method
            node = super().leave_FunctionDef(original_node, updated_node)
            if not is_method:
                return node
            pending, self._pending = self._pending, []
            assert isinstance(node, cst.FunctionDef)
            return cst.FlattenSentinel([node, *pending])
