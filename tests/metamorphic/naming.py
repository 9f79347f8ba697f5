"""Other names for the same things."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable

import libcst as cst

from tests.metamorphic.scopes import each_binding, names
from tests.metamorphic.transformation import Transformation

# Names that tell something themselves: to a web framework, or of a loop's last round.
_TELLING = {"is_last", "last", "last_index", "request", "urlpatterns"}
_WORD = re.compile(r"[^\W\d]\w*")


class _Uses(cst.CSTVisitor):
    """Collects what each name of a program is used for."""

    def __init__(self) -> None:
        super().__init__()
        self.variables: set[str] = set()
        self.parameters: set[str] = set()
        self.definitions: set[str] = set()
        self.aliases: set[str] = set()
        self.imported: set[str] = set()
        self.attributes: set[str] = set()
        self.keywords: set[str] = set()
        self.text: set[str] = set()
        self.entered: set[str] = set()
        self.has_star = False
        self._scopes = [False]

    def _define(self, name: str) -> None:
        # In a class's body it is an attribute.
        (self.attributes if self._scopes[-1] else self.definitions).add(name)

    def visit_Module(self, node: cst.Module) -> None:
        self.variables.update(each_binding(node))

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._define(node.name.value)
        self.variables.update(each_binding(node.body))
        self._scopes.append(False)

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        self._scopes.pop()

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._define(node.name.value)
        self.attributes.update(each_binding(node.body))
        self._scopes.append(True)

    def leave_ClassDef(self, original_node: cst.ClassDef) -> None:
        self._scopes.pop()

    def visit_Param(self, node: cst.Param) -> None:
        self.parameters.add(node.name.value)

    def visit_CompFor(self, node: cst.CompFor) -> None:
        self.variables.update(each_binding(cst.AssignTarget(node.target)))

    def visit_ImportStar(self, node: cst.ImportStar) -> None:
        self.has_star = True

    def visit_ImportAlias(self, node: cst.ImportAlias) -> None:
        self.imported.update(_WORD.findall(cst.Module([]).code_for_node(node.name)))
        if node.asname is not None and isinstance(node.asname.name, cst.Name):
            self.aliases.add(node.asname.name.value)

    def visit_ImportFrom(self, node: cst.ImportFrom) -> None:
        if node.module is not None:
            self.imported.update(_WORD.findall(cst.Module([]).code_for_node(node.module)))

    def visit_Arg(self, node: cst.Arg) -> None:
        if node.keyword is not None:
            self.keywords.add(node.keyword.value)

    def visit_WithItem(self, node: cst.WithItem) -> None:
        self.entered.update(names(node.item).found)

    def visit_SimpleString(self, node: cst.SimpleString) -> None:
        self.text.update(_WORD.findall(node.value))


class _Renamer(cst.CSTTransformer):
    """Gives names new ones wherever they stand for variables."""

    def __init__(self, renamed: dict[str, str]) -> None:
        super().__init__()
        self._renamed = renamed

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        new = self._renamed.get(updated_node.value)
        return updated_node if new is None else updated_node.with_changes(value=new)

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.Attribute:
        return updated_node.with_changes(attr=original_node.attr)

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        return updated_node.with_changes(keyword=original_node.keyword)


class _Renaming(Transformation):
    """Renames whatever has a name of one kind alone, in all of the file."""

    def candidates(self, uses: _Uses) -> set[str]:
        """The names of the kind that is renamed."""
        raise NotImplementedError

    def new_names(self, words: set[str]) -> Callable[[str], str]:
        """How new names are made that are none of these words."""
        return lambda name: f"{name}_renamed"

    def apply(self, module: cst.Module) -> tuple[str, int]:
        """The text with the new names."""
        uses = _Uses()
        module.visit(uses)
        if uses.has_star:
            return module.code, 0
        other = uses.attributes | uses.imported | uses.text | _TELLING | set(dir(builtins))
        found = {
            name
            for name in self.candidates(uses) - other
            if not name.startswith("__") and not (name in uses.parameters and name in uses.keywords)
        }
        new_name = self.new_names(set(_WORD.findall(module.code)))
        renamed = {name: new_name(name) for name in sorted(found)}
        return module.visit(_Renamer(renamed)).code, len(renamed)


class RenameVariables(_Renaming):
    """Variables and parameters get other names.

    Not a name that also is an attribute of a class, a builtin, part of an import, a keyword of a
    call (if it is a parameter), or a word in a string, which may name it. Nothing in a file with a
    star import, which may bring any name.
    """

    def candidates(self, uses: _Uses) -> set[str]:
        return (uses.variables | uses.parameters) - uses.definitions - uses.aliases


class RenameDefinitions(_Renaming):
    """Functions, classes and aliases of imports get other names; with the same exceptions."""

    def candidates(self, uses: _Uses) -> set[str]:
        return uses.definitions | uses.aliases


class RenameToTerms(RenameVariables):
    """Variables and parameters get names that mean something in TensorFlow.

    With the same exceptions; and what is called a session or a graph stays one, since it is that
    where nothing else tells. Nor does what a ``with`` statement enters become one.
    """

    def candidates(self, uses: _Uses) -> set[str]:
        return {
            name
            for name in super().candidates(uses) - uses.entered
            if "sess" not in name.lower() and "graph" not in name.lower()
        }

    def new_names(self, words: set[str]) -> Callable[[str], str]:
        terms = iter([term for term in _TERMS if term not in words])
        return lambda name: next(terms, f"{name}_renamed")


_TERMS = """
    set_session Session Dense tf keras K backend layers allow_growth load_model Sequential
    get_session clear_session ConfigProto GPUOptions Graph InteractiveSession Model Input
    global_variables_initializer tensorflow load_weights predict fit Thread route models
    as_default config gpu_options session close run save compile
""".split()
