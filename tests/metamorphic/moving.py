"""A statement moved into a function or method that is called in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import libcst as cst

from tests.metamorphic.scopes import bindings, declared, each_attribute_set, each_binding, names
from tests.metamorphic.transformation import BlockTransformer, Rewriting, marks_of

_UNMOVABLE = frozenset(
    (
        cst.Await,
        cst.BooleanOperation,
        cst.CompFor,
        cst.FormattedString,
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
# What these are given is dead when the function moved to returns.
_DROPPING = frozenset(("print", "str"))


# TFS401 looks at the object whose own method starts a thread.
_THREADS = frozenset(("Thread", "Timer"))


# What makes a session, by its last name.
_SESSIONS = frozenset(
    """
    InteractiveSession MonitoredSession MonitoredTrainingSession PrepareSession Session
    SingularMonitoredSession managed_session prepare_or_wait_for_session
    """.split()
)


class _Moved(NamedTuple):
    """A statement as a function's body, and the call of that function."""

    function: cst.FunctionDef
    call: cst.SimpleStatementLine


class _Moving(BlockTransformer):
    """Moves single statements: assignments and expressions.

    Not one that creates a session in a program that hides the GPUs, or may: on the path of its own
    flow nothing did (TFS201).
    """

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
        can = found.kinds.isdisjoint(_UNMOVABLE)
        can = can and found.found.isdisjoint(_OWN_SCOPE | _DROPPING)
        is_alone = "CUDA_VISIBLE_DEVICES" in self._text and not found.words.isdisjoint(_SESSIONS)
        return statement if can and not is_alone else None

    def runs(
        self, statements: Sequence[cst.BaseStatement]
    ) -> Iterator[tuple[cst.BaseStatement, ...]]:
        """The statements in groups that are moved together."""
        for each in statements:
            yield (each,)

    def moved(
        self,
        run: Sequence[cst.SimpleStatementLine],
        parameters: Sequence[str],
        owner: str | None = None,
    ) -> _Moved:
        """The function with the statements, and its call; an owner's method if there is one.

        Of a single statement the value is moved, unless attributes or items are assigned. Otherwise
        all is, and what the statements bind is returned, and what an expression gives: it lives on.
        """
        name = self.new_name("moved")
        own = [] if owner is None else [owner]
        called: cst.BaseExpression = cst.Name(name)
        if owner is not None:
            called = cst.Attribute(cst.Name(owner), cst.Name(name))
        call = cst.Call(called, [cst.Arg(cst.Name(each)) for each in parameters])
        first = run[0]
        small = first.body[0]
        outside: cst.BaseSmallStatement = cst.Expr(call)
        if len(run) == 1 and isinstance(small, (cst.Assign, cst.Expr)) and _is_value(small):
            body = [first.with_changes(leading_lines=[], body=[cst.Return(small.value)])]
            outside = small.with_changes(value=call)
        else:
            body = [first.with_changes(leading_lines=[]), *run[1:]]
            body = [self._kept(each) for each in body] if len(run) > 1 else body
            bound = sorted(set().union(*map(bindings, body)))
            if bound:
                result = cst.Tuple([cst.Element(cst.Name(each)) for each in bound])
                body.append(cst.SimpleStatementLine([cst.Return(result)]))
                outside = cst.Assign([cst.AssignTarget(result)], call)
        function = cst.FunctionDef(
            cst.Name(name),
            cst.Parameters([cst.Param(cst.Name(each)) for each in [*own, *parameters]]),
            cst.IndentedBlock(body),
        )
        comment = cst.Comment(f"# {marks_of(cst.IndentedBlock(body))}")
        end = cst.TrailingWhitespace(cst.SimpleWhitespace("  "), comment)
        return _Moved(function, first.with_changes(body=[outside], trailing_whitespace=end))

    def _kept(self, statement: cst.SimpleStatementLine) -> cst.SimpleStatementLine:
        """A statement, with a name for what it gives if that would be gone else."""
        small = statement.body[0]
        if not isinstance(small, cst.Expr) or not _gives_something(small):
            return statement
        target = cst.AssignTarget(cst.Name(self.new_name("kept")))
        return statement.with_changes(body=[cst.Assign([target], small.value)])


def _is_value(small: cst.Assign | cst.Expr) -> bool:
    """Whether a statement assigns to names alone, or is an expression that gives something."""
    return _gives_something(small) if isinstance(small, cst.Expr) else bool(bindings(small))


def _gives_something(small: cst.Expr) -> bool:
    """Whether the value of an expression may be returned.

    Not a session of Keras' own: what is registered later may be the one that a name holds.
    """
    return "get_session" not in names(small).words


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

    def variables(self, *run: cst.SimpleStatementLine) -> list[str]:
        """The variables of functions that statements read, but for those that they bind before."""
        local = {name for scope in self.functions for name in scope.local}
        found: set[str] = set()
        bound: set[str] = set()
        for each in run:
            found |= (_read(each) & local) - bound
            bound |= bindings(each)
        return sorted(found)

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

    An assignment or expression, without what may not be evaluated (a conditional, a comprehension,
    a lambda), has its own scope (``super()``), or makes a text of what it is given. What it gives
    is returned, so that it lives as long as it did. It reads variables of its function that are
    bound once, and no attribute of which is set twice: the function inside is a flow of its own,
    which finds them as they are in the end. Nothing in the body of a ``try`` with handlers: they
    start from every boundary of two statements, and there are more now.

    What a function inside names leaves the flow: TFS203 and TFS301 are not reported for it. That
    function's own flow has entered nothing, and finds options that were copied in the end: TFS305
    and TFS202 may stand there. The value of ``set_session()`` is returned as any other (TFS306).
    One more flow may be too much (TFS900).
    """

    joins = True
    free = frozenset(("TFS202", "TFS203", "TFS301", "TFS305", "TFS306", "TFS900"))

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
                    found += self.moved([statement], ())
            return found


def _needs_object(statement: cst.SimpleStatementLine) -> bool:
    """Whether a statement starts a thread, or sets an attribute of ``self``."""
    small = statement.body[0]
    targets = small.targets if isinstance(small, cst.Assign) else ()
    return not names(statement).attributes.isdisjoint(_THREADS) or any(
        isinstance(each.target, cst.Attribute) and "self" in names(each.target).found
        for each in targets
    )


class _Collecting(_Scoped):
    """Collects the functions with what is moved, for where they are to stand."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__(module)
        self.pending: list[cst.BaseStatement] = []

    def collected(
        self, statements: Sequence[cst.BaseStatement], owner: str | None = None
    ) -> Sequence[cst.BaseStatement]:
        """The statements, with calls in the place of what is moved."""
        found: list[cst.BaseStatement] = []
        for run in self.runs(statements):
            movable = [each for each in map(self.movable, run) if each is not None]
            if len(movable) < len(run):
                found += run
                continue
            variables = [name for name in self.variables(*movable) if name != owner]
            moved = self.moved(movable, variables, owner)
            self.pending.append(moved.function)
            found.append(moved.call)
        return found


class MoveToFunction(Rewriting):
    """Each statement of a function in a function of the module, which is given the variables.

    The same statements as in `MoveToClosure`, whatever they read: where it was not bound before,
    the statement failed, and the call does. Not one that starts a thread: TFS401 looks at the
    object whose own method does. Not one that sets an attribute of ``self``: what no method of a
    class sets may be another class's.

    The function's own flow has entered nothing (TFS305), and stands under no condition (TFS501).
    The value of ``set_session()`` is returned as any other (TFS306).
    """

    joins = True
    free = frozenset(("TFS305", "TFS306", "TFS501"))

    class transformer(_Collecting):
        def block(self, statements: Sequence[cst.BaseStatement]) -> Sequence[cst.BaseStatement]:
            if not self.scopes or not isinstance(self.scopes[-1], cst.FunctionDef):
                return statements
            return self.collected(statements)

        def movable(self, statement: cst.BaseStatement) -> cst.SimpleStatementLine | None:
            found = super().movable(statement)
            return None if found is None or _needs_object(found) else found

        def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
            # The functions come first, behind the imports: what else they name is found when
            # they are called.
            body = list(updated_node.body)
            first = 0
            while first < len(body) and is_import(body[first]):
                first += 1
            body[first:first] = self.pending
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
    The value of ``set_session()`` is returned as any other (TFS306).
    """

    joins = True
    free = frozenset(("TFS305", "TFS306", "TFS501"))

    class transformer(_Collecting):
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
            return self.collected(statements, "self")

        def leave_FunctionDef(
            self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
        ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
            is_method = self._is_method
            node = super().leave_FunctionDef(original_node, updated_node)
            if not is_method:
                return node
            pending, self.pending = self.pending, []
            assert isinstance(node, cst.FunctionDef)
            return cst.FlattenSentinel([node, *pending])


class _Runs(_Scoped):
    """Moves several statements together.

    All but the first only build: they name nothing that changes which session there is, and no
    function of the file.
    """

    def __init__(self, module: cst.Module) -> None:
        super().__init__(module)
        visitor = _Definitions()
        module.visit(visitor)
        self._changing = _CHANGING | visitor.found

    def runs(
        self, statements: Sequence[cst.BaseStatement]
    ) -> Iterator[tuple[cst.BaseStatement, ...]]:
        run: list[cst.BaseStatement] = []
        for each in statements:
            if run and (
                self.movable(each) is None
                or self.movable(run[-1]) is None
                or not names(each).words.isdisjoint(self._changing)
            ):
                yield tuple(run)
                run = []
            run.append(each)
        if run:
            yield tuple(run)


_CHANGING = frozenset(
    """
    InteractiveSession MonitoredSession MonitoredTrainingSession Session SingularMonitoredSession
    Supervisor as_default clear_session close get_session global_variables_initializer
    initialize_all_variables managed_session reset_default_graph set_session
    variables_initializer
    """.split()
)


class _Definitions(cst.CSTVisitor):
    """Collects the names of functions and classes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.found.add(node.name.value)

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self.found.add(node.name.value)


class MoveBlockToFunction(MoveToFunction):
    """Statements of a function that follow each other, together, as `MoveToFunction` does one.

    The function is a flow of its own: what its statements alone do wrong would stand in it. So all
    but the first of them only build, by their words.
    """

    class transformer(_Runs, MoveToFunction.transformer):
        pass


class MoveBlockToMethod(MoveToMethod):
    """Statements of a method that follow each other, together, as `MoveBlockToFunction` does."""

    class transformer(_Runs, MoveToMethod.transformer):
        pass
