"""The outline of a file: which words stand where, told from its `ast` tree alone.

It decides what is worth reading: whether the file matters, and which names lead to a session.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_FunctionNode = (ast.FunctionDef, ast.AsyncFunctionDef)


class Outline(NamedTuple):
    """The words of a file.

    Attributes:
        definitions: By the name of each function, class and alias of the file, the words that
            stand in whatever the name may mean.
        words: All identifiers, and the strings that could be one.
        called: The names that are called by the code that an import executes, that is outside
            functions.
        members: The names that other files can import.
        classes: The names of all classes.
    """

    definitions: dict[str, set[str]]
    words: set[str]
    called: set[str]
    members: set[str]
    classes: set[str]


def outline_of(tree: ast.Module) -> Outline:
    """The outline of a file."""
    outline = Outline({}, set(), set(), set(), set())
    outline.words.update(_collect(tree.body, outline, is_top=True))
    outline.members.update(_members(tree.body))
    return outline


def _members(statements: Iterable[ast.stmt]) -> set[str]:
    """The names that statements of a module bind, those inside compound ones too."""
    members: set[str] = set()
    pending = list(statements)
    while pending:
        node = pending.pop()
        if isinstance(node, (*_FunctionNode, ast.ClassDef)):
            members.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            members.update(alias.asname or alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.Assign):
            members.update(name for target in node.targets for name in _last_name(target))
        else:
            pending += [each for each in ast.walk(node) if isinstance(each, ast.stmt)][1:]
    return members


def _collect(nodes: Iterable[ast.AST], outline: Outline, is_top: bool) -> set[str]:
    """The words of nodes, which stand outside functions or not."""
    words: set[str] = set()
    pending = list(nodes)
    while pending:
        node = pending.pop()
        kind = node.__class__
        if kind is ast.Name:
            words.add(node.id)  # type: ignore[attr-defined]
            continue
        if kind is ast.Attribute:
            words.add(node.attr)  # type: ignore[attr-defined]
            pending.append(node.value)  # type: ignore[attr-defined]
            continue
        if kind is ast.Constant:
            value = node.value  # type: ignore[attr-defined]
            if value.__class__ is str and value.isidentifier():
                # `getattr(tf, "Session")`
                words.add(value)
            continue
        if isinstance(node, _FunctionNode):
            inner = _collect([*node.body, node.args], outline, is_top=False)
            _define(outline, node.name, inner)
            words |= inner
            words.add(node.name)
            pending += node.decorator_list
            continue
        if isinstance(node, ast.ClassDef):
            inner = _collect([*node.bases, *node.keywords, *node.body], outline, is_top)
            _define(outline, node.name, inner)
            outline.classes.add(node.name)
            words |= inner
            words.add(node.name)
            pending += node.decorator_list
            continue
        if kind is ast.Call:
            if is_top:
                outline.called.update(_last_name(node.func))  # type: ignore[attr-defined]
        elif isinstance(node, ast.Assign):
            _note_alias(node, outline, is_top)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            words |= _note_imports(node, outline)
            continue
        pending += ast.iter_child_nodes(node)
    return words


def _define(outline: Outline, name: str, words: Iterable[str]) -> None:
    outline.definitions.setdefault(name, set()).update(words)


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
            _define(outline, name, words)


def _note_imports(node: ast.Import | ast.ImportFrom, outline: Outline) -> set[str]:
    words: set[str] = set()
    if isinstance(node, ast.ImportFrom) and node.module:
        words.update(node.module.split("."))
    for alias in node.names:
        parts = alias.name.split(".")
        words.update(parts)
        if alias.asname is not None:
            words.add(alias.asname)
            _define(outline, alias.asname, parts)
    return words


def leading_to(words: Iterable[str], definitions: Mapping[str, set[str]]) -> set[str]:
    """The words through which code may reach one of ``words``: these, and names so defined."""
    hot = set(words)
    users: dict[str, list[str]] = {}
    for name, mentioned in definitions.items():
        for word in mentioned:
            if word in definitions or word in hot:
                users.setdefault(word, []).append(name)
    pending = list(hot)
    while pending:
        for name in users.get(pending.pop(), ()):
            if name not in hot:
                hot.add(name)
                pending.append(name)
    return hot
