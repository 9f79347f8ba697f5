"""A config in statements of its own: where they may stand, under which name, and which stand there.

A config is made by a call without effects; where its statements stand no one else can see.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from .fix import Situation
from .places import Places, Slot

_NAMES = ("config", "session_config", "tf_config")
# Whoever calls one of these may see every name.
_SEES_NAMES = {"dir", "eval", "exec", "globals", "locals", "vars"}
_REPEATED = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def room_above(places: Places, call: ast.Call) -> Slot | None:
    """The statement of a call, if others can stand above it that are executed whenever it is."""
    slot = places.slot_of(call)
    statement, draft = slot.statement, places.draft
    line, column = statement.lineno, draft.range_of(statement).column
    if isinstance(statement, ast.While) or places.first_line(statement) != line:
        return None
    if any(isinstance(node, _REPEATED) for node in places.around(call)):
        return None
    body = draft.body(line)
    # An `elif` is a statement of its own in the tree, but not in the text.
    if body[:column].strip(" \t\f") or body[column:].startswith("elif"):
        return None
    return slot


def free_name(places: Places, slot: Slot, names: Iterable[str] = _NAMES) -> str | None:
    """The first of some names, a config's if nothing is said, that nothing else has where a
    statement stands.
    """
    scope = places.scope_of(slot.statement)
    if isinstance(scope, ast.ClassDef):
        # It would be an attribute of the class.
        return None
    taken = set(_mentioned(ast.walk(scope)))
    if taken & _SEES_NAMES:
        return None
    taken.update(_mentioned(_own_nodes(places.draft.tree)))
    return next((name for name in names if name not in taken), None)


def standing(situation: Situation, call: ast.Call) -> Iterator[Slot]:
    """The assignments of configs that a call could be given, the nearest first.

    None that anything else is done with: it is unused; or, if it asks for growth and for nothing
    else, given to other sessions.
    """
    places = situation.places
    scope = places.scope_of(places.slot_of(call).statement)
    if isinstance(scope, ast.ClassDef):
        return
    for slot in reversed(places.slots_at(places.draft.range_of(call))):
        if places.scope_of(slot.statement) is not scope:
            break
        for number in range(slot.number - 1, -1, -1):
            statement = slot.block[number]
            if (
                isinstance(statement, ast.Assign)
                and isinstance(statement.targets[0], ast.Name)
                and isinstance(statement.value, ast.Call)
                and len(statement.targets) == 1
                and _makes_config(situation, statement.value)
                and _can_be_given(places, scope, statement.targets[0], statement.value)
            ):
                yield places.slot_of(statement)


def _makes_config(situation: Situation, call: ast.Call) -> bool:
    dotted = situation.facts.calls.at(situation.draft.range_of(call)).external
    return bool(dotted) and all(name.endswith(".ConfigProto") for name in dotted)


def _can_be_given(places: Places, scope: ast.AST, target: ast.Name, made: ast.Call) -> bool:
    name = target.id
    uses = [node for node in ast.walk(scope) if isinstance(node, ast.Name) and node.id == name]
    if len(uses) != list(_mentioned(ast.walk(scope))).count(name):
        return False
    only_growth = not (made.args or made.keywords)
    is_given = False
    for use in uses:
        parent: ast.AST = places.parent(use)
        if use is target:
            continue
        if isinstance(parent, ast.keyword) and parent.arg == "config":
            is_given = True
            continue
        while isinstance(parent, ast.Attribute) and isinstance(parent.ctx, ast.Load):
            parent = places.parent(parent)
        if not (isinstance(parent, ast.Attribute) and isinstance(parent.ctx, ast.Store)):
            return False
        only_growth &= parent.attr == "allow_growth"
    return only_growth or not is_given


def _mentioned(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """The names that nodes of a tree read, bind or declare."""
    for node in nodes:
        if isinstance(node, (ast.Attribute, ast.Constant, ast.keyword)):
            continue
        for _, value in ast.iter_fields(node):
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, str):
                    yield each.partition(".")[0]


def _own_nodes(module: ast.Module) -> Iterator[ast.AST]:
    """What is executed with the module itself, with the names of its functions."""
    pending: list[ast.AST] = [module]
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            pending += ast.iter_child_nodes(node)
