"""TFS105: take the run of an initializer out that initialises nothing but Keras' own variables."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Collection, Iterator

from ..report.ranges import Range
from ..tensorflow.vocabulary import GRAPH_INITIALIZERS, WITHOUT_VARIABLES
from ..text.syntax import last_name
from .dependence import Dependence
from .draft import Draft, Edit
from .fix import Change, Situation
from .places import Places, Slot
from .refusal import Refused


def removals(situation: Situation, slot: Slot) -> Iterator[Change]:
    """The text without a statement that runs an initializer, and what was there for it alone.

    Keras initialises its own variables when it first needs them. Not safe where unknown code may
    make others, or a session is run directly, which initialises nothing.

    Raises:
        Refused: it initialises something else, or that can't be known.
    """
    places = situation.places
    removed = _with_its_names(places, slot, _initializer(slot))
    if len(removed) == len(slot.block):
        raise Refused("it is all that its block does")
    if not all(places.has_own_lines(places.slot_of(each)) for each in removed):
        raise Refused("it shares its line with another statement")
    effects = Dependence(places, situation.facts).of_calls([*removed, *_initializers(places)])
    others = effects.tensorflow - WITHOUT_VARIABLES
    if others:
        raise Refused(f"it may also initialise what {min(others)}() makes")
    safe = not (effects.unknown or effects.runs)
    for blank in (False, True):
        yield Change(_without(situation.draft, places, removed, blank), safe)


def _initializer(slot: Slot) -> list[ast.Name]:
    """The names that a statement uses which does nothing but run initializers of all variables.

    Raises:
        Refused: it does something else.
    """
    call = slot.statement.value if isinstance(slot.statement, ast.Expr) else None
    if not (isinstance(call, ast.Call) and last_name(call.func) == "run" and not call.keywords):
        raise Refused("more than the run of an initializer stands there")
    session = call.func.value if isinstance(call.func, ast.Attribute) else None
    names = [session] if isinstance(session, ast.Name) else []
    pending: list[ast.expr] = list(call.args)
    while pending:
        each = pending.pop()
        if isinstance(each, (ast.List, ast.Tuple)):
            pending += each.elts
        elif isinstance(each, ast.Name):
            above = _assignment(slot, each.id)
            if above is None:
                raise Refused(f"what {each.id} initialises can't be known")
            names.append(each)
            pending.append(above.value)
        elif not (isinstance(each, ast.Call) and last_name(each.func) in GRAPH_INITIALIZERS):
            raise Refused(f"it also runs {ast.unparse(each)}")
    return names


def _initializers(places: Places) -> Iterator[ast.stmt]:
    """All statements that do nothing but run initializers of all variables, which need nothing."""
    for node in ast.walk(places.draft.tree):
        if isinstance(node, ast.Expr):
            with contextlib.suppress(Refused):
                _initializer(places.slot_of(node))
                yield node


def _assignment(slot: Slot, name: str) -> ast.Assign | None:
    """The statement of the same block, above, that gives a name its value, if nothing else does."""
    found = [
        each
        for each in slot.block[: slot.number]
        if any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(each))
    ]
    only = found[0] if len(found) == 1 else None
    if isinstance(only, ast.Assign) and [last_name(each) for each in only.targets] == [name]:
        return only
    return None


def _with_its_names(places: Places, slot: Slot, names: Collection[ast.Name]) -> list[ast.stmt]:
    """A statement, and the assignments of a function's own names that nothing else uses."""
    scope = places.scope_of(slot.statement)
    removed = [slot.statement]
    if not isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef)):
        # Another file may import them.
        return removed
    for name in names:
        above = _assignment(slot, name.id)
        uses = [each for each in ast.walk(scope) if _mentions(each, name.id)]
        if above is not None and len(uses) == 2 and _is_without_use(above.value):
            removed.insert(0, above)
    return sorted(removed, key=lambda each: each.lineno)


def _mentions(node: ast.AST, name: str) -> bool:
    if isinstance(node, (ast.Global, ast.Nonlocal)):
        return name in node.names
    return isinstance(node, ast.Name) and node.id == name


def _is_without_use(value: ast.expr) -> bool:
    called = last_name(value.func) if isinstance(value, ast.Call) else None
    return called in GRAPH_INITIALIZERS or called == "get_session"


def _without(draft: Draft, places: Places, removed: list[ast.stmt], blank: bool) -> Draft:
    """The text without whole statements, and without the empty lines above, if so asked."""
    edits = []
    for statement in removed:
        first, last = places.commented_line(statement), draft.range_of(statement).end_line
        while blank and first > 1 and not draft.body(first - 1).strip():
            first -= 1
        if last < len(draft.lines):
            edits.append(Edit(Range(first, 0, last + 1, 0), ""))
        else:
            end = len(draft.body(last))
            edits.append(Edit(Range(first - 1, len(draft.body(first - 1)), last, end), ""))
    return draft.edited(edits)
