"""The outline of a file: what stands where in it, told from its `ast` tree alone.

It decides what is worth reading: whether the file matters, and which names lead to a session. And
it knows what has to be known of a whole file before any of its functions is read.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple, Union

from ..tensorflow.vocabulary import LIBRARIES, VISIBLE_DEVICES

DefinitionNode = Union[ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef]
_FunctionNode = (ast.FunctionDef, ast.AsyncFunctionDef)


class Outline(NamedTuple):
    """What stands in a file.

    Attributes:
        definitions: By the name of each function, class and alias of the file, the words that
            stand in whatever the name may mean.
        aliases: Those of the aliases alone: other names, and what is imported from a library.
        words: All identifiers, and the strings that could be one.
        words_of: Those that stand in each function and class, inner ones included; by the line and
            column of the definition.
        foreign: Those that may be somebody else's: not only attributes of what methods call their
            objects.
        read: The names and attributes that are read anywhere.
        executed: The words of the code that an import executes, that is outside functions.
        called: The names that are called by it, where it is no script; and the environment variable
            that it sets, if that is about devices.
        members: The names that other files can import.
        classes: The names of all classes.
        rebound: The names that a function rebinds (``global``), paired with None, and those of
            which a function or class that does not bind them sets an attribute, paired with it.
        assigned: The attributes that are assigned to what methods call their objects.
    """

    definitions: dict[str, set[str]]
    aliases: dict[str, set[str]]
    words: set[str]
    words_of: dict[tuple[int, int], set[str]]
    foreign: set[str]
    read: set[str]
    executed: set[str]
    called: set[str]
    members: set[str]
    classes: set[str]
    rebound: set[tuple[str, str | None]]
    assigned: set[str]


def no_outline() -> Outline:
    """The outline of an empty file."""
    return Outline({}, {}, set(), {}, set(), set(), set(), set(), set(), set(), set(), set())


def outline_of(tree: ast.Module) -> Outline:
    """The outline of a file."""
    gathering = _Gathering()
    outline = gathering.outline
    outline.words.update(gathering.collect(tree.body, _Bindings(is_top=True)))
    outline.members.update(_members(tree.body))
    outline.called.update(_called(tree.body))
    for receiver in gathering.receivers:
        outline.assigned.update(gathering.set_on.get(receiver, ()))
    return outline


def _members(statements: Iterable[ast.stmt]) -> set[str]:
    """The names that statements of a module bind, those inside compound ones too."""
    members: set[str] = set()
    pending: list[ast.AST] = list(statements)
    while pending:
        node = pending.pop()
        if isinstance(node, (*_FunctionNode, ast.ClassDef)):
            members.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            members.update(_imported_names(node))
        elif isinstance(node, ast.Assign):
            members.update(name for target in node.targets for name in _last_name(target))
        else:
            # Its blocks, those of its `except` and `case` clauses too.
            pending += [
                each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.expr)
            ]
    return members


_MAIN = {
    ast.dump(ast.Name("__name__", ast.Load())),
    ast.dump(ast.Constant("__main__")),
}


def _called(statements: Iterable[ast.stmt]) -> set[str]:
    """The names that statements of a module call when it is imported."""
    called: set[str] = set()
    pending: list[ast.AST] = list(statements)
    while pending:
        node = pending.pop()
        if isinstance(node, (*_FunctionNode, ast.ClassDef)):
            called.update(name for each in node.decorator_list for name in _last_name(each))
        if isinstance(node, _FunctionNode):
            pending += _evaluated_outside(node)
        elif isinstance(node, ast.If) and _is_main_guard(node.test):
            pending += node.orelse
        else:
            if isinstance(node, ast.Call):
                called.update(_last_name(node.func))
            elif isinstance(node, ast.Constant) and node.value == VISIBLE_DEVICES:
                called.add(VISIBLE_DEVICES)
            pending += ast.iter_child_nodes(node)
    return called


def _is_main_guard(test: ast.expr) -> bool:
    """Whether a test holds only where the module is run as a script."""
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Eq):
        return False
    spelled = {ast.dump(side) for side in (test.left, *test.comparators)}
    return spelled == _MAIN


def _imported_names(node: ast.Import | ast.ImportFrom) -> list[str]:
    return [alias.asname or alias.name.partition(".")[0] for alias in node.names]


class _Bindings:
    """What the code of one scope binds, and the attributes that it sets.

    Attributes:
        receiver: What the method that the scope is in calls its object.
    """

    def __init__(self, is_top: bool, is_class: bool = False, receiver: str = "") -> None:
        self.is_top = is_top
        self.is_class = is_class
        self.receiver = receiver
        self.bound: set[str] = set()
        self.stores: list[ast.Attribute] = []
        self.global_names: set[str] = set()


class _Children(dict[type, tuple[str, ...]]):
    """By class, the fields of a node that may hold others: faster than to look at all of them."""

    def __missing__(self, kind: type) -> tuple[str, ...]:
        fields = tuple(name for name in getattr(kind, "_fields", ()) if name not in _PLAIN_FIELDS)
        self[kind] = fields
        return fields


_PLAIN_FIELDS = frozenset("ctx op ops id attr arg names module level kind conversion".split())
_CHILDREN = _Children()
_TELLING = (ast.Assign, ast.AugAssign, ast.Delete, ast.Global, ast.ExceptHandler)


class _Gathering:
    """Gathers an outline in one walk of the tree.

    Attributes:
        receivers: What the methods of the file call their objects.
        set_on: The attributes that are assigned to a name.
    """

    def __init__(self) -> None:
        self.outline = no_outline()
        self.receivers: set[str] = set()
        self.set_on: dict[str, set[str]] = {}

    def collect(self, nodes: Iterable[ast.AST], scope: _Bindings) -> set[str]:
        """The words of nodes, which stand in a scope."""
        outline = self.outline
        read, foreign = outline.read, outline.foreign
        receiver = scope.receiver
        words: set[str] = set()
        inner: set[str] = set()
        pending = list(nodes)
        while pending:
            node = pending.pop()
            kind = node.__class__
            if kind is ast.Name:
                name: str = node.id  # type: ignore[attr-defined]
                words.add(name)
                foreign.add(name)
                if node.ctx.__class__ is ast.Load:  # type: ignore[attr-defined]
                    read.add(name)
                else:
                    scope.bound.add(name)
            elif kind is ast.Attribute:
                attr: str = node.attr  # type: ignore[attr-defined]
                value = node.value  # type: ignore[attr-defined]
                words.add(attr)
                if value.__class__ is not ast.Name or value.id != receiver:
                    foreign.add(attr)
                pending.append(value)
                if node.ctx.__class__ is ast.Load:  # type: ignore[attr-defined]
                    read.add(attr)
                else:
                    scope.stores.append(node)  # type: ignore[arg-type]
            elif kind is ast.Constant:
                value = node.value  # type: ignore[attr-defined]
                if value.__class__ is str and value.isidentifier():
                    # `getattr(tf, "Session")`
                    words.add(value)
                    foreign.add(value)
            elif isinstance(node, (*_FunctionNode, ast.ClassDef)):
                inner |= self._definition(node, scope)
                words.add(node.name)
                pending += _evaluated_outside(node)
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                imported = _note_imports(node, outline)
                words |= imported
                foreign |= imported
                scope.bound.update(_imported_names(node))
            else:
                if kind in _TELLING:
                    self._other(node, scope)
                elif isinstance(node, ast.keyword) and node.arg == "weights":
                    # `Embedding(1, 1, weights=[vectors])`: no other name of a parameter tells.
                    words.add("weights")
                for field in _CHILDREN[kind]:
                    child = getattr(node, field)
                    if child.__class__ is list:
                        pending += child
                    elif child is not None:
                        pending.append(child)
        if scope.is_top:
            outline.executed.update(words)
        return words | inner

    def _definition(self, node: DefinitionNode, scope: _Bindings) -> set[str]:
        """The words of a function or class."""
        scope.bound.add(node.name)
        if isinstance(node, ast.ClassDef):
            inner = _Bindings(scope.is_top, is_class=True)
            words = self.collect([*node.bases, *node.keywords, *node.body], inner)
            self.outline.classes.add(node.name)
        else:
            parameters = _parameter_names(node.args)
            receiver = scope.receiver
            if scope.is_class and parameters:
                self.receivers.add(parameters[0])
                receiver = "" if _is_static(node) else parameters[0]
            inner = _Bindings(is_top=False, receiver=receiver)
            inner.bound.update(parameters)
            words = self.collect([*node.body, node.args], inner)
        _define(self.outline, node.name, words)
        self.outline.words_of[node.lineno, node.col_offset] = words
        self._leave(inner)
        return words

    def _leave(self, scope: _Bindings) -> None:
        rebound = self.outline.rebound
        rebound.update((name, None) for name in scope.bound & scope.global_names)
        for store in scope.stores:
            value: ast.expr = store
            while isinstance(value, ast.Attribute):
                attr = value.attr
                value = value.value
            if isinstance(value, ast.Name):
                if isinstance(store.value, ast.Name):
                    self.set_on.setdefault(value.id, set()).add(attr)
                if value.id not in scope.bound:
                    rebound.add((value.id, attr))

    def _other(self, node: ast.AST, scope: _Bindings) -> None:
        """Note what a node that is no name says of the scope."""
        if isinstance(node, ast.Assign):
            _note_alias(node, self.outline, scope.is_top)
        elif isinstance(node, ast.AugAssign):
            self.outline.read.update(_last_name(node.target))
        elif isinstance(node, ast.Delete):
            self.outline.read.update(name for each in node.targets for name in _last_name(each))
        elif isinstance(node, ast.Global):
            scope.global_names.update(node.names)
        elif isinstance(node, ast.ExceptHandler) and node.name is not None:
            scope.bound.add(node.name)


def _is_static(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("staticmethod" in _last_name(decorator) for decorator in node.decorator_list)


def _evaluated_outside(node: DefinitionNode) -> list[ast.expr]:
    """What of a definition is evaluated around it."""
    if isinstance(node, ast.ClassDef):
        return node.decorator_list
    defaults = (each for each in node.args.kw_defaults if each is not None)
    return [*node.decorator_list, *node.args.defaults, *defaults]


def _parameter_names(arguments: ast.arguments) -> list[str]:
    groups = (
        arguments.posonlyargs,
        arguments.args,
        filter(None, (arguments.vararg,)),
        arguments.kwonlyargs,
        filter(None, (arguments.kwarg,)),
    )
    return [each.arg for group in groups for each in group]


def _define(outline: Outline, name: str, words: Iterable[str]) -> None:
    outline.definitions.setdefault(name, set()).update(words)


def _note_as(outline: Outline, name: str, words: Iterable[str]) -> None:
    _define(outline, name, words)
    outline.aliases.setdefault(name, set()).update(words)


def _last_name(node: ast.AST) -> tuple[str, ...]:
    """The last name of an expression; none if it has none."""
    if isinstance(node, ast.Attribute):
        return (node.attr,)
    return (node.id,) if isinstance(node, ast.Name) else ()


def _note_alias(node: ast.Assign, outline: Outline, is_top: bool) -> None:
    """Note what a name may mean: another name; outside functions, what a call made or a display
    holds.
    """
    value: ast.AST = node.value
    if isinstance(value, ast.Call) and is_top:
        value = value.func
    words = []
    while isinstance(value, ast.Attribute):
        words.append(value.attr)
        value = value.value
    words += _last_name(value)
    if isinstance(value, (ast.Dict, ast.IfExp, ast.List, ast.Tuple)) and is_top:
        words += [name for each in ast.walk(value) for name in _last_name(each)]
    for target in node.targets if words else ():
        for name in _last_name(target):
            _note_as(outline, name, words)


def _note_imports(node: ast.Import | ast.ImportFrom, outline: Outline) -> set[str]:
    words: set[str] = set()
    library: list[str] = []
    if isinstance(node, ast.ImportFrom) and node.module:
        module = node.module.split(".")
        words.update(module)
        if not node.level and module[0] in LIBRARIES:
            library = module
    for alias in node.names:
        parts = alias.name.split(".")
        words.update(parts)
        if alias.asname is not None:
            words.add(alias.asname)
            _note_as(outline, alias.asname, parts)
        if library:
            _note_as(outline, alias.asname or alias.name, library)
    return words


def users_of(definitions: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """By word, the names that are defined with it."""
    users: dict[str, list[str]] = {}
    for name, mentioned in definitions.items():
        for word in mentioned:
            users.setdefault(word, []).append(name)
    return users


def leading_to(
    words: Iterable[str], users: Mapping[str, list[str]], members: Set[str] | None = None
) -> frozenset[str]:
    """The words through which code may reach one of ``words``: these, and names so defined; only
    names of members, where they are given.
    """
    hot = set(words)
    pending = [word for word in hot if word in users]
    while pending:
        for name in users.get(pending.pop(), ()):
            if name not in hot and (members is None or name in members):
                hot.add(name)
                pending.append(name)
    return frozenset(hot)


_ENVIRONMENT_METHODS = frozenset(("putenv", "setdefault", "setenv", "update"))


def sets_variable(tree: ast.Module, name: str) -> bool:
    """Whether a file sets an environment variable."""
    return any(_sets_variable(node, name) for node in ast.walk(tree))


def _sets_variable(node: ast.AST, name: str) -> bool:
    def names(value: ast.AST | None) -> bool:
        return isinstance(value, ast.Constant) and value.value == name

    if isinstance(node, ast.Assign):
        targets = [target for target in node.targets if isinstance(target, ast.Subscript)]
        return any(names(target.slice) for target in targets)
    if not isinstance(node, ast.Call) or not _ENVIRONMENT_METHODS.intersection(
        _last_name(node.func)
    ):
        return False
    displays = [value for value in node.args if isinstance(value, ast.Dict)]
    return (
        any(keyword.arg == name or names(keyword.value) for keyword in node.keywords)
        or any(names(value) for value in node.args)
        or any(names(key) for display in displays for key in display.keys)
    )


def may_be_unthreaded(tree: ast.Module) -> bool:
    """Whether a call has ``threaded=False``, or one that can't be known: `app.run()` of Flask."""
    for node in ast.walk(tree):
        pairs: list[tuple[object, ast.expr]] = []
        if isinstance(node, ast.Call):
            pairs = [(keyword.arg, keyword.value) for keyword in node.keywords]
        elif isinstance(node, ast.Dict):
            keys = (getattr(key, "value", None) for key in node.keys)
            pairs = list(zip(keys, node.values))
        for name, value in pairs:
            if name == "threaded" and not (isinstance(value, ast.Constant) and value.value):
                return True
    return False


def tells_versions(word: str) -> bool:
    """Whether a word in a condition asks for a version, or whether a name exists."""
    return "version" in word.lower() or word == "hasattr"
