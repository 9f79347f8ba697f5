"""The mutants of a module: its text with one small mistake.

The mistakes are mutmut's, and three that it has not: an operand of ``and`` or ``or`` is left out, a
test without an operator is negated, a call that is a statement is left out. Only what functions
execute is mutated, not the tables, limits and types.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_arg_removal, operator_string

PACKAGE = Path(__file__).resolve().parent.parent.parent / "flake8_tf_session"
FOLDERS = "domain interpreter ir models report rules tensorflow text".split()
MODULES = tuple(
    path.relative_to(PACKAGE).with_suffix("").as_posix()
    for folder in FOLDERS
    for path in sorted(PACKAGE.glob(f"{folder}/*.py"))
)
# Parameters are their types and defaults; an assertion says what can't be otherwise.
_SKIPPED = (cst.Annotation, cst.Assert, cst.Decorator, cst.Parameters)
Changes = Iterator[tuple[cst.CSTNode, cst.CSTNode]]


class Key(NamedTuple):
    """What names a mutant for as long as its statement stays the same.

    Attributes:
        module: The module, ``rules/order`` say.
        function: The function, with its class.
        statement: The statement that is mutated, of a compound one the head.
        before: What is replaced in it.
        after: What it is replaced by.
    """

    module: str
    function: str
    statement: str
    before: str
    after: str


class Mutant(NamedTuple):
    """A mutant.

    Attributes:
        key: What names it.
        lines: The lines of its statement.
        text: Makes the text of the whole module.
    """

    key: Key
    lines: range
    text: Callable[[], str]


def _changes(node: cst.CSTNode) -> Changes:
    """The pairs of a node, this or one in it, and what may replace it."""
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            changed = list(operator(node))
            if operator is operator_string:
                # One other string is as good as three.
                changed = changed[:1]
            for each in changed:
                if operator is not operator_arg_removal or not _moves_arguments(node, each):
                    yield node, each
    if isinstance(node, cst.BooleanOperation):
        yield node, node.left
        yield node, node.right
    elif isinstance(node, (cst.If, cst.While, cst.IfExp, cst.CompIf)):
        test = node.test
        if not isinstance(test, (cst.Comparison, cst.BooleanOperation, cst.UnaryOperation)):
            yield test, cst.UnaryOperation(cst.Not(), test)
    elif isinstance(node, cst.Expr) and isinstance(node.value, cst.Call):
        yield node, cst.Pass()


def _moves_arguments(node: cst.CSTNode, changed: cst.CSTNode) -> bool:
    """Whether a change of a call is that positional arguments take another's place.

    That is nearly always a call with too few arguments, which any test notices.
    """
    assert isinstance(node, cst.Call) and isinstance(changed, cst.Call)
    before, after = ([arg.keyword for arg in call.args] for call in (node, changed))
    left_out = next((i for i, arg in enumerate(changed.args) if arg is not node.args[i]), None)
    if len(before) == len(after) or left_out is None:
        return False
    return before[left_out] is None and None in before[left_out + 1 :]


class _Collector(cst.CSTVisitor):
    """Finds what may be changed, with the function and the lines of the statement."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, range, cst.CSTNode, cst.CSTNode]] = []
        self._names: list[str] = []
        self._functions = 0
        self._statements: list[range] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, _SKIPPED):
            return False
        if isinstance(node, (cst.SimpleStatementLine, cst.BaseCompoundStatement)):
            self._statements.append(self._lines(node))
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            self._names.append(node.name.value)
            self._functions += isinstance(node, cst.FunctionDef)
        elif self._functions:
            for before, after in _changes(node):
                self.found.append((".".join(self._names), self._statements[-1], before, after))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, (cst.SimpleStatementLine, cst.BaseCompoundStatement)):
            self._statements.pop()
        if isinstance(original_node, (cst.FunctionDef, cst.ClassDef)):
            self._names.pop()
            self._functions -= isinstance(original_node, cst.FunctionDef)

    def _lines(self, node: cst.CSTNode) -> range:
        place = self.get_metadata(PositionProvider, node)
        end = place.end.line
        if isinstance(node, cst.BaseCompoundStatement):
            body = self.get_metadata(PositionProvider, node.body)
            end = max(place.start.line, body.start.line - 1)
        return range(place.start.line, end + 1)


def mutants_of(module: str) -> list[Mutant]:
    """The mutants of a module, in the order of its text."""
    text = (PACKAGE / f"{module}.py").read_text(encoding="utf-8")
    lines = text.splitlines()
    wrapper = MetadataWrapper(cst.parse_module(text))
    tree = wrapper.module
    collector = _Collector()
    wrapper.visit(collector)
    seen: Counter[Key] = Counter()
    mutants = []
    for function, span, node, changed in collector.found:
        statement, before, after = (
            " ".join(part.split())
            for part in (
                "\n".join(lines[number - 1] for number in span),
                tree.code_for_node(node),
                tree.code_for_node(changed),
            )
        )
        key = Key(module, function, statement, before, after)
        seen[key] += 1
        if seen[key] > 1:
            # The same change elsewhere in the statement, or in one like it.
            key = key._replace(after=f"{after} [{seen[key]}]")

        def make(node: cst.CSTNode = node, changed: cst.CSTNode = changed) -> str:
            mutated = tree.deep_replace(node, changed)
            assert isinstance(mutated, cst.Module)
            return mutated.code

        mutants.append(Mutant(key, span, make))
    return mutants
