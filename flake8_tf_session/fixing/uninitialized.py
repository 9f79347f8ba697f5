"""TFS105: let an initializer run over those variables alone that have no value yet."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..report.ranges import Range
from ..tensorflow.vocabulary import GRAPH_INITIALIZERS
from ..text.syntax import is_dotted
from .draft import Edit
from .fix import Change, Situation
from .places import Slot, unit_of
from .refusal import Refused
from .statements import free_name

_NAMES = ("uninitialized", "without_value")
# In the namespace of the initializer, for a session.
_TEXT = """\
{indentation}{name} = [
{indentation}{unit}v
{indentation}{unit}for v in {namespace}.global_variables()
{indentation}{unit}if not {session}.run({namespace}.is_variable_initialized(v))
{indentation}]
{indentation}{session}.run({namespace}.variables_initializer({name}))
"""


def narrowed(situation: Situation, slot: Slot) -> Iterator[Change]:
    """The text in which a statement initialises what has no value yet, and nothing else.

    Never safe: the weights may be meant to start anew.

    Raises:
        Refused: the statement does more than to run one initializer that is made there.
    """
    places, draft = situation.places, situation.draft
    session, namespace = _parts(slot.statement)
    name = free_name(places, slot, _NAMES)
    if name is None or not places.has_own_lines(slot):
        raise Refused("no statement of its own can stand above it")
    indentation = places.indentation(slot.statement)
    text = _TEXT.format(
        indentation=indentation,
        unit=unit_of(indentation),
        name=name,
        namespace=draft.segment(draft.range_of(namespace)),
        session=draft.segment(draft.range_of(session)),
    )
    stands = draft.range_of(slot.statement)
    edit = Edit(Range(stands.line, 0, stands.end_line, stands.end_column), text[:-1])
    yield Change(draft.edited([edit]), safe=False)


def _parts(statement: ast.stmt) -> tuple[ast.expr, ast.expr]:
    """The session and the namespace of ``session.run(namespace.global_variables_initializer())``.

    Raises:
        Refused: it is something else.
    """
    run = statement.value if isinstance(statement, ast.Expr) else None
    made = run.args[0] if isinstance(run, ast.Call) and len(run.args) == 1 else None
    if (
        isinstance(run, ast.Call)
        and isinstance(made, ast.Call)
        and isinstance(run.func, ast.Attribute)
        and isinstance(made.func, ast.Attribute)
        and run.func.attr == "run"
        and made.func.attr in GRAPH_INITIALIZERS
        and "local" not in made.func.attr
        and not (run.keywords or made.args or made.keywords)
        and is_dotted(run.func.value)
        and is_dotted(made.func.value)
    ):
        return run.func.value, made.func.value
    raise Refused("more than the run of one initializer stands there")
