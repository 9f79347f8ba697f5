"""How the word index of a file is made, in one walk of its `ast` tree for all scopes, and one each
for what an import of the file defines and calls.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any, Callable, Union

from ..tensorflow.vocabulary import LIBRARIES, READING_METHODS, VISIBLE_DEVICES
from .syntax import bindings, last_name, main_guard, parameter_names
from .word_index import Position, WordIndex

_Function = Union[ast.FunctionDef, ast.AsyncFunctionDef]
_Definition = Union[ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS = (*_FUNCTIONS, ast.ClassDef)


def index_of(tree: ast.Module) -> WordIndex:
    """The word index of a file."""
    indexing = _Indexing()
    index = indexing.index
    index.words.update(indexing.words(tree.body, _Scope(is_executed=True)))
    index.members.update(_members(tree.body))
    index.called.update(_called(tree.body))
    for receiver in indexing.receivers:
        index.assigned.update(indexing.set_on.get(receiver, ()))
    return index


# --- what an import of the file defines and calls ---


def _members(statements: Iterable[ast.stmt]) -> set[str]:
    """The names that statements of a module bind, those inside compound ones too."""
    members: set[str] = set()
    pending: list[ast.AST] = list(statements)
    while pending:
        node = pending.pop()
        if isinstance(node, _DEFINITIONS):
            members.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            members.update(binding.name for binding in bindings(node))
        elif isinstance(node, ast.Assign):
            members.update(filter(None, map(last_name, node.targets)))
        else:
            # Its blocks, those of its `except` and `case` clauses too.
            pending += [
                each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.expr)
            ]
    return members


def _called(statements: Iterable[ast.stmt]) -> set[str]:
    """The names that statements of a module call when it is imported."""
    called: set[str] = set()
    pending: list[ast.AST] = list(statements)
    while pending:
        node = pending.pop()
        if isinstance(node, _DEFINITIONS):
            called.update(filter(None, map(last_name, node.decorator_list)))
        if isinstance(node, _FUNCTIONS):
            pending += _evaluated_outside(node)
        elif isinstance(node, ast.If) and (is_script := main_guard(node.test)) is not None:
            pending += node.orelse if is_script else node.body
        else:
            if isinstance(node, ast.Call):
                called.update(filter(None, (last_name(node.func),)))
            elif isinstance(node, ast.Constant) and node.value == VISIBLE_DEVICES:
                called.add(VISIBLE_DEVICES)
            pending += ast.iter_child_nodes(node)
    return called


# --- the words of all scopes ---


class _Scope:
    """The module, a class or a function: what its code binds, and the attributes that it sets.

    Attributes:
        is_executed: Whether an import of the file executes its code.
        is_class: Whether it is a class.
        receiver: What the method that it is in calls its object.
        cls: Where the class stands in which it is, if it is in one.
        words: The words of its own code.
        inner_words: Those of the definitions in it.
        bound: The names that it binds.
        stores: The attributes that it sets or deletes.
        global_names: The names that it declares ``global``.
        yields: Whether it is a generator.
    """

    def __init__(self, is_executed: bool, is_class: bool = False, receiver: str = "") -> None:
        self.is_executed = is_executed
        self.is_class = is_class
        self.receiver = receiver
        self.cls: Position | None = None
        self.words: set[str] = set()
        self.inner_words: set[str] = set()
        self.bound: set[str] = set()
        self.stores: list[ast.Attribute] = []
        self.global_names: set[str] = set()
        self.yields = False


class _Fields(dict[type, tuple[str, ...]]):
    """By class, the fields of a node that may hold others: faster than to look at all of them."""

    def __missing__(self, kind: type) -> tuple[str, ...]:
        fields = tuple(name for name in getattr(kind, "_fields", ()) if name not in _PLAIN_FIELDS)
        self[kind] = fields
        return fields


_PLAIN_FIELDS = frozenset("ctx op ops id attr arg names module level kind conversion".split())
_FIELDS = _Fields()


def _children(node: ast.AST) -> list[ast.AST]:
    """The nodes in a node."""
    children = []
    for field in _FIELDS[node.__class__]:
        child = getattr(node, field)
        if child.__class__ is list:
            children += child
        elif child is not None:
            children.append(child)
    return children


class _Indexing:
    """Indexes the words of a tree, scope by scope.

    Attributes:
        index: What was found.
        receivers: What the methods of the file call their objects.
        set_on: The attributes that are assigned to a name.
    """

    def __init__(self) -> None:
        self.index = WordIndex()
        self.receivers: set[str] = set()
        self.set_on: dict[str, set[str]] = {}

    def words(self, nodes: Iterable[ast.AST], scope: _Scope) -> set[str]:
        """The words of nodes, which are the code of a scope, and of the definitions in them."""
        index, words = self.index, scope.words
        pending = list(nodes)
        while pending:
            node: Any = pending.pop()
            kind = node.__class__
            # Names are most of a tree: they are dealt with here, for speed.
            if kind is ast.Name:
                name = node.id
                words.add(name)
                index.foreign.add(name)
                if node.ctx.__class__ is ast.Load:
                    index.read.add(name)
                else:
                    scope.bound.add(name)
            elif kind is ast.Attribute:
                value = node.value
                words.add(node.attr)
                if value.__class__ is not ast.Name or value.id != scope.receiver:
                    index.foreign.add(node.attr)
                if node.ctx.__class__ is ast.Load:
                    index.read.add(node.attr)
                else:
                    scope.stores.append(node)
                pending.append(value)
            else:
                note = _NOTES.get(kind)
                pending += _children(node) if note is None else note(self, node, scope)
        if scope.is_executed:
            index.executed.update(words)
        return words | scope.inner_words

    # --- notes of a node: each returns the nodes to go on with, which are the scope's as well ---

    def _constant(self, node: ast.Constant, scope: _Scope) -> Iterable[ast.AST]:
        value = node.value
        if isinstance(value, str) and value.isidentifier():
            # `getattr(tf, "Session")`
            scope.words.add(value)
            self.index.foreign.add(value)
        return ()

    def _definition(self, node: _Definition, scope: _Scope) -> Iterable[ast.AST]:
        scope.bound.add(node.name)
        if isinstance(node, ast.ClassDef):
            self.index.classes.add(node.name)
            inner = _Scope(scope.is_executed, is_class=True)
            inner.cls = node.lineno, node.col_offset
            words = self.words([*node.bases, *node.keywords, *node.body], inner)
        else:
            inner = self._function_scope(node, scope)
            words = self.words([*node.body, node.args], inner)
            if inner.yields and not words.isdisjoint(READING_METHODS):
                # Keras runs a generator in another thread: that matters if it uses a model.
                words.add("yield")
        self.index.define(node.name, words)
        self.index.words_of[node.lineno, node.col_offset] = words
        self._conclude(inner, (node.lineno, node.col_offset))
        scope.inner_words |= words
        if node.name != "__getitem__" or not words.isdisjoint(READING_METHODS):
            # Keras runs what gives the items of a `Sequence` in another thread, too.
            scope.words.add(node.name)
        return _evaluated_outside(node)

    def _function_scope(self, node: _Function, scope: _Scope) -> _Scope:
        parameters = parameter_names(node.args)
        receiver = scope.receiver
        if scope.is_class and parameters:
            self.receivers.add(parameters[0])
            receiver = "" if _is_static(node) else parameters[0]
        inner = _Scope(is_executed=False, receiver=receiver)
        inner.bound.update(parameters)
        inner.cls = scope.cls
        return inner

    def _conclude(self, scope: _Scope, place: Position) -> None:
        """Tell from all that a scope binds whose names and attributes it sets."""
        rebound, setters = self.index.rebound, self.index.setters
        rebound.update((name, None) for name in scope.bound & scope.global_names)
        for store in scope.stores:
            value: ast.expr = store
            while isinstance(value, ast.Attribute):
                attr = value.attr
                value = value.value
            is_own = isinstance(store.value, ast.Name) and store.value.id == scope.receiver
            setters.setdefault(store.attr, set()).add((scope.cls if is_own else None, place))
            if isinstance(value, ast.Name):
                if isinstance(store.value, ast.Name):
                    self.set_on.setdefault(value.id, set()).add(attr)
                if value.id not in scope.bound:
                    rebound.add((value.id, attr))

    def _import(self, node: ast.Import | ast.ImportFrom, scope: _Scope) -> Iterable[ast.AST]:
        words: set[str] = set()
        for binding in bindings(node):
            module = binding.module.split(".") if binding.module else []
            words.update(module, (binding.name,), filter(None, (binding.member,)))
            if binding.is_alias:
                self.index.alias(binding.name, [binding.member] if binding.member else module)
            if binding.member and not binding.is_relative and module[0] in LIBRARIES:
                self.index.alias(binding.name, module)
            scope.bound.add(binding.name)
        scope.words |= words
        self.index.foreign |= words
        return ()

    def _assign(self, node: ast.Assign, scope: _Scope) -> Iterable[ast.AST]:
        """Note what a name may mean: another name; outside functions, what a call made or a display
        holds.
        """
        value: ast.AST = node.value
        if isinstance(value, ast.Call) and scope.is_executed:
            value = value.func
        words = []
        while isinstance(value, ast.Attribute):
            words.append(value.attr)
            value = value.value
        words.append(last_name(value))
        if isinstance(value, (ast.Dict, ast.IfExp, ast.List, ast.Tuple)) and scope.is_executed:
            words += map(last_name, ast.walk(value))
        words = list(filter(None, words))
        for name in filter(None, map(last_name, node.targets)) if words else ():
            self.index.alias(name, words)
        return _children(node)

    def _augmented_assign(self, node: ast.AugAssign, scope: _Scope) -> Iterable[ast.AST]:
        self.index.read.update(filter(None, (last_name(node.target),)))
        return _children(node)

    def _delete(self, node: ast.Delete, scope: _Scope) -> Iterable[ast.AST]:
        self.index.read.update(filter(None, map(last_name, node.targets)))
        return _children(node)

    def _global(self, node: ast.Global, scope: _Scope) -> Iterable[ast.AST]:
        scope.global_names.update(node.names)
        return ()

    def _handler(self, node: ast.ExceptHandler, scope: _Scope) -> Iterable[ast.AST]:
        if node.name is not None:
            scope.bound.add(node.name)
        return _children(node)

    def _yield(self, node: ast.Yield, scope: _Scope) -> Iterable[ast.AST]:
        scope.yields = True
        return _children(node)

    def _keyword(self, node: ast.keyword, scope: _Scope) -> Iterable[ast.AST]:
        if node.arg == "weights":
            # `Embedding(1, 1, weights=[vectors])`: no other name of a parameter tells.
            scope.words.add("weights")
        return _children(node)


_NOTES: dict[type, Callable[[_Indexing, Any, _Scope], Iterable[ast.AST]]] = {
    ast.Constant: _Indexing._constant,
    ast.FunctionDef: _Indexing._definition,
    ast.AsyncFunctionDef: _Indexing._definition,
    ast.ClassDef: _Indexing._definition,
    ast.Import: _Indexing._import,
    ast.ImportFrom: _Indexing._import,
    ast.Assign: _Indexing._assign,
    ast.AugAssign: _Indexing._augmented_assign,
    ast.Delete: _Indexing._delete,
    ast.Global: _Indexing._global,
    ast.ExceptHandler: _Indexing._handler,
    ast.Yield: _Indexing._yield,
    ast.keyword: _Indexing._keyword,
}


def _is_static(node: _Function) -> bool:
    return "staticmethod" in map(last_name, node.decorator_list)


def _evaluated_outside(node: _Definition) -> list[ast.expr]:
    """What of a definition is evaluated around it."""
    if isinstance(node, ast.ClassDef):
        return node.decorator_list
    defaults = (each for each in node.args.kw_defaults if each is not None)
    return [*node.decorator_list, *node.args.defaults, *defaults]
