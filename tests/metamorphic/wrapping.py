"""Statements wrapped in what always runs them once, and others put between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst
from libcst import matchers as m

from tests.metamorphic.scopes import bindings, names
from tests.metamorphic.transformation import (
    BlockTransformer,
    Rewriting,
    indented,
    is_fixed,
    marks_of,
    parsed,
)

_OWN_SCOPE = {"super", "__class__", "locals", "vars", "eval", "exec"}


class _Each(BlockTransformer):
    """Wraps each statement by itself."""

    def block(self, statements: Sequence[cst.BaseStatement]) -> Sequence[cst.BaseStatement]:
        return [each if is_fixed(each) else self._wrapped(each) for each in statements]

    def _wrapped(self, statement: cst.BaseStatement) -> cst.BaseStatement:
        self.places += 1
        return self.wrap(indented([statement]))

    def wrap(self, body: cst.IndentedBlock) -> cst.BaseStatement:
        raise NotImplementedError


class WrapInIfTrue(Rewriting):
    """``if True:`` around each statement, but for docstrings and future imports.

    TFS501 takes what follows an ``if`` that asks for a version and returns, in the same block, for
    its ``else``.
    """

    free = frozenset(("TFS305", "TFS501"))

    class transformer(_Each):
        def wrap(self, body: cst.IndentedBlock) -> cst.BaseStatement:
            return cst.If(cst.Name("True"), body)


class WrapInTry(Rewriting):
    """``try:`` with ``finally: pass`` around each statement; TFS501 as for `WrapInIfTrue`."""

    free = frozenset(("TFS305", "TFS501"))

    class transformer(_Each):
        def wrap(self, body: cst.IndentedBlock) -> cst.BaseStatement:
            return cst.Try(body, finalbody=cst.Finally(indented(parsed("pass\n"))))


class InsertUnrelated(Rewriting):
    """Statements that have to do with nothing before each one; docstrings stay the first.

    Where many paths meet, they are joined in another order then: a finding may name another of the
    places that make it wrong.
    """

    joins = True

    class transformer(BlockTransformer):
        def block(self, statements: Sequence[cst.BaseStatement]) -> Sequence[cst.BaseStatement]:
            found: list[cst.BaseStatement] = []
            for each in statements:
                if not is_fixed(each):
                    found += parsed(f'{self.new_name("unrelated")} = len("unrelated")\n')
                found.append(each)
            return found


class WrapBodyInFunction(Rewriting):
    """The body of each function in a function inside of it that is called at once.

    Not that of a generator or coroutine; nor where the body binds one of the parameters (it would
    be another variable), declares names ``global`` or ``nonlocal``, or asks for its own scope
    (``super()``, ``locals()``). Not ``__init__``: the function inside is a flow of its own, in
    which ``self`` is not fresh. Nor where the body asks whether a parameter is None: that flow
    finds the parameter as it is in the end, which may be None from its beginning.
    """

    joins = True

    class transformer(BlockTransformer):
        def block(self, statements: Sequence[cst.BaseStatement]) -> Sequence[cst.BaseStatement]:
            return statements

        def leave_FunctionDef(
            self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
        ) -> cst.FunctionDef:
            super().leave_FunctionDef(original_node, updated_node)
            if not _can_be_wrapped(original_node):
                return updated_node
            body = updated_node.body
            assert isinstance(body, cst.IndentedBlock)
            first = 1 if is_fixed(body.body[0]) else 0
            if first == len(body.body):
                return updated_node
            name = self.new_name("wrapped")
            function = cst.FunctionDef(
                cst.Name(name), cst.Parameters(), indented(body.body[first:])
            )
            called = parsed(f"return {name}()  # {marks_of(function)}\n")
            return updated_node.with_changes(
                body=body.with_changes(body=[*body.body[:first], function, *called])
            )


def _can_be_wrapped(function: cst.FunctionDef) -> bool:
    found = names(function.body)
    parameters = names(function.params).found
    return (
        isinstance(function.body, cst.IndentedBlock)
        and function.name.value != "__init__"
        and function.asynchronous is None
        and found.kinds.isdisjoint({cst.Yield, cst.Await, cst.Global, cst.Nonlocal})
        and found.found.isdisjoint(_OWN_SCOPE)
        and bindings(function.body).isdisjoint(parameters)
        and not any(asked.value in parameters for asked in _asked_for_none(function.body))
    )


def _asked_for_none(body: cst.BaseSuite) -> Iterator[cst.Name]:
    """The names that a body compares with None."""
    none = m.ComparisonTarget(comparator=m.Name("None"))
    for found in m.findall(body, m.Comparison(left=m.Name(), comparisons=[none])):
        left = cst.ensure_type(found, cst.Comparison).left
        yield cst.ensure_type(left, cst.Name)


class WrapModuleInFunction(Rewriting):
    """What comes after a module's first imports in a function that is called at once.

    Not where a function declares a name ``global``, where there is a star import among the rest,
    where the rest binds a name that the first imports bind or that others read by its spelling
    (``__all__``, ``urlpatterns``), or where it asks for its own scope. The variables that are
    always assigned are returned and unpacked: what they hold lives on in the module.

    TFS203 has a rule of its own for modules: what a module makes, others may import.
    """

    joins = True
    free = frozenset(("TFS203",))

    class transformer(BlockTransformer):
        def block(self, statements: Sequence[cst.BaseStatement]) -> Sequence[cst.BaseStatement]:
            return statements

        def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
            body = original_node.body
            first = 0
            while first < len(body) and (is_fixed(body[first]) or _only_imports(body[first])):
                first += 1
            rest = indented(body[first:])
            if first == len(body) or not _can_leave_module(body[:first], rest):
                return updated_node
            name = self.new_name("wrapped")
            kept = "".join(f"{each}, " for each in _assigned(body[first:]))
            end = parsed(f"return {kept}\n") if kept else []
            function = cst.FunctionDef(
                cst.Name(name), cst.Parameters(), indented([*body[first:], *end])
            )
            called = f"{kept}= {name}()" if kept else f"{name}()"
            return updated_node.with_changes(
                body=[*body[:first], function, *parsed(f"{called}  # {marks_of(function)}\n")]
            )


def _assigned(body: Sequence[cst.BaseStatement]) -> list[str]:
    """The variables that a body's own statements always assign, and none deletes."""
    deleted = {name for each in m.findall(indented(body), m.Del()) for name in bindings(each)}
    lines = [each for each in body if isinstance(each, cst.SimpleStatementLine)]
    assigned = {
        name
        for line in lines
        for small in line.body
        if isinstance(small, cst.Assign)
        for name in bindings(small)
    }
    return sorted(assigned - deleted)


def _only_imports(statement: cst.BaseStatement) -> bool:
    if isinstance(statement, cst.SimpleStatementLine):
        return all(isinstance(small, (cst.Import, cst.ImportFrom)) for small in statement.body)
    return False


def _can_leave_module(imports: Sequence[cst.BaseStatement], rest: cst.IndentedBlock) -> bool:
    found = names(rest)
    bound = bindings(rest)
    return (
        found.kinds.isdisjoint({cst.Global, cst.ImportStar})
        # What gets a request is a view of Django, which finds those of modules alone.
        and found.found.isdisjoint({*_OWN_SCOPE, "request"})
        and bound.isdisjoint(bindings(indented(imports)) | {"__all__", "urlpatterns"})
    )
