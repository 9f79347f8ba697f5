"""The fix of TFS401: an access in a thread enters the model's graph and session."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..findings import Finding
from ..report.ranges import Range
from .draft import Edit
from .fix import Change, Fix, Situation
from .places import Places, unit_of
from .refusal import Refused

_SIMPLE = (ast.AnnAssign, ast.Assign, ast.AugAssign, ast.Expr, ast.Return)
_SUSPENDING = (ast.Await, ast.Yield, ast.YieldFrom)
_INNER = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class ThreadFix(Fix):
    """Puts the statement into a ``with`` block, where names are known to hold what it enters."""

    def changes(self, situation: Situation, finding: Finding) -> Iterator[Change]:
        draft, places = situation.draft, situation.places
        range_ = Range(*finding[2:6])
        entered = situation.facts.entries.get(range_, set())
        if len(entered) != 1 or "" in entered:
            raise Refused("no name in the thread is known to hold the model's graph and session")
        statement = _statement(places, range_)
        (managers,) = entered
        indentation = places.indentation(statement)
        unit = unit_of(indentation)
        first, last = statement.lineno, draft.range_of(statement).end_line
        edits = {
            Edit(Range(line, 0, line, 0), unit)
            for line in range(first + 1, last + 1)
            if draft.body(line).strip()
        }
        edits.add(Edit(Range(first, 0, first, 0), f"{indentation}with {managers}:\n{unit}"))
        yield Change(draft.edited(edits), self.safe, frozenset(edits))


def _statement(places: Places, range_: Range) -> ast.stmt:
    """The statement around an access, if it may stand in a block of its own.

    Raises:
        Refused: it may not.
    """
    slot = places.slots_at(range_)[-1]
    statement = slot.statement
    inside = list(ast.walk(statement))
    if not isinstance(statement, _SIMPLE) or not places.has_own_lines(slot):
        raise Refused("the statement can't stand in a block of its own")
    if any(isinstance(each, (*_SUSPENDING, *_INNER)) for each in inside):
        raise Refused("part of the statement is run at another time")
    texts = (each for each in inside if isinstance(each, (ast.Constant, ast.JoinedStr)))
    if any(each.lineno != each.end_lineno for each in texts):
        raise Refused("a text over several lines stands in the statement")
    return statement
