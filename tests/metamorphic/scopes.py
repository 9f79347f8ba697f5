"""Which names a piece of a program reads and binds."""

from __future__ import annotations

import libcst as cst


class _Names(cst.CSTVisitor):
    """Collects the names that stand for variables; no attributes, no keywords."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()
        self.kinds: set[type[cst.CSTNode]] = set()

    @property
    def words(self) -> set[str]:
        """The names and the attributes."""
        return self.found | self.attributes

    def on_visit(self, node: cst.CSTNode) -> bool:
        self.kinds.add(type(node))
        return super().on_visit(node)

    def visit_Name(self, node: cst.Name) -> None:
        self.found.add(node.value)

    def visit_Attribute_attr(self, node: cst.Attribute) -> None:
        self.attributes.add(node.attr.value)
        self._kept = set(self.found)

    def leave_Attribute_attr(self, node: cst.Attribute) -> None:
        self.found = self._kept

    def visit_Arg_keyword(self, node: cst.Arg) -> None:
        self._kept = set(self.found)

    def leave_Arg_keyword(self, node: cst.Arg) -> None:
        self.found = self._kept


def names(node: cst.CSTNode) -> _Names:
    """The names of variables in a node, read or bound, and the types of the nodes in it."""
    visitor = _Names()
    node.visit(visitor)
    return visitor


class _Bindings(cst.CSTVisitor):
    """Collects the names that a block binds in its own scope."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def _bind(self, target: cst.CSTNode) -> None:
        self.found += _leaves(target)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        self.found.append(node.name.value)
        return False

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        self.found.append(node.name.value)
        return False

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        return False

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        self._bind(node.target)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        self._bind(node.target)

    def visit_AugAssign(self, node: cst.AugAssign) -> None:
        self._bind(node.target)

    def visit_For(self, node: cst.For) -> None:
        self._bind(node.target)

    def visit_NamedExpr(self, node: cst.NamedExpr) -> None:
        self._bind(node.target)

    def visit_Del(self, node: cst.Del) -> None:
        self._bind(node.target)

    def visit_AsName(self, node: cst.AsName) -> None:
        self._bind(node.name)

    def visit_ImportAlias(self, node: cst.ImportAlias) -> None:
        if node.asname is None:
            name = node.name
            while isinstance(name, cst.Attribute):
                name = name.value
            self._bind(name)

    def visit_MatchAs(self, node: cst.MatchAs) -> None:
        if node.name is not None:
            self._bind(node.name)

    def visit_MatchStar(self, node: cst.MatchStar) -> None:
        if node.name is not None:
            self._bind(node.name)

    def visit_MatchMapping(self, node: cst.MatchMapping) -> None:
        if node.rest is not None:
            self._bind(node.rest)


def _leaves(target: cst.CSTNode) -> list[str]:
    if isinstance(target, cst.Name):
        return [target.value]
    if isinstance(target, (cst.Tuple, cst.List)):
        return [name for item in target.elements for name in _leaves(item.value)]
    if isinstance(target, cst.StarredElement):
        return _leaves(target.value)
    return []


def each_binding(node: cst.CSTNode) -> list[str]:
    """The names that the statements of a block bind in its own scope, as often as they do."""
    visitor = _Bindings()
    node.visit(visitor)
    return visitor.found


def bindings(node: cst.CSTNode) -> set[str]:
    """The names that the statements of a block bind in its own scope."""
    return set(each_binding(node))


class _Attributes(cst.CSTVisitor):
    """Collects the attributes of names that are set."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        if isinstance(node.target, cst.Attribute):
            self.found.append(cst.Module([]).code_for_node(node.target))


def each_attribute_set(node: cst.CSTNode) -> list[str]:
    """The attributes of names that a node sets, dotted, as often as it does."""
    visitor = _Attributes()
    node.visit(visitor)
    return visitor.found


class _Declarations(cst.CSTVisitor):
    """Collects the names that are declared to be another scope's."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def visit_NameItem(self, node: cst.NameItem) -> None:
        self.found.add(node.name.value)


def declared(node: cst.CSTNode) -> set[str]:
    """The names that are declared ``global`` or ``nonlocal`` anywhere in a node."""
    visitor = _Declarations()
    node.visit(visitor)
    return visitor.found
