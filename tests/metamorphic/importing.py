"""Other spellings and orders of the same imports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

import libcst as cst

from flake8_tf_session.tensorflow.vocabulary import LIBRARIES
from tests.metamorphic.scopes import bindings, each_binding
from tests.metamorphic.transformation import (
    BlockTransformer,
    Rewriting,
    Transformation,
    is_fixed,
    parsed,
)

# The parts of TensorFlow and Keras that are modules.
MODULES = frozenset(
    """
    api applications backend client compat contrib core engine keras layers models python session
    tensorflow tensorflow_backend tf_keras training v1 v2
    """.split()
)

_CAPTURES = (cst.MatchAs, cst.MatchMapping, cst.MatchStar)


class ReverseImports(Rewriting):
    """Imports that follow each other, in the opposite order.

    Those of libraries alone (an import of the project may do something), and only where each binds
    names of its own: no star imports, no ``__future__``.
    """

    class transformer(BlockTransformer):
        def block(self, statements: Sequence[cst.BaseStatement]) -> Sequence[cst.BaseStatement]:
            found: list[cst.BaseStatement] = []
            run: list[cst.BaseStatement] = []
            for each in [*statements, None]:
                if each is not None and _is_movable(each):
                    run.append(each)
                    continue
                bound = [name for item in run for name in each_binding(item)]
                if len(run) > 1 and len(set(bound)) == len(bound):
                    self.places += 1
                    run.reverse()
                found += run if each is None else [*run, each]
                run = []
            return found


def _is_movable(statement: cst.BaseStatement) -> bool:
    if not isinstance(statement, cst.SimpleStatementLine) or is_fixed(statement):
        return False
    for small in statement.body:
        if isinstance(small, cst.ImportFrom):
            if small.relative or isinstance(small.names, cst.ImportStar):
                return False
        elif not isinstance(small, cst.Import):
            return False
    return True


class _Binding(NamedTuple):
    """What one alias of an import binds: the dotted name, and the name it gets."""

    dotted: str
    bound: str


class Spelling(NamedTuple):
    """The statements of an import, and what stands for its name (None: the name itself)."""

    imports: str
    instead: str | None = None


class _Respelling(Transformation):
    """Spells imports of TensorFlow and Keras in another way.

    The imports that bind one name are respelled if all of them bind the same thing to it, and
    nothing else in the file binds the name, deletes it, declares it ``global``, or has it in the
    text of an annotation. A spelling that binds the library's own name (``import tensorflow``) is
    refused where the file binds that to anything else.
    """

    def spelling(self, binding: _Binding) -> Spelling | None:
        """Another spelling of an import; None where there is none."""
        raise NotImplementedError

    def apply(self, module: cst.Module) -> tuple[str, int]:
        """The text with the imports spelled so."""
        found = _Imports()
        module.visit(found)
        spelled = {}
        for bound, dotted in found.bindings.items():
            if len(dotted) > 1 or found.others.get(bound):
                continue
            (name,) = dotted
            spelling = self.spelling(_Binding(name, bound))
            root = name.partition(".")[0]
            if spelling is None:
                continue
            binds_root = spelling.instead is not None or spelling.imports.count("\n") > 1
            is_taken = found.others.get(root) or found.bindings.get(root, {root}) != {root}
            if not (binds_root and is_taken):
                spelled[bound] = spelling
        transformer = _Respeller(module, spelled)
        changed = module.visit(transformer).code
        return changed, 0 if changed == module.code else transformer.places


def _dotted(node: cst.BaseExpression) -> str:
    return cst.Module([]).code_for_node(node)


def _aliases(node: cst.BaseSmallStatement) -> list[tuple[cst.ImportAlias, _Binding]] | None:
    """What an import of TensorFlow or Keras binds; None if it is none, or not only that."""
    if isinstance(node, cst.Import):
        found = [(alias, _dotted(alias.name)) for alias in node.names]
        if any(alias.asname is None and "." in dotted for alias, dotted in found):
            return None
    elif isinstance(node, cst.ImportFrom) and not isinstance(node.names, cst.ImportStar):
        if node.relative or node.module is None:
            return None
        package = _dotted(node.module)
        found = [(alias, f"{package}.{_dotted(alias.name)}") for alias in node.names]
    else:
        return None
    if not all(dotted.partition(".")[0] in LIBRARIES for _, dotted in found):
        return None
    return [(alias, _Binding(dotted, each_binding(alias)[0])) for alias, dotted in found]


class _Imports(cst.CSTVisitor):
    """Collects what imports bind, and whatever else binds a name anywhere in a file."""

    def __init__(self) -> None:
        super().__init__()
        self.bindings: dict[str, set[str]] = {}
        self.others: dict[str, int] = {}
        self._known: set[cst.CSTNode] = set()

    def _note(self, names: Sequence[str]) -> None:
        for name in names:
            self.others[name] = self.others.get(name, 0) + 1

    def visit_Import(self, node: cst.Import) -> bool:
        return self._import(node)

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        return self._import(node)

    def _import(self, node: cst.Import | cst.ImportFrom) -> bool:
        aliases = _aliases(node)
        if aliases is not None:
            for _, binding in aliases:
                self.bindings.setdefault(binding.bound, set()).add(binding.dotted)
        elif isinstance(node, cst.Import):
            for alias in node.names:
                # `import tensorflow.keras` binds the library's name to the library.
                dotted = _dotted(alias.name)
                root = dotted.partition(".")[0]
                if alias.asname is None and root in LIBRARIES:
                    self.bindings.setdefault(root, set()).update(
                        {root} if "." not in dotted else {root, f"{root}.*"}
                    )
                else:
                    self._note(each_binding(alias))
        else:
            self._note(each_binding(node))
        return False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._note([node.name.value])

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._note([node.name.value])

    def visit_Param(self, node: cst.Param) -> None:
        self._note([node.name.value])

    def visit_Annotation(self, node: cst.Annotation) -> None:
        # The text of an annotation names what it names whatever is imported.
        if isinstance(node.annotation, cst.SimpleString):
            self._note([str(node.annotation.evaluated_value).partition(".")[0]])

    def visit_NameItem(self, node: cst.NameItem) -> None:
        self._note([node.name.value])

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        self._note(sorted(bindings(node)))

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(
            node,
            (cst.AnnAssign, cst.AugAssign, cst.Del, cst.NamedExpr, *_CAPTURES),
        ):
            self._note(each_binding(node))
        elif isinstance(node, (cst.For, cst.CompFor)):
            self._note(each_binding(cst.AssignTarget(node.target)))
        elif isinstance(node, cst.AsName):
            self._note(each_binding(node))
        return super().on_visit(node)


class _Respeller(cst.CSTTransformer):
    """Writes imports in their new spelling, and what stands for their names."""

    def __init__(self, module: cst.Module, spelled: dict[str, Spelling]) -> None:
        super().__init__()
        self.places = 0
        self._spelled = spelled
        self._instead = {
            bound: cst.parse_expression(spelling.instead)
            for bound, spelling in spelled.items()
            if spelling.instead is not None
        }

    def visit_Import(self, node: cst.Import) -> bool:
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        return False

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
        small = original_node.body[0]
        aliases = _aliases(small) if len(original_node.body) == 1 else None
        if aliases is None or not any(item.bound in self._spelled for _, item in aliases):
            return updated_node
        found: list[cst.BaseStatement] = []
        for alias, item in aliases:
            spelling = self._spelled.get(item.bound)
            if spelling is None:
                assert isinstance(small, (cst.Import, cst.ImportFrom))
                alone = alias.with_changes(comma=cst.MaybeSentinel.DEFAULT)
                body: cst.BaseSmallStatement = small.with_changes(names=[alone])
                if isinstance(body, cst.ImportFrom):
                    body = body.with_changes(lpar=None, rpar=None)
                found.append(updated_node.with_changes(body=[body], leading_lines=[]))
                continue
            self.places += 1
            for statement in parsed(spelling.imports):
                assert isinstance(statement, cst.SimpleStatementLine)
                found.append(
                    statement.with_changes(trailing_whitespace=updated_node.trailing_whitespace)
                )
        first = found[0]
        assert isinstance(first, cst.SimpleStatementLine)
        found[0] = first.with_changes(leading_lines=updated_node.leading_lines)
        return cst.FlattenSentinel(found)

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        return self._instead.get(updated_node.value, updated_node)

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.Attribute:
        return updated_node.with_changes(attr=original_node.attr)

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        return updated_node.with_changes(keyword=original_node.keyword)


def _parent(dotted: str) -> tuple[str, str]:
    parent, _, last = dotted.rpartition(".")
    return parent, last


def _is_module(dotted: str) -> bool:
    return all(part in MODULES for part in dotted.split("."))


class ImportFrom(_Respelling):
    """``from tensorflow.keras import backend as K``."""

    def spelling(self, binding: _Binding) -> Spelling | None:
        parent, last = _parent(binding.dotted)
        if not parent:
            return None
        return Spelling(f"from {parent} import {last} as {binding.bound}\n")


class ImportAs(_Respelling):
    """``import tensorflow.keras.backend as K``; of what is no module, its module."""

    def spelling(self, binding: _Binding) -> Spelling | None:
        if _is_module(binding.dotted):
            return Spelling(f"import {binding.dotted} as {binding.bound}\n")
        parent, last = _parent(binding.dotted)
        module = f"{binding.bound}_module_"
        return Spelling(f"import {parent} as {module}\n", f"{module}.{last}")


class ImportDotted(_Respelling):
    """``import tensorflow.keras.backend``, and that wherever ``K`` stood."""

    def spelling(self, binding: _Binding) -> Spelling | None:
        module = binding.dotted if _is_module(binding.dotted) else _parent(binding.dotted)[0]
        return Spelling(f"import {module}\n", binding.dotted)


class ImportRoot(_Respelling):
    """``import tensorflow``, and ``tensorflow.keras.backend`` wherever ``K`` stood."""

    def spelling(self, binding: _Binding) -> Spelling | None:
        root = binding.dotted.partition(".")[0]
        return Spelling(f"import {root}\n", binding.dotted)


class ImportRootAs(_Respelling):
    """``import tensorflow as K_root_``, and ``K_root_.keras.backend`` wherever ``K`` stood."""

    def spelling(self, binding: _Binding) -> Spelling | None:
        root, dot, rest = binding.dotted.partition(".")
        alias = f"{binding.bound}_root_"
        return Spelling(f"import {root} as {alias}\n", f"{alias}{dot}{rest}")


class ImportAndAssign(_Respelling):
    """``import tensorflow``, then ``K = tensorflow.keras.backend``."""

    def spelling(self, binding: _Binding) -> Spelling | None:
        root = binding.dotted.partition(".")[0]
        if binding.bound == root:
            return None
        return Spelling(f"import {root}\n{binding.bound} = {binding.dotted}\n")


class _Elsewhere(_Respelling):
    """Imports the same from another package that has it."""

    packages: ClassVar[dict[str, str]]

    def spelling(self, binding: _Binding) -> Spelling | None:
        for package, other in self.packages.items():
            if binding.dotted == package or binding.dotted.startswith(f"{package}."):
                dotted = other + binding.dotted[len(package) :]
                if _is_module(dotted):
                    return Spelling(f"import {dotted} as {binding.bound}\n")
                parent, last = _parent(dotted)
                return Spelling(f"from {parent} import {last} as {binding.bound}\n")
        return None


class ImportCompat(_Elsewhere):
    """TensorFlow from ``tensorflow.compat.v1``.

    TFS305 and TFS501 tell the two apart.
    """

    free = frozenset(("TFS305", "TFS501"))
    packages: ClassVar = {
        "tensorflow.compat.v1": "tensorflow.compat.v1",
        "tensorflow": "tensorflow.compat.v1",
    }


class ImportStandalone(_Elsewhere):
    """Keras from ``keras``; TFS305, TFS401 and TFS501 tell the two apart."""

    free = frozenset(("TFS305", "TFS401", "TFS501"))
    packages: ClassVar = {"tensorflow.keras": "keras", "tensorflow.compat.v1.keras": "keras"}


class ImportFromTensorflow(_Elsewhere):
    """Keras from ``tensorflow.keras``; TFS305, TFS401 and TFS501 tell the two apart."""

    free = frozenset(("TFS305", "TFS401", "TFS501"))
    packages: ClassVar = {
        "keras": "tensorflow.keras",
        "tensorflow.python.keras": "tensorflow.keras",
    }


class ImportPrivate(_Elsewhere):
    """Keras from ``tensorflow.python.keras``; TFS305, TFS401 and TFS501 tell the two apart."""

    free = frozenset(("TFS305", "TFS401", "TFS501"))
    packages: ClassVar = {
        "keras": "tensorflow.python.keras",
        "tensorflow.keras": "tensorflow.python.keras",
        "tensorflow.compat.v1.keras": "tensorflow.python.keras",
    }


class ImportTfKeras(_Elsewhere):
    """Keras from ``tf_keras``; TFS305, TFS401 and TFS501 tell the two apart."""

    free = frozenset(("TFS305", "TFS401", "TFS501"))
    packages: ClassVar = {"keras": "tf_keras", "tensorflow.keras": "tf_keras"}
